"""Tools that others made, each in an environment of its own below ``.bench-peers/``.

Nothing of theirs is copied, and nothing of them is in the product's lock. The scripts beside this
file run in those environments and import nothing of this project.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from local.airflow import ROOT

HOME = ROOT / ".bench-peers"
LONGEST = 1800
"""Seconds for an installation or a run."""


class PeerFailed(RuntimeError):
    """A tool could not be installed, or its run has failed."""


@dataclass(frozen=True)
class Peer:
    """A tool: its name in the document, what is installed, and the script that runs it."""

    name: str
    requirements: tuple[str, ...]
    script: str

    def command(self, *arguments: str) -> list[str]:
        """Return the command of the tool's script, installed. Raises PeerFailed."""
        script = Path(__file__).parent / f"{self.script}.py"
        return [str(self._python()), str(script), *arguments]

    def run(self, *arguments: str) -> str:
        """Return what the tool's script prints. Raises PeerFailed."""
        return _done(self.command(*arguments), f"{self.name} failed")

    def _python(self) -> Path:
        folder = HOME / self.script
        python = folder / "bin" / "python"
        uv = [sys.executable, "-m", "uv"]
        if not python.exists():
            _done([*uv, "venv", "--quiet", "--python", sys.executable, str(folder)], self._no)
        # Quick when all is there.
        install = [*uv, "pip", "install", "--quiet", "--python", str(python), *self.requirements]
        _done(install, self._no)
        return python

    @property
    def _no(self) -> str:
        return f"{self.name} cannot be installed"


TAP_ZOOM = Peer("tap-zoom 2.1.1", ("tap-zoom==2.1.1",), "run_tap_zoom")
DLT = Peer("dlt 1.31.0, `rest_api`", ("dlt[duckdb]==1.31.0",), "run_dlt")
GSPREAD = Peer(
    "gspread 6.2.1, gspread-dataframe 4.0.0",
    ("gspread==6.2.1", "gspread-dataframe==4.0.0"),
    "run_gspread",
)


def _done(command: Sequence[str], otherwise: str) -> str:
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=settings, timeout=LONGEST
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [f"code {done.returncode}"])[-1]
        raise PeerFailed(f"{otherwise}: {last}")
    return done.stdout
