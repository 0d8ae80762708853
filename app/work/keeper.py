"""Does a job again and again beside the requests, and never stops for one that failed."""

import logging
import threading
from collections.abc import Callable

from app.kernel.errors import Busy

log = logging.getLogger("clearway")


def keep_doing(job: Callable[[], object], every_seconds: float, stop: threading.Event) -> None:
    """Do a job every so many seconds until told to stop; one that failed is logged and done again.

    Whatever went wrong may be over by the next time, as when the database was away.
    """
    while not stop.wait(every_seconds):
        try:
            job()
        except Busy:
            continue
        except Exception:
            log.exception("A job beside the requests failed and will be done again")
