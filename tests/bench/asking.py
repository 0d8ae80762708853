"""Asks a server over one kept connection, and reads what that costs the server's process."""

import http.client
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import mean, median, quantiles
from urllib.parse import urlencode

import psutil

from app.settings import ROOT
from tests.bench.stock import MANAGER, Stock

MEBIBYTE = 1024 * 1024


@dataclass
class Cost:
    """Milliseconds of every request and, for each round, of the process for one request."""

    walls: list[float] = field(default_factory=list)
    cpus: list[float] = field(default_factory=list)

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.walls + other.walls, self.cpus + other.cpus)

    @property
    def as_one(self) -> "Cost":
        """All rounds as one of their mean."""
        return Cost([mean(self.walls)], [mean(self.cpus)])

    @property
    def p50(self) -> float:
        return median(self.walls)

    @property
    def p95(self) -> float:
        """Of those measured: of three, nothing slower than the slowest is made up."""
        many = len(self.walls) > 1
        return quantiles(self.walls, n=20, method="inclusive")[-1] if many else self.walls[0]

    @property
    def cpu(self) -> float:
        return median(self.cpus)


class Server:
    """One worker process with a connection that stays open, and the database's server if any."""

    def __init__(self, process: "subprocess.Popen[str]", port: int, served_by: int | None) -> None:
        self.process = psutil.Process(process.pid)
        self.database = psutil.Process(served_by) if served_by else None
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.headers = {"Cookie": f"sid={MANAGER}", "Origin": f"http://127.0.0.1:{port}"}

    def get(self, path: str, reader: str = MANAGER) -> bytes:
        return self._ask("GET", path, None, 200, {"Cookie": f"sid={reader}"})

    def post(self, path: str, answers: Mapping[str, object], status: int = 303) -> bytes:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, urlencode(answers), status, form)

    def measure(
        self, cost: Cost, ask: Callable[["Server", int], object], first: int, times: int
    ) -> None:
        """Add one round of requests, the processes' time divided among them."""
        before = self._cpu()
        for number in range(first, first + times):
            started = time.perf_counter()
            ask(self, number)
            cost.walls.append((time.perf_counter() - started) * 1000)
        cost.cpus.append((self._cpu() - before) * 1000 / times)

    def memory(self) -> float:
        """The process's share of memory in MiB."""
        return float(self.process.memory_full_info().pss) / MEBIBYTE

    def _cpu(self) -> float:
        total, running = 0.0, [self.process]
        if self.database:
            # Also of those of its processes that have ended, which it keeps as its children's.
            ended = self.database.cpu_times()
            total += ended.children_user + ended.children_system
            running += [self.database, *self.database.children()]
        return total + sum(map(spent, running))

    def _ask(
        self, method: str, path: str, body: str | None, status: int, more: Mapping[str, str]
    ) -> bytes:
        headers = self.headers | dict(more)
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.status != status:
            raise RuntimeError(f"{method} {path} answered {answer.status}: {content[:800]!r}")
        return content


def spent(process: psutil.Process) -> float:
    """Seconds of the processor that a process has used; on Linux not in hundredths but exactly."""
    if sys.platform == "linux":
        # The clock of another process, as the kernel numbers them.
        return time.clock_gettime(~process.pid << 3 | 2)
    times = process.cpu_times()
    return float(times.user + times.system)


@contextmanager
def serving(what: str, stock: Stock) -> Iterator[Server]:
    """A worker of `ours` or of the `floor`, ended afterwards."""
    command = [sys.executable, "-m", "tests.bench.worker", what, stock.address, str(stock.lot_id)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            if not line:
                raise RuntimeError(f"The worker of {what} did not start.")
            yield Server(process, int(line), stock.served_by)
        finally:
            process.terminate()
