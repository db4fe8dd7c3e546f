"""A folder with the compose file and its settings, as an operator has it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sandbox.stack import ROOT
from tests.compose import parser

FILES = ("docker-compose.yaml", ".env.example")


@dataclass(frozen=True)
class Project:
    """A folder with the project in it.

    :param program: the Compose that reads it.
    """

    folder: Path
    program: str = ""

    def make_env(self) -> subprocess.CompletedProcess[str]:
        return self._run(sys.executable, "deploy/make_env.py")

    def settings(self, name: str = ".env") -> dict[str, str]:
        text = (self.folder / name).read_text()
        return dict(re.findall(r"^(\w+)=(.*)$", text, re.MULTILINE))

    def change(self, **settings: str) -> None:
        """Change lines of .env."""
        file = self.folder / ".env"
        text = file.read_text()
        for name, value in settings.items():
            text = text.replace(f"{name}={self.settings()[name]}\n", f"{name}={value}\n")
        file.write_text(text)

    def compose(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self._run(self.program, *arguments)

    def services(self, *more_files: str) -> dict[str, dict[str, Any]]:
        """Return all services, those of every profile too, as the real parser reads them."""
        files = [word for file in ("docker-compose.yaml", *more_files) for word in ("-f", file)]
        return parser.read(self.program, *files, folder=self.folder)

    def check(self) -> subprocess.CompletedProcess[str]:
        """Run the check with the environment that the compose file gives it."""
        service = self.services()["check-settings"]
        _, *script = service["entrypoint"]
        return self._run(sys.executable, *script, **service["environment"])

    def _run(self, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return parser.run(*command, folder=self.folder, **environment)


def copied_to(folder: Path) -> Project:
    """Copy what Compose reads, and the scripts, and make the .env."""
    for name in FILES:
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "deploy", folder / "deploy")
    project = Project(folder)
    assert project.make_env().returncode == 0
    return project
