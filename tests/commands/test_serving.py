"""The demo as somebody starts it: it answers, it says little of itself, and it stops when told."""

import os
import re
import signal
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[2]


def test_the_demo_answers_where_it_says_and_stops_when_told(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'demo.sqlite3'}"
    demo = subprocess.Popen(
        [sys.executable, "-m", "app", "demo", "--port", "0"],
        cwd=ROOT,
        env=os.environ | {"CLEARWAY_DATABASE_URL": address},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert demo.stdout is not None
    try:
        said = next(found for line in demo.stdout if (found := re.search(r"http://\S+", line)))
        answer = httpx.get(said.group())
        server = HTTPConnection(httpx.URL(said.group()).netloc.decode())
        server.request("GET", f"/sign-in?next={'x' * 102_400}")
        too_long = server.getresponse().status
        server.close()
        too_much = httpx.get(said.group(), headers={"Cookie": f"sid={'x' * 102_400}"})
    finally:
        demo.send_signal(signal.SIGTERM)
        demo.stdout.read()
        demo.stdout.close()
        stopped = demo.wait(timeout=20)
    assert answer.status_code == 200
    assert "Sign in as an invented person" in answer.text
    assert "server" not in answer.headers
    assert {too_long, too_much.status_code} <= {400, 414, 431}
    assert stopped in {0, -signal.SIGTERM}
