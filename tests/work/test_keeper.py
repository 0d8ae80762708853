"""What is done by itself goes on whatever happened the last time."""

import threading

import pytest
from sqlalchemy.exc import OperationalError

from app.kernel.errors import Busy
from app.work.keeper import keep_doing


class Times:
    """A stop that lets a keeper look so many times."""

    def __init__(self, times: int) -> None:
        self.left = times

    def wait(self, _seconds: float) -> bool:
        self.left -= 1
        return self.left < 0


def test_a_job_that_fails_is_logged_and_done_again(caplog: pytest.LogCaptureFixture) -> None:
    done: list[int] = []

    def job() -> None:
        done.append(1)
        if len(done) == 1:
            raise OperationalError("SELECT 1", None, Exception("the database was away"))
        if len(done) == 2:
            raise Busy

    keep_doing(job, 1, Times(3))
    assert len(done) == 3
    assert [one.levelname for one in caplog.records] == ["ERROR"]


def test_it_ends_when_told_to() -> None:
    stop, done = threading.Event(), list[int]()

    def job() -> None:
        done.append(1)
        stop.set()

    keep_doing(job, 0, stop)
    assert done == [1]
