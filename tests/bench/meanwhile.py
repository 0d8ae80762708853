"""Other pages while the server itself reads and imports a long list that was sent to it."""

import secrets
import time

from tests.bench.asking import Cost, Server
from tests.bench.stock import Stock

BOUNDARY = "bench"
UNDER_WAY = b'id="import-progress"'


def measure(stock: Stock, ours: Server, content: bytes, listed_on: str) -> Cost:
    """Ask for a page of cases again and again until the list is read, then until it is imported."""
    cost = Cost()
    batch = send(ours, stock.lot_id, content, listed_on)
    ask_on(stock, ours, batch, cost)
    ours.post(f"{batch}/confirm", {"_key": secrets.token_urlsafe(18)})
    ask_on(stock, ours, batch, cost)
    if b"Imported" not in ours.get(batch):
        raise RuntimeError("The list that was sent was not imported.")
    cost.cpus.append(sum(cost.walls) / len(cost.walls))
    return cost


def ask_on(stock: Stock, ours: Server, batch: str, cost: Cost) -> None:
    while UNDER_WAY in ours.get(batch):
        for _ in range(10):
            started = time.perf_counter()
            ours.get(f"/cases?lot={stock.lot_id}&state=assessing&sort=due")
            cost.walls.append((time.perf_counter() - started) * 1000)
            time.sleep(0.02)


def send(ours: Server, lot_id: int, content: bytes, listed_on: str) -> str:
    """Upload a list as a browser does; returns the path of its page."""
    answers = {"_key": secrets.token_urlsafe(18), "lot_id": str(lot_id), "listed_on": listed_on}
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{answer}\r\n'
        for name, answer in answers.items()
    ]
    head = (
        f"--{BOUNDARY}\r\nContent-Disposition: form-data; "
        'name="file"; filename="list.csv"\r\nContent-Type: text/csv\r\n\r\n'
    )
    body = "".join([*parts, head]).encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
    kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    ours.connection.request("POST", "/imports", body, ours.headers | kind)
    answer = ours.connection.getresponse()
    answer.read()
    if answer.status != 303:
        raise RuntimeError(f"The list was answered with {answer.status}.")
    return str(answer.headers["Location"])
