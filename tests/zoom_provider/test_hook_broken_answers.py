"""Good answers that are none: nothing is taken from them, and a later try may be better."""

from __future__ import annotations

from typing import Any

import pytest

from tests.zoom_provider.invented_hour import NUMBER
from zoom_provider.errors import ZoomPagesRepeat, ZoomRowsDoNotAddUp, ZoomUnavailable
from zoom_provider.hooks.zoom import ZoomHook
from zoom_provider.responses import parse_response

UUID = "4444AAAiAAAAAiAiAiiAii=="


def page(rows: list[Any], total: int, token: str = "") -> dict[str, Any]:
    return {"participants": rows, "total_records": total, "next_page_token": token}


def without(body: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name != key}


@pytest.mark.parametrize(
    "body",
    [
        *["[1, 2]", "null", '"text"', "", '{"meetings": [{'],
        '{"meetings": ' + "[" * 100_000,
        '{"meetings": ' + "9" * 5_000 + "}",
    ],
)
def test_what_is_no_json_object_may_be_one_later(zoom, scripted_hook, body):
    zoom.will_say(body)
    with pytest.raises(ZoomUnavailable, match="not JSON"):
        parse_response(scripted_hook.get_conn().get(f"{zoom.url}/v2/meetings/{NUMBER}"))


@pytest.mark.usefixtures("no_pauses")
def test_what_is_no_json_object_is_asked_for_again(zoom, scripted_hook):
    zoom.will_say("[1, 2]")
    zoom.will_say({"meetings": []})
    assert scripted_hook.list_past_instances(NUMBER) == []
    assert len(zoom.calls()) == 2


@pytest.mark.usefixtures("no_pauses")
@pytest.mark.parametrize("status", [408, 425])
def test_a_request_that_timed_out_is_sent_again(zoom, scripted_hook, status):
    zoom.will_say({"message": "Request timeout."}, status)
    zoom.will_say({"meetings": []})
    assert scripted_hook.list_past_instances(NUMBER) == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (without(page([{}], 1), "participants"), "participants"),
        (page([{}], 1) | {"participants": None}, "participants"),
        (page([{}], 1) | {"participants": {}}, "participants"),
        (without(page([{}], 1), "total_records"), "total_records"),
        (page([{}], 1) | {"total_records": None}, "total_records"),
        (page([{}], 1) | {"total_records": True}, "total_records"),
        ({}, "participants"),
    ],
)
def test_a_report_page_without_its_fields_is_no_page(zoom, scripted_hook, body, field):
    zoom.will_say(body)
    with pytest.raises(ZoomUnavailable, match=f"lacks a usable '{field}'"):
        list(scripted_hook.iter_report_pages(UUID))


@pytest.mark.parametrize("token", [None, ""])
def test_a_listing_ends_without_a_next_page_token(zoom, scripted_hook, token):
    zoom.will_say(page([{"name": "Ada"}], 1) | {"next_page_token": token})
    assert [one.rows for one in scripted_hook.iter_report_pages(UUID)] == [[{"name": "Ada"}]]


def test_a_listing_ends_where_the_page_token_is_missing(zoom, scripted_hook):
    zoom.will_say(without(page([], 0), "next_page_token"))
    assert [one.rows for one in scripted_hook.iter_report_pages(UUID)] == [[]]


def people(first: int, last: int) -> list[dict[str, Any]]:
    """Rows of connections, known by their numbers, the last one included."""
    return [{"user_id": str(number), "join_time": "t"} for number in range(first, last + 1)]


def delivered(hook: ZoomHook) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for one in hook.iter_report_pages(UUID):
        rows = one.rows if one.number == 1 else rows + one.rows
    return rows


def test_a_listing_that_never_ends_is_left(zoom, scripted_hook):
    for number in range(1, 5):
        rows = people(300 * number, 300 * number + 299)
        zoom.will_say(page(rows, 300, token=f"token-{number}"))
    with pytest.raises(ZoomRowsDoNotAddUp, match="has 300 rows but delivered 1200"):
        list(scripted_hook.iter_report_pages(UUID))
    assert len(zoom.calls()) == 4


def test_a_listing_of_empty_pages_is_left(zoom, scripted_hook):
    for number in range(20):
        zoom.will_say(page([], 3, token=f"token-{number}"))
    with pytest.raises(ZoomRowsDoNotAddUp, match="has 3 rows but delivered 0"):
        list(scripted_hook.iter_report_pages(UUID))


