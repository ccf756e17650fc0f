"""Two hundred clients for half a minute (pages, queries, and three in ten who go before the answer) while the store is written a hundred times.

Prints for each run what was answered, and the memory of the server with all its processes: before, at most, and after. Linux only, since
the memory is read from the kernel's account of each process (proportional set size).
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

from pyoxigraph import Literal, NamedNode, Quad

from mandategraph import GraphStore, build

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "samples"
QUERIES = (
    "SELECT (COUNT(*) AS ?n) { ?s a mg:Statement }",
    "SELECT * { ?s ?p ?o } ORDER BY ?o LIMIT 9",
    "SELECT ?a (COUNT(*) AS ?n) { ?s mg:addressee ?a } GROUP BY ?a",
    "ASK { ?s mg:addressee/mg:partOf* ?a }",
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
)
PATHS = (
    "/", "/obligations", "/timeline", "/questions", "/questions/due", "/questions/reports", "/explorer", "/report?name=MINUSMA", "/state",
    "/quota", "/obligations.csv", "/nobody", "/obligations?after=never", *(f"/sparql?query={quote(query)}" for query in QUERIES),
)  # fmt: skip


def memory(pid: int) -> float:
    """Return the megabytes of a process and all that it started, each page that is shared counted once."""
    total = 0
    with contextlib.suppress(OSError):
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
        total = next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    children: set[int] = set()
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            children |= {int(child) for child in (task / "children").read_text(encoding="utf-8").split()}
    return total / 1024 + sum(memory(child) for child in children)


async def client(port: int, until: float, chance: random.Random, seen: Counter[str]) -> None:
    """Ask until a moment; what was answered is counted by its status, what is no right answer by its path."""
    while time.monotonic() < until:
        path = chance.choice(PATHS)
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            seen["no connection"] += 1
            continue
        with contextlib.suppress(OSError):
            writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
            await writer.drain()
            if chance.random() < 0.3:
                await asyncio.sleep(chance.random() / 10)
                seen["given up"] += 1
            else:
                head, _, _ = (await asyncio.wait_for(reader.read(), 90)).partition(b"\r\n\r\n")
                status = head[9:12].decode() or "nothing"
                may_come_back = b"\r\nretry-after:" in head.lower()
                seen[status if status < "500" or may_come_back else f"fault {status} {path}"] += 1
        writer.close()


async def clients(port: int, count: int, seconds: float, seed: int) -> Counter[str]:
    """Return what so many clients were answered."""
    seen: Counter[str] = Counter()
    until = time.monotonic() + seconds
    await asyncio.gather(*(client(port, until, random.Random(seed * 1000 + n), seen) for n in range(count)))
    return seen


def run(store: Path, port: int, server: int, *, count: int, seconds: float, writes: int, seed: int) -> Counter[str]:
    """Return what the clients were answered while the store was written; prints the memory of the server.

    More than a tenth of the memory that does not come back is counted as a fault.
    """
    before = most = memory(server)
    asking = subprocess.Popen(
        [sys.executable, __file__, "--clients", str(count), "--seconds", str(seconds), "--ask", str(port), str(seed)],
        stdout=subprocess.PIPE,
        text=True,
    )
    began = time.monotonic()
    for n in range(writes):
        with GraphStore.open(store) as graph:
            node = NamedNode(f"http://example.org/{seed}/{n}")
            graph.store.bulk_extend([Quad(node, NamedNode("http://example.org/p"), Literal(str(n)), node)])
            graph.optimize()
        most = max(most, memory(server))
        time.sleep(max(0.0, began + (n + 1) * seconds / writes - time.monotonic()))
    while asking.poll() is None:
        most = max(most, memory(server))
        time.sleep(0.5)
    time.sleep(20)  # until the processes have begun anew
    after = memory(server)
    print(f"memory: {before:.0f} MB before, {most:.0f} at most, {after:.0f} after ({after / before:.2f})")
    assert asking.stdout
    return Counter(
        {key: int(value) for value, key in (line.split(" ", 1) for line in asking.stdout.read().splitlines())}
    )


def main() -> None:
    """Serve a store of the samples and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--writes", type=int, default=100)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--ask", type=int, nargs=2, metavar=("PORT", "SEED"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.ask:
        for key, value in sorted(
            asyncio.run(clients(given.ask[0], given.clients, given.seconds, given.ask[1])).items()
        ):
            print(value, key)
        return
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        with GraphStore.open(store) as graph:
            build([SAMPLES], graph)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        command = [
            sys.executable,
            "-m",
            "mandategraph",
            "serve",
            "--store",
            str(store),
            "--port",
            str(port),
            "--seconds",
            "5",
        ]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
            try:
                for _ in range(100):
                    with contextlib.suppress(OSError), urlopen(f"http://127.0.0.1:{port}/obligations") as page:
                        page.read()
                        break
                    time.sleep(0.2)
                time.sleep(15)
                for n in range(given.runs):
                    seen = run(
                        store, port, server.pid, count=given.clients, seconds=given.seconds, writes=given.writes, seed=n
                    )
                    print(", ".join(f"{key}: {value}" for key, value in sorted(seen.items())))
                    if any(key.startswith("fault") for key in seen):
                        sys.exit("a fault of the server")
            finally:
                server.terminate()


if __name__ == "__main__":
    main()
