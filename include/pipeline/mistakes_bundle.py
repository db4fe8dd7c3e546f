"""A Dag bundle that shows the mistakes of each meeting's file as an import error of its own.

Airflow knows an import error by its Dag file, and takes no others than Python's. So the bundle
keeps one for each meeting's file with mistakes. It holds no Dag, and raises what is wrong.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from airflow.dag_processing.bundles.base import BaseDagBundle
from airflow.sdk.configuration import conf

from include.meeting import mistakes_by_file
from include.pipeline.settings import airflow_home, meetings_folder, outdated_settings

FOLDER = "meeting_mistakes"
"""Below Airflow's home. Its files are made anew from those of the meetings."""

DAG_FILE = '''"""Shows mistakes of a meeting's file as Airflow's import error. There is no Dag."""
from include.meeting import MeetingFileError
MISTAKES = {mistakes!r}
raise MeetingFileError(MISTAKES)
'''
"""Airflow shows the line that raises, so the sentences do not stand in it."""

REFRESH_INTERVAL = 10
"""Seconds. A mistake shows within half a minute, and what was corrected goes as soon."""


class MistakesBundle(BaseDagBundle):
    """The Dag files that raise the mistakes of the meetings' files, ``<name>.yaml.py``."""

    supports_versioning = False

    def __init__(self, *, refresh_interval: int = REFRESH_INTERVAL, **kwargs: Any) -> None:
        super().__init__(refresh_interval=refresh_interval, **kwargs)

    @property
    def path(self) -> Path:
        """Return the folder of the Dag files."""
        return airflow_home() / FOLDER

    def initialize(self) -> None:
        """Make the folder, with what is wrong now."""
        self.refresh()
        super().initialize()

    def get_current_version(self) -> None:
        """Return none: only what is wrong now matters."""

    def refresh(self) -> None:
        """Write a Dag file for each meeting's file with mistakes; remove those of others."""
        self.path.mkdir(parents=True, exist_ok=True)
        wanted = {_file_name(name): _dag_file(said) for name, said in mistakes().items()}
        for file in self.path.glob("*.py"):
            if file.name not in wanted:
                file.unlink(missing_ok=True)
        for name, text in wanted.items():
            _write(self.path / name, text)


def mistakes() -> dict[str, list[str]]:
    """Return a sentence for each mistake, by its file's name, or by ``settings``."""
    outdated = outdated_settings()
    return mistakes_by_file(meetings_folder()) | ({"settings": outdated} if outdated else {})


def is_configured() -> bool:
    """Tell whether Airflow has this bundle."""
    bundles = conf.get("dag_processor", "dag_bundle_config_list", fallback="")
    return f"{MistakesBundle.__module__}.{MistakesBundle.__name__}" in bundles


def _file_name(name: str) -> str:
    """Return the Dag file's name, which no file system refuses, however long the other is."""
    return f"{_text(name)[-60:]}.py"


def _dag_file(mistakes: list[str]) -> str:
    return DAG_FILE.format(mistakes=_text("\n".join(["", *mistakes])))


def _text(text: str) -> str:
    """Return the text without what is no character, as names of files may have."""
    return text.encode(errors="replace").decode()


def _write(file: Path, text: str) -> None:
    """Write the file, whole, if it says something else: Airflow parses anew what was written."""
    if file.exists() and file.read_bytes() == text.encode():
        return
    new = file.with_suffix(".new")
    new.write_bytes(text.encode())
    new.replace(file)
