"""A report whose metadata is of a version that kept no digests of what it wrote."""

from __future__ import annotations

import json

import pytest

from sandbox.both import Sandbox
from sandbox.google import GoogleState
from tests.pipeline.edited import ROWS, Edited
from tests.pipeline.reports import person, report
from tests.pipeline.runs import SPREADSHEET

MORE = [*ROWS, person("Zoë Example")]


@pytest.fixture
def old(empty_sandbox: Sandbox, google: GoogleState) -> Edited:
    edited = Edited(empty_sandbox, SPREADSHEET)
    for item in edited.tab.developer_metadata:
        metadata = json.loads(item["metadataValue"])
        kept = {key: metadata[key] for key in ("start", "rows", "columns", "headline")}
        item["metadataValue"] = json.dumps(kept)
    return edited


def test_it_is_replaced_where_it_stands_as_it_did(old: Edited) -> None:
    shown = old.publish(MORE)
    assert "Zoë Example" in [row[0] for row in shown if row]
    written = [json.loads(one["metadataValue"]) for one in old.tab.developer_metadata]
    assert all({"cells", "report"} <= metadata.keys() for metadata in written)


MOVED, BESIDE = "moved or overwritten columns", "written beside or below it"
EDITS: dict[str, tuple[dict[str, tuple[object, ...]], str]] = {
    "a column inserted": ({"insertDimension": ("COLUMNS", 1, 2)}, BESIDE),
    "a column deleted": ({"deleteDimension": ("COLUMNS", 2, 3)}, MOVED),
    "rows deleted": ({"deleteDimension": ("ROWS", 8, 20)}, MOVED),
}


@pytest.mark.parametrize(("edit", "said"), EDITS.values(), ids=EDITS)
def test_it_is_not_written_over_what_people_have_moved(
    old: Edited, edit: dict[str, tuple[object, ...]], said: str
) -> None:
    old.rearrange(edit)
    old.refuses(report(old.meeting, MORE), said)
