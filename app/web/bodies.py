"""Bodies no larger than a page takes: refused by what they say they are, or while they are read."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message

TOO_LARGE = 413
# No length of ours has so many digits.
DIGITS = 12


def limited(request: Request, most: int) -> Request:
    """The same request, of whose body no more than `most` bytes are read.

    HTTPException 413, at once for a body that says that it is larger, else once it is.
    """
    said = request.headers.get("content-length", "")
    if said.isdecimal() and (len(said) > DIGITS or int(said) > most):
        raise HTTPException(TOO_LARGE)
    read = 0

    async def receive() -> Message:
        nonlocal read
        message = await request.receive()
        read += len(message.get("body", b""))
        if read > most:
            raise HTTPException(TOO_LARGE)
        return message

    return Request(request.scope, receive)
