"""With every obligation a node: time until the network stands still, and of a frame while it is zoomed, at 500, 5,000 and 20,000 edges, in headless Chromium."""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from unittest.mock import patch

from playwright.sync_api import Page, sync_playwright

from mandategraph.answering.network import Edge, Network, Node, make_network
from mandategraph.keeping.store import GraphStore
from mandategraph.viewing import picturing, view

FRAMES = """() => new Promise((done) => {
  const times = [];
  let before = performance.now();
  const canvas = document.getElementById("canvas");
  const step = (n) => {
    const now = performance.now();
    if (n) times.push(now - before);
    before = now;
    if (n === 40) return done(times);
    canvas.dispatchEvent(new KeyboardEvent("keydown", { key: n % 2 ? "+" : "-", bubbles: true }));
    requestAnimationFrame(() => step(n + 1));
  };
  requestAnimationFrame(() => step(0));
})"""


def network(edges: int) -> Network:
    """Return a network in the proportions of the five documents: two edges an obligation, one actor for three obligations."""
    chance = random.Random(7)
    duties = [Node(f"o{n}", f"request: act {n}", "obligation", "directive", n % 6) for n in range(edges // 3)]
    actors = [Node(f"a{n}", f"Actor {n}", "actor", "un_entity") for n in range(max(10, edges // 9))]
    popular = [actors[min(len(actors) - 1, int(chance.expovariate(8 / len(actors))))] for _ in range(edges)]
    drawn = []
    for n, duty in enumerate(duties):
        for k, kind in enumerate(("issues", "addressed_to", "counterpart")):
            end = popular[(3 * n + k) % edges]
            source, target = (end.id, duty.id) if kind == "issues" else (duty.id, end.id)
            drawn.append(Edge(source, target, kind, strength=n % 6, document="D", paragraph=str(n)))
    return make_network([*actors, *duties], drawn)


def measure(page: Page, file: Path) -> tuple[float, list[float]]:
    """Return milliseconds until the page is ready, and of each frame."""
    start = time.perf_counter()
    page.goto(file.as_uri())
    page.wait_for_selector("body[data-ready]")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return 1000 * (time.perf_counter() - start), page.evaluate(FRAMES)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("edges", nargs="*", type=int, default=[500, 5_000, 20_000])
    options = parser.parse_args()
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        raise SystemExit("There is no Chromium on this machine.")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder, GraphStore.in_memory() as store:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]
        )
        print(
            f"{'edges':>7} {'nodes':>7} {'page':>9} {'laid out':>10} {'ready':>9} {'frame, median':>14} {'slowest':>9}"
        )
        for edges in options.edges:
            drawn = network(edges)
            start = time.perf_counter()
            with patch.object(picturing, "read_network", return_value=drawn):
                written = view(store, projection="full").encode()
            placed = time.perf_counter() - start
            file = Path(folder) / f"{edges}.html"
            file.write_bytes(written)
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            ready, frames = measure(page, file)
            page.close()
            print(
                f"{drawn.number_of_edges():7,} {drawn.number_of_nodes():7,} {len(written) / 1e6:6.2f} MB {placed:8.1f} s "
                f"{ready:6.0f} ms {statistics.median(frames):11.1f} ms {max(frames):6.0f} ms",
                flush=True,
            )
        browser.close()


if __name__ == "__main__":
    main()
