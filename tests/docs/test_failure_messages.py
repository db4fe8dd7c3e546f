"""Every message with which a task can fail is found in Operating by its first words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from google_workspace import errors as google
from include.pipeline.files import storage_faults
from sandbox.stack import ROOT
from tests.docs.documents import documents
from zoom_provider import errors as zoom

ROWS = documents()["docs/operating.md"].first_column("the log says")
ROOMS = ("include/pipeline", "plugins/google_workspace", "plugins/zoom_provider")
ADVICE = "failures.py"
"""What to do here: it stands below the error's own words."""

ERRORS = {
    *(name for module in (google, zoom) for name in vars(module) if name[:4] in {"Goog", "Zoom"}),
    "AirflowFailException",
    "ReportLeftAlone",
    "StagedFileBroken",
    "wait",
}
"""What a message is handed to: an error's class, or the waiting that ends with one."""

CAUGHT = {"ZoomNotFound", "ZoomReportNotReady", "ZoomTokenRejected", "ZoomPageTokenExpired"}
"""Errors that never end a task: whoever called handles them."""

SAID_ELSEWHERE = {
    "It holds a report, or another book.",  # leaders: ends a warning, and This week says so
}


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")


def _text(node: ast.expr) -> str:
    """The text of a literal; … stands for what is filled in. Empty for anything else."""
    if isinstance(node, ast.JoinedStr):
        parts = (part.value if isinstance(part, ast.Constant) else "…" for part in node.values)
        return "".join(map(str, parts))
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _constants(tree: ast.Module) -> dict[str, list[str]]:
    """The texts of a module by the names of its constants; … stands for what is filled in."""
    found: dict[str, list[str]] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
            values = node.value.values if isinstance(node.value, ast.Dict) else [node.value]
            found[_name(target)] = [_text(one).replace("{}", "…") for one in values]
    return found


def _texts(node: ast.expr, constants: dict[str, list[str]]) -> list[str]:
    """The texts of a literal, or those of the constant whose `format` fills them in."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        of = node.func.value
        return constants.get(_name(of.value if isinstance(of, ast.Subscript) else of), [])
    return [_text(node)]


def _handed_to_errors(tree: ast.Module) -> Iterator[ast.expr]:
    """What stands first in a call of an error's class, or last beside one in a table."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in ERRORS - CAUGHT and node.args:
            yield node.args[0]
        elif isinstance(node, ast.Tuple) and {_name(one) for one in node.elts} & (ERRORS - CAUGHT):
            yield node.elts[-1]


def _returned(tree: ast.Module, functions: set[str]) -> Iterator[str]:
    """The texts that these functions return."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef) and function.name in functions:
            for node in ast.walk(function):
                if isinstance(node, ast.Return) and node.value is not None:
                    yield _text(node.value)


def _of_storages() -> Iterator[str]:
    """The messages of each storage."""
    faults = {*storage_faults.RETRYABLE.values(), *storage_faults.NOT_RETRYABLE.values()}
    others = storage_faults.OVERLOADED, storage_faults.NOT_LET_IN, storage_faults.NO_BUCKET
    for files in (storage_faults.STAGED_FILES, storage_faults.RECORDS):
        yield from (text.format(**files._asdict(), error="…") for text in [*faults, *others])


def _messages() -> set[str]:
    paths = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    trees = {path: ast.parse(path.read_text()) for path in paths if "webhook" not in path.parts}
    handed = [
        (one, tree)
        for path, tree in trees.items()
        if path.name != ADVICE
        for one in _handed_to_errors(tree)
    ]
    makers = {_name(one.func) for one, _ in handed if isinstance(one, ast.Call)} | {"explain"}
    texts = {text for one, tree in handed for text in _texts(one, _constants(tree))}
    texts |= {text for tree in trees.values() for text in _returned(tree, makers)}
    texts |= set(_of_storages())
    # What begins with another's words is that other's.
    return {text for text in texts if " " in text and text[0] != "…"} - SAID_ELSEWHERE


def _begins(message: str, row: str) -> bool:
    pattern = ".*".join(map(re.escape, row.split("…")))
    return re.match(pattern, message, re.DOTALL) is not None


@pytest.mark.parametrize("message", sorted(_messages()))
def test_a_message_is_found_by_its_first_words(message: str) -> None:
    assert any(_begins(message, row) for row in ROWS if row[0] != "…"), (
        f"not in Operating: {message}"
    )


def test_the_messages_are_those_of_all_rooms() -> None:
    found = {message.split()[0] for message in _messages()}

    assert len(_messages()) > 60
    assert {"Zoom", "Google", "The", "Meeting", "Airflow's"} <= found
