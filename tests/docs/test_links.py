"""Every link leads somewhere, and every document is found from the README."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from sandbox.stack import ROOT
from tests.docs.documents import Document, documents

DOCUMENTS = documents()
README_LINES = 90  # one screen and a scroll

LINKS = [(name, target) for name, document in DOCUMENTS.items() for target in document.targets]
INTERNAL = [(name, target) for name, target in LINKS if not urlsplit(target).scheme]
EXTERNAL = [(name, target) for name, target in LINKS if urlsplit(target).scheme]


def _destination(name: str, target: str) -> Path:
    path = unquote(urlsplit(target).path)
    return (DOCUMENTS[name].path.parent / path).resolve() if path else DOCUMENTS[name].path


def test_the_documents_are_there() -> None:
    assert {"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/operating.md"} <= set(DOCUMENTS)


@pytest.mark.parametrize(("name", "target"), INTERNAL)
def test_a_link_leads_to_a_file_or_heading(name: str, target: str) -> None:
    destination = _destination(name, target)

    assert destination.exists(), f"{name} links to {target}, which is not there"
    assert destination.is_relative_to(ROOT)
    if fragment := urlsplit(target).fragment:
        linked = destination.relative_to(ROOT).as_posix()
        assert fragment in DOCUMENTS[linked].anchors


@pytest.mark.parametrize(("name", "target"), EXTERNAL)
def test_an_address_outside_is_well_formed(name: str, target: str) -> None:
    parts = urlsplit(target)

    assert parts.scheme == "https" or parts.hostname in {"localhost", "127.0.0.1"}
    assert parts.hostname


def test_every_document_is_reached_from_the_readme() -> None:
    reached, ahead = set(), ["README.md"]
    while ahead:
        name = ahead.pop()
        reached.add(name)
        linked = {_destination(name, target) for source, target in INTERNAL if source == name}
        inside = {path.relative_to(ROOT).as_posix() for path in linked}
        ahead += (inside & set(DOCUMENTS)) - reached

    assert reached == set(DOCUMENTS)


def test_every_picture_is_shown() -> None:
    shown = {_destination(name, target) for name, target in INTERNAL}

    assert set((ROOT / "docs").rglob("*.png")) <= shown


def test_the_readme_is_short() -> None:
    assert len(DOCUMENTS["README.md"].text.splitlines()) <= README_LINES


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("# At *Zoom*", "at-zoom"),
        ("# `AIRFLOW__CORE` & co.", "airflow__core--co"),
        ("# Past weeks\n\n# Past weeks", "past-weeks-1"),
    ],
)
def test_anchors_are_those_of_github(heading: str, anchor: str) -> None:
    assert anchor in Document(ROOT / "x.md", heading).anchors
