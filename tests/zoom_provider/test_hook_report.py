"""Reports page by page: complete, or an error that says what is missing."""

from __future__ import annotations

import pytest

from tests.zoom_provider.invented_hour import NUMBER, START
from zoom_provider.errors import (
    ZoomAnswerCutShort,
    ZoomPagesRepeat,
    ZoomRowsDoNotAddUp,
    ZoomUnavailable,
)
from zoom_provider.hooks.zoom import ZoomHook
from zoom_provider.responses import parse_response

PEOPLE = 650


@pytest.fixture
def big(empty_sandbox) -> str:
    """The UUID of an instance with three pages."""
    return empty_sandbox.zoom.world.add_bulk(NUMBER, START, PEOPLE).uuid


def read_again_from_one(hook: ZoomHook, uuid: str) -> tuple[list[int], list[str]]:
    """Every page number seen, and the names that a consumer has in the end."""
    numbers, names = [], []
    for page in hook.iter_report_pages(uuid):
        names = names if page.number > 1 else []
        numbers.append(page.number)
        names += [row["name"] for row in page.rows]
    return numbers, names


def test_every_row_comes_once_in_pages_of_300(hook, big):
    pages = list(hook.iter_report_pages(big))
    assert [(page.number, len(page.rows)) for page in pages] == [(1, 300), (2, 300), (3, 50)]
    assert len({row["user_id"] for page in pages for row in page.rows}) == PEOPLE


def test_registrant_ids_are_asked_for(hook, uuid):
    (page,) = hook.iter_report_pages(uuid)
    assert all("registrant_id" in row for row in page.rows)


def test_pages_are_read_when_they_are_wanted(hook, big, empty_sandbox):
    next(hook.iter_report_pages(big))
    assert [one.label for one in empty_sandbox.zoom.requests].count("HEAVY") == 1


def test_a_dead_page_token_starts_the_report_again(hook, big, empty_sandbox):
    empty_sandbox.zoom.faults.add("stale_page_token", after=1)
    numbers, names = read_again_from_one(hook, big)
    assert numbers == [1, 2, 1, 2, 3]
    assert names == [f"Person {place}" for place in range(PEOPLE)]


def test_page_tokens_that_always_die_end_the_report(hook, big, empty_sandbox):
    empty_sandbox.zoom.faults.add("stale_page_token", times=10)
    with pytest.raises(ZoomAnswerCutShort, match="ran out 3 times"):
        list(hook.iter_report_pages(big))


@pytest.mark.parametrize("fault", ["repeated_page_token", "repeated_page"])
def test_a_report_with_a_repeated_page_is_read_again(hook, big, empty_sandbox, fault):
    empty_sandbox.zoom.faults.add(fault)
    numbers, names = read_again_from_one(hook, big)
    assert numbers[-3:] == [1, 2, 3]
    assert names == [f"Person {place}" for place in range(PEOPLE)]


def test_a_page_that_is_always_repeated_is_no_whole_report(hook, big, empty_sandbox):
    empty_sandbox.zoom.faults.add("repeated_page", times=10)
    with pytest.raises(ZoomPagesRepeat, match="has 650 rows but delivered 300") as raised:
        list(hook.iter_report_pages(big))
    assert (raised.value.total_records, raised.value.delivered) == (650, 300)
    assert [one.label for one in empty_sandbox.zoom.requests].count("HEAVY") == 9


def test_a_page_token_that_is_always_repeated_ends_the_report(hook, big, empty_sandbox):
    empty_sandbox.zoom.faults.add("repeated_page_token", times=10)
    with pytest.raises(ZoomPagesRepeat, match="has 650 rows but delivered 600"):
        list(hook.iter_report_pages(big))


@pytest.mark.parametrize(("after", "came"), [(0, 299), (1, 599), (2, 649)])
def test_a_report_cut_short_tells_both_numbers(hook, big, empty_sandbox, after, came):
    empty_sandbox.zoom.faults.add("cut_short", after=after)
    with pytest.raises(ZoomRowsDoNotAddUp, match=f"has 650 rows but delivered {came}") as raised:
        list(hook.iter_report_pages(big))
    assert (raised.value.total_records, raised.value.delivered) == (650, came)


@pytest.mark.usefixtures("no_pauses")
@pytest.mark.parametrize(
    "fault",
    [
        "server_error",
        "per_second_limit",
        "html",
        "broken_body",
    ],
)
def test_what_passes_is_tried_again(hook, big, empty_sandbox, fault):
    empty_sandbox.zoom.faults.add(fault, after=1)
    numbers, names = read_again_from_one(hook, big)
    assert numbers == [1, 2, 3]
    assert names == [f"Person {place}" for place in range(PEOPLE)]
    assert [one.label for one in empty_sandbox.zoom.requests].count("HEAVY") == 4


def test_a_slow_answer_is_waited_for(hook, uuid, empty_sandbox):
    empty_sandbox.zoom.faults.add("slow", seconds=0.5)
    (page,) = hook.iter_report_pages(uuid)
    assert len(page.rows) == 2
    assert [one.endpoint for one in empty_sandbox.zoom.requests].count("report_participants") == 1


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("server_error", "fault of its own"),
        ("per_second_limit", "per-second limit"),
        ("html", "not JSON"),
    ],
)
def test_what_passes_is_told_apart_when_it_lasts(hook, uuid, empty_sandbox, kind, says):
    empty_sandbox.zoom.faults.add(kind, times=10)
    answer = hook.get_conn().get(f"{hook.account.base_url}/meetings/{NUMBER}")
    with pytest.raises(ZoomUnavailable, match=f"{says}.*tracking id: v=2.0;clid=sandbox"):
        parse_response(answer)
