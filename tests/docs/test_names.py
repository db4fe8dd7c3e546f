"""Commands, files, settings, fields and messages that the documents name are there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from include.attendance import review
from include.meeting import Meeting
from include.pipeline import settings
from sandbox.stack import ROOT
from tests.docs.documents import documents

DOCUMENTS = documents()
HISTORY = "CHANGELOG.md"  # names what is gone, too
CODE = [
    (name, code)
    for name, document in DOCUMENTS.items()
    for code in document.code
    if name != HISTORY
]

FOLDERS = "dags|plugins|include|deploy|local|sandbox|tests|benchmarks|docs"
PATH = re.compile(rf"(?<![\w./-])(?:{FOLDERS})/[\w./-]*\w/?")
SETTING = re.compile(r"AIRFLOW__ZOOM_ATTENDANCE__(\w+)")

AIRFLOWS_OWN = "The conn_id `…` isn't defined"


def _named(pattern: str | re.Pattern[str]) -> list[tuple[str, str]]:
    found = {(name, match) for name, code in CODE for match in re.findall(pattern, code)}
    return sorted(found)


@pytest.mark.parametrize(("name", "path"), _named(PATH))
def test_a_named_file_is_there(name: str, path: str) -> None:
    assert (ROOT / path).exists(), f"{name} names {path}, which is not there"


@pytest.mark.parametrize(("name", "command"), _named(r"\bmake ([a-z][a-z-]*)"))
def test_a_named_make_command_is_there(name: str, command: str) -> None:
    makefile = (ROOT / "Makefile").read_text()

    assert re.search(rf"^{command}(?: .*)?:(?!=)", makefile, re.MULTILINE), (
        f"{name}: make {command}"
    )


@pytest.mark.parametrize(("name", "chosen"), _named(r"pytest (tests/\w+ -k \w+)"))
def test_a_named_word_chooses_tests(name: str, chosen: str) -> None:
    folder, word = chosen.split(" -k ")
    tests = "".join(path.read_text() for path in (ROOT / folder).glob("test_*.py"))

    assert re.search(rf"^def test_\w*{word}", tests, re.MULTILINE), f"{name}: {chosen}"


def test_every_field_of_a_meeting_is_described() -> None:
    fields = DOCUMENTS["docs/meetings-file.md"].first_column("field")

    in_the_file = Meeting.model_fields.keys() - {"name"}
    assert sorted(fields) == sorted(f"`{field}`" for field in in_the_file)


def test_the_settings_are_those_of_the_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n".join(document.text for name, document in DOCUMENTS.items() if name != HISTORY)
    read = {
        "MEETINGS": settings.meetings_folder,
        "STAGING_URL": settings.staging_url,
        "RECORDS_URL": settings.records_url,
    }

    assert set(SETTING.findall(text)) == read.keys()
    for setting, reading in read.items():
        monkeypatch.setenv(f"AIRFLOW__ZOOM_ATTENDANCE__{setting}", "/some/where")
        assert str(reading()) == "/some/where"


@cache
def _product_texts() -> list[str]:
    """Every text of the product's code; … stands for what is filled in."""
    return list(_texts())


def _texts() -> Iterator[str]:
    for folder in ("include", "plugins"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value
                elif isinstance(node, ast.JoinedStr):
                    parts = node.values
                    yield "".join(p.value if isinstance(p, ast.Constant) else "…" for p in parts)


def _is_said(words: str) -> bool:
    pattern = re.compile(".*".join(map(re.escape, words.split("…"))), re.DOTALL)
    return any(map(pattern.search, _product_texts()))


def _messages() -> list[str]:
    operating = DOCUMENTS["docs/operating.md"]
    quoted = re.findall(r'\blog\b[^".|]* says "([^"]+)"', operating.text)
    return [*operating.first_column("the log says"), *quoted]


@pytest.mark.parametrize("message", [one for one in _messages() if one != AIRFLOWS_OWN])
def test_a_failure_message_is_one_of_the_pipeline(message: str) -> None:
    assert _is_said(message)


def test_there_are_messages_and_not_every_text_is_one() -> None:
    assert len(_messages()) > 30
    assert not _is_said("Zoom says the moon has … rows")


@pytest.mark.parametrize("heading", ["heading", "word", "line"])
def test_the_words_of_the_report_are_those_of_the_pipeline(heading: str) -> None:
    cells = DOCUMENTS["docs/counting.md"].first_column(heading)
    words = [word.strip("* ") for cell in cells for word in cell.split(",")]

    assert words
    assert [word for word in words if not _is_said(word)] == []


def test_every_kind_of_review_line_is_explained() -> None:
    kinds = {value for name, value in vars(review).items() if name.isupper() and name[0] != "_"}

    explained = DOCUMENTS["docs/counting.md"].first_column("kind")
    assert set(explained) == {kind for kind in kinds if isinstance(kind, str)}


PRODUCT = [
    path
    for pattern in ("include/**/*.*", "plugins/**/*.py", "dags/*.py", "deploy/**/*.*")
    for path in sorted(ROOT.glob(pattern))
    if path.suffix in {".py", ".yaml", ".sh", ".env"}
] + [ROOT / name for name in ("docker-compose.yaml", ".env.example", "Makefile")]


@pytest.mark.parametrize("path", PRODUCT, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_product_names_documents_by_their_path(path: Path) -> None:
    text = path.read_text()

    assert not re.search(r"\bREADME\b|\bthe docs\b", text, re.IGNORECASE)
    assert [name for name in re.findall(r"docs/[\w-]+\.md", text) if name not in DOCUMENTS] == []
