"""Google answers with less than was asked for: nothing is taken from it, and it is tried again."""

from __future__ import annotations

from typing import Any

import pytest

from google_workspace.errors import GoogleUnavailable
from include.pipeline.half_answers import reading_an_answer
from include.sheets.standing import read_standing
from include.sheets.tab import read_tabs

TABS: list[Any] = [{}, {"sheets": None}, {"sheets": [{}]}, {"sheets": [{"properties": {}}]}]
CELLS: list[Any] = [{}, {"sheets": []}, {"sheets": [{}, {}]}, {"sheets": [{"data": []}]}]
VALUE = {"userEnteredValue": {"numberValue": "x"}}
CELLS.append({"sheets": [{"data": [{"rowData": [{"values": [VALUE]}]}]}]})


@pytest.mark.parametrize("answer", TABS, ids=repr)
def test_tabs(answer: Any) -> None:
    with pytest.raises(GoogleUnavailable, match="from half an answer"), reading_an_answer():
        read_tabs(answer)


@pytest.mark.parametrize("answer", CELLS, ids=repr)
def test_cells(answer: Any) -> None:
    with pytest.raises(GoogleUnavailable, match="from half an answer"), reading_an_answer():
        read_standing(answer)


def test_an_empty_tab_is_a_whole_answer() -> None:
    assert read_standing({"sheets": [{}]}).grid == []
