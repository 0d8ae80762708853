"""Reads that several parts of a page ask for and the database answers once."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from app.work.uow import UnitOfWork

Found = TypeVar("Found")
Asked = ParamSpec("Asked")


def read_once(
    read: Callable[Concatenate[UnitOfWork, Asked], Found],
) -> Callable[Concatenate[UnitOfWork, Asked], Found]:
    """Answer from what the same person read before in this unit of work.

    A command reads everything afresh, and so does whatever comes after one. What is read must not
    be changed by who asked for it: tuples, not lists.
    """

    def known(uow: UnitOfWork, /, *args: Asked.args, **named: Asked.kwargs) -> Found:
        answers = uow.answers
        if answers is None:
            return read(uow, *args, **named)
        key = read, args, tuple(named.items())
        if key not in answers:
            answers[key] = read(uow, *args, **named)
        found: Found = answers[key]
        return found

    return wraps(read)(known)
