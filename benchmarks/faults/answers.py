"""Faults of what is answered: JSON of the right form that says something else than it should."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from benchmarks.faults.proxy import Act, Call

ODD: dict[str, Any] = {
    "null": None,
    "0": 0,
    "-1": -1,
    "text": "odd",
    "list": [],
    "object": {},
    "true": True,
}
GONE = "gone"

Change = Callable[[dict[str, Any]], object]


def changed(change: Change, call: Call) -> None:
    """Answer with what the sandbox says, changed; as it is if there is nothing to change in it."""
    answer = call.forward()
    body = answer.json()
    try:
        change(body)
    except LookupError:  # Drive's search finds no file yet, say
        call.proxy.spare()
    else:
        answer.body = json.dumps(body).encode()
    call.say(answer.wire())


def _first(call: Call) -> dict[str, Any]:
    """The first page of the same report."""
    target = "&".join(p for p in call.target.split("&") if not p.startswith("next_page_token"))
    plain = Call(call.proxy, call.connection, call.method, target, call.headers, call.body)
    first: dict[str, Any] = plain.forward().json()
    return first


def repeated_page(call: Call) -> None:
    def repeat(body: dict[str, Any]) -> None:
        body["participants"] = _first(call)["participants"][: len(body["participants"])]

    changed(repeat, call)


def page_missing(call: Call) -> None:
    """The listing ends here, or goes on behind the next page."""

    def skip(body: dict[str, Any]) -> None:
        body["participants"] = []

    changed(skip, call)


def expired(call: Call) -> None:
    answer = call.forward()
    answer.status = 400
    said = {"code": 300, "message": "The next page token is invalid or expired."}
    answer.body = json.dumps(said).encode()
    call.say(answer.wire())


def not_there(call: Call) -> None:
    answer = call.forward()
    answer.status = 404
    answer.body = json.dumps({"code": 3001, "message": "Meeting does not exist: zzname."}).encode()
    call.say(answer.wire())


def _rows_twice(body: dict[str, Any]) -> None:
    body["participants"] = [row for row in body["participants"] for _ in range(2)]


def _empty(body: dict[str, Any]) -> None:
    body.update(participants=[], total_records=0, next_page_token="")


def _ends_here(body: dict[str, Any]) -> None:
    body.update(next_page_token="")


def _same_token(body: dict[str, Any]) -> None:
    body.update(next_page_token="zzname-token-for-ever")


def _total(by: int, body: dict[str, Any]) -> None:
    body["total_records"] += by


def _zero(body: dict[str, Any]) -> None:
    for row in body["participants"]:
        row["duration"] = 0


def _no_object(body: dict[str, Any]) -> None:
    body["participants"][0] = "zzname"


def of_pages() -> Iterator[tuple[str, Act]]:
    yield "repeated page", repeated_page
    yield "page without rows", page_missing
    yield "rows twice", partial(changed, _rows_twice)
    yield "empty report", partial(changed, _empty)
    yield "ends here", partial(changed, _ends_here)
    yield "token of no page", partial(changed, _same_token)
    yield "token expired", expired
    yield "one row more said", partial(changed, partial(_total, 1))
    yield "one row less said", partial(changed, partial(_total, -1))
    yield "all durations 0", partial(changed, _zero)
    yield "a row no object", partial(changed, _no_object)
    yield "404/3001", not_there


def _twice(body: dict[str, Any]) -> None:
    body["meetings"] = [row for row in body["meetings"] for _ in range(2)]


def _none(body: dict[str, Any]) -> None:
    body["meetings"] = []


def _first_is(field: str, value: Any, body: dict[str, Any]) -> None:
    body["meetings"][0][field] = value


def of_instances() -> Iterator[tuple[str, Act]]:
    yield "listed twice", partial(changed, _twice)
    yield "empty list", partial(changed, _none)
    yield "404/3001", not_there
    for value in ("", "0001-01-01T00:00:00Z", "zzname", None, 7):
        yield f"start_time {value!r}", partial(changed, partial(_first_is, "start_time", value))
    yield "a row no object", partial(changed, lambda body: body["meetings"].insert(0, "zzname"))


def of_details() -> Iterator[tuple[str, Act]]:
    yield "404/3001", not_there
    for field in ("end_time", "participants_count"):
        gone = partial(changed, partial(_set, (field,), GONE))
        yield f"no {field}", gone
    for value in ("", "1999-01-01T00:00:00Z", "9999-01-01T00:00:00Z", 7):
        yield f"end_time {value!r}", partial(changed, partial(_set, ("end_time",), value))


def _set(path: tuple[str | int, ...], value: Any, body: Any) -> None:
    *way, last = path
    for step in way:
        body = body[step]
    if value is GONE:
        del body[last]
    else:
        body[last] = value


FIELDS: dict[str, tuple[tuple[str | int, ...], ...]] = {
    "token": (("access_token",), ("expires_in",)),
    "token of Google": (("access_token",), ("expires_in",)),
    "instances": (("meetings",),),
    "page 1": (("participants",), ("total_records",), ("next_page_token",)),
    "page 2": (("participants",), ("total_records",)),
    "Drive find again": (("files",), ("files", 0), ("files", 0, "id"), ("files", 0, "createdTime")),
    "Drive folder": (("files",), ("files", 0), ("files", 0, "id"), ("nextPageToken",)),
    "Drive create": (("id",),),
    "Sheets read": (
        ("sheets",),
        ("spreadsheetUrl",),
        ("sheets", 0),
        ("sheets", 0, "properties"),
        ("sheets", 0, "properties", "title"),
        ("sheets", 0, "properties", "sheetId"),
    ),
}
"""What of an answer is read, by its place: each is given every odd type."""

OPTIONAL = {("nextPageToken",)}
"""Fields that an answer may lack: that they are gone is no fault."""


def odd_types(place: str) -> Iterator[tuple[str, Act]]:
    """A field of another type, or none."""
    for path in FIELDS.get(place, ()):
        name = ".".join(map(str, path))
        for kind, value in (ODD if path in OPTIONAL else {**ODD, GONE: GONE}).items():
            yield f"{name}: {kind}", partial(changed, partial(_set, path, value))