def test_rows_too_many_are_counted_to_the_end(zoom, scripted_hook):
    zoom.will_say(page(people(1, 2), 3, token="one"))
    zoom.will_say(page(people(3, 4), 3, token="two"))
    zoom.will_say(page(people(5, 5), 3))
    with pytest.raises(ZoomRowsDoNotAddUp, match="has 3 rows but delivered 5") as raised:
        list(scripted_hook.iter_report_pages(UUID))
    assert (raised.value.total_records, raised.value.delivered) == (3, 5)


REPEATING = {
    "the page before": ([people(1, 3), people(1, 3)], 3),
    "a page further back": ([people(1, 3), people(4, 6), people(1, 3)], 6),
    "in another order": ([people(1, 3), people(1, 3)[::-1]], 3),
    "partly": ([people(1, 3), people(3, 5)], 5),
    "without connections": ([[{"name": "Ada"}], [{"name": "Ada"}]], 1),
}


@pytest.mark.parametrize(("pages", "new"), REPEATING.values(), ids=REPEATING)
def test_rows_of_an_earlier_page_in_place_of_others(zoom, scripted_hook, pages, new):
    total = sum(map(len, pages))
    for _ in range(3):  # the sum fits each time
        for number, rows in enumerate(pages, start=1):
            zoom.will_say(page(rows, total, token=f"{number}" if rows is not pages[-1] else ""))
    with pytest.raises(ZoomPagesRepeat) as raised:
        list(scripted_hook.iter_report_pages(UUID))
    assert (raised.value.total_records, raised.value.delivered) == (total, new)


def test_pages_that_repeat_once_are_read_again(zoom, scripted_hook):
    for last in (people(1, 3), people(4, 6)):
        zoom.will_say(page(people(1, 3), 6, token="two"))
        zoom.will_say(page(last, 6))
    assert delivered(scripted_hook) == people(1, 6)


TWICE = {
    "on one page, counted twice": ([people(1, 3) + people(3, 3)], 4, people(1, 3) + people(3, 3)),
    "on one page, counted once": ([people(1, 3) + people(3, 3)], 3, people(1, 3) + people(3, 3)),
    "on two pages, counted once": ([people(1, 3), people(3, 5)], 5, people(1, 5)),
}


@pytest.mark.parametrize(("pages", "total", "rows"), TWICE.values(), ids=TWICE)
def test_a_row_delivered_twice_takes_no_place(zoom, scripted_hook, pages, total, rows):
    for number, one in enumerate(pages, start=1):
        zoom.will_say(page(one, total, token="next" if number < len(pages) else ""))
    assert delivered(scripted_hook) == rows
    assert len(zoom.calls()) == len(pages)


def test_a_page_token_that_comes_again_ends_a_report_that_is_whole(zoom, scripted_hook):
    zoom.will_say(page(people(1, 3), 6, token="two"))
    zoom.will_say(page(people(4, 6), 6, token="two"))
    assert delivered(scripted_hook) == people(1, 6)
    assert len(zoom.calls()) == 2


def test_pages_that_disagree_on_the_number_of_rows(zoom, scripted_hook):
    zoom.will_say(page(people(1, 3), 9, token="two"))
    zoom.will_say(page(people(4, 6), 6))
    with pytest.raises(ZoomRowsDoNotAddUp, match="has 9 rows but delivered 6"):
        list(scripted_hook.iter_report_pages(UUID))


@pytest.mark.parametrize("row", [None, "Ada", 3, ["Ada"]])
def test_a_row_that_is_no_object_is_none(zoom, scripted_hook, row):
    zoom.will_say(page([{"name": "Ben"}, row], 2))
    with pytest.raises(ZoomUnavailable, match="something else than rows in 'participants'"):
        list(scripted_hook.iter_report_pages(UUID))


def test_every_page_is_asked_for_with_the_same_query(zoom, scripted_hook):
    zoom.will_say(page([{"name": "Ada"}], 2, token="a+b/c="))
    zoom.will_say(page([{"name": "Ben"}], 2))
    list(scripted_hook.iter_report_pages(UUID))
    first, second = (one.query for one in zoom.calls())
    assert first == {"page_size": "300", "include_fields": "registrant_id"}
    assert second == first | {"next_page_token": "a+b/c="}


@pytest.mark.parametrize(
    "name", ["\ud83d broken emoji", '=HYPERLINK("x")', "🌻", "\u0000", "", "%s"]
)
def test_names_pass_through_as_they_are(zoom, scripted_hook, name):
    zoom.will_say(page([{"name": name}], 1))
    (only,) = scripted_hook.iter_report_pages(UUID)
    assert only.rows == [{"name": name}]
