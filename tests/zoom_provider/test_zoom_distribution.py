"""The provider as anybody would install it: its wheel, and what its files say."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from email import message_from_bytes
from email.message import Message
from importlib.metadata import packages_distributions
from pathlib import Path
from zipfile import ZipFile

import pytest

import zoom_provider
from sandbox.stack import ROOT

PLUGINS = ROOT / "plugins"
SOURCE = PLUGINS / "zoom_provider"
GENERAL = [SOURCE, PLUGINS / "google_workspace"]
"""Folders that know nothing of this project."""

OURS = re.compile(
    r"^\s*(?:from|import) include\b|meeting's file|include/meetings|attendance|Publish although"
    r"|clear this task|the README|`(?:folder|spreadsheet):`",
    re.MULTILINE | re.IGNORECASE,
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> ZipFile:
    """Build the wheel from a copy: a build leaves files beside its source."""
    folder = tmp_path_factory.mktemp("wheel")
    copy = shutil.copytree(SOURCE, folder / "source", ignore=shutil.ignore_patterns("__pycache__"))
    uv = [str(Path(sys.executable).with_name("uv")), "build", str(copy), "--wheel", "--offline"]
    options = ["--no-build-isolation", "--python", sys.executable, "--out-dir", str(folder)]
    built = subprocess.run([*uv, *options], capture_output=True, text=True, timeout=300)
    assert built.returncode == 0, built.stderr
    (path,) = folder.glob("*.whl")
    return ZipFile(path)


@pytest.fixture
def metadata(wheel: ZipFile) -> Message:
    (name,) = (name for name in wheel.namelist() if name.endswith("/METADATA"))
    return message_from_bytes(wheel.read(name))


def sources(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*.py") if "build" not in file.parts]


def imported() -> set[str]:
    """Return the top-level names that the provider imports, itself and Python's own apart."""
    nodes = [node for file in sources(SOURCE) for node in ast.walk(ast.parse(file.read_text()))]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
    top = {name.partition(".")[0] for name in names}
    return top - sys.stdlib_module_names - {"zoom_provider"}


def test_the_wheel_holds_the_package_and_nothing_else(wheel: ZipFile) -> None:
    packed = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert packed == {str(file.relative_to(PLUGINS)) for file in sources(SOURCE)}


def test_there_is_one_version(metadata: Message) -> None:
    assert metadata["Version"] == zoom_provider.__version__
    assert zoom_provider.get_provider_info()["versions"] == [zoom_provider.__version__]
    assert metadata["Name"] == zoom_provider.get_provider_info()["package-name"]


def test_airflow_finds_the_provider_by_its_entry_point(wheel: ZipFile) -> None:
    (name,) = (name for name in wheel.namelist() if name.endswith("/entry_points.txt"))
    said = wheel.read(name).decode().split()
    assert said[0] == "[apache_airflow_provider]"
    assert said[-1] == "zoom_provider:get_provider_info"


def test_every_import_is_declared_and_everything_declared_is_imported(metadata: Message) -> None:
    required = metadata.get_all("Requires-Dist")
    declared = {re.match(r"[\w-]+", one)[0].lower() for one in required}
    known = packages_distributions() | {"airflow": ["apache-airflow"]}
    assert {known[name][0].lower() for name in imported()} == declared
    assert all(">=" in one and "==" not in one for one in required)


def test_the_readme_is_the_long_description(metadata: Message) -> None:
    assert metadata.get_payload().startswith("# airflow-provider-zoom")


@pytest.mark.parametrize("folder", GENERAL, ids=lambda folder: folder.name)
def test_it_knows_no_word_of_this_project(folder: Path) -> None:
    files = [*sources(folder), *folder.glob("*.md")]
    assert len(files) >= 5
    found = {file.name: OURS.findall(file.read_text()) for file in files}
    assert {name: words for name, words in found.items() if words} == {}
