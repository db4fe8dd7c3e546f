"""A participant report, page by page: whole, or an error."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from zoom_provider import responses
from zoom_provider.client import ZoomClient
from zoom_provider.errors import (
    ZoomAnswerCutShort,
    ZoomPagesRepeat,
    ZoomReportNotReady,
    ZoomRowsDoNotAddUp,
)
from zoom_provider.responses import ResponseBody

log = logging.getLogger(__name__)

PAGE_SIZE = 300
"""Rows a page; Zoom's maximum."""

MOST_STARTS = 3
"""How often a report is read from page one in one try, when its pages break off or repeat."""

MOST_BARREN_PAGES = 10
"""Pages of a report that bring nothing new; with more the listing has no end."""


@dataclass(frozen=True)
class ReportPage:
    """One page of a participant report.

    :param number: counts from 1; a 1 again means that the report starts over and that the pages
        before it must be thrown away.
    :param rows: participant rows as Zoom sent them, one a connection, without those that an
        earlier page brought.
    """

    number: int
    rows: list[dict[str, Any]]


def iter_pages(client: ZoomClient, path: str) -> Iterator[ReportPage]:
    """Yield the pages of the report at ``path``.

    From page one again when a page token runs out, or when rows of earlier pages stand where
    others are missing.
    """
    for start in range(1, MOST_STARTS + 1):
        try:
            return (yield from _pages_from_one(client, path))
        except responses.ZoomPageTokenExpired:
            log.info("A page token of the report ran out: reading it again from page one.")
        except ZoomPagesRepeat as error:
            if start == MOST_STARTS:
                raise
            log.warning("%s Reading it again from page one.", error)
    raise ZoomAnswerCutShort(
        f"Zoom's page tokens ran out {MOST_STARTS} times before the report was read. "
        "Zoom is slow at the moment."
    )


def _pages_from_one(client: ZoomClient, path: str) -> Iterator[ReportPage]:
    delivered, tokens, token = _Delivered(), set[str](), ""
    for number in count(1):
        body = _page(client, path, token)
        rows = responses.rows(body, "participants")
        delivered.expect(responses.field(body, "total_records", int))
        yield ReportPage(number, delivered.new(rows))
        token = body.get("next_page_token") or ""
        if not token or token in tokens or delivered.is_endless:
            return delivered.check(repeats=token in tokens)
        tokens.add(token)


def _page(client: ZoomClient, path: str, token: str) -> ResponseBody:
    params: dict[str, Any] = {"page_size": PAGE_SIZE, "include_fields": "registrant_id"}
    if token:
        params["next_page_token"] = token
    try:
        return client.get("heavy", path, **params)
    except responses.ZoomNotFound as error:
        raise ZoomReportNotReady(str(error)) from None


class _Delivered:
    """The rows that have come, as digests: a report may have very many."""

    def __init__(self) -> None:
        self._total = self._rows = self._repeated = self._barren = 0
        self._seen: set[bytes] = set()

    def expect(self, total: int) -> None:
        """Take note of a page's ``total_records``; pages that disagree mean the higher number."""
        self._total = max(self._total, total)

    def new(self, rows: list[ResponseBody]) -> list[ResponseBody]:
        """Return the rows of a page that no earlier page brought."""
        digests = [_row_digest(row) for row in rows]
        paired = zip(rows, digests, strict=True)
        new = [row for row, digest in paired if digest not in self._seen]
        self._seen.update(digests)
        self._rows += len(new)
        self._repeated += len(rows) - len(new)
        if not new:
            self._barren += 1
        return new

    @property
    def is_endless(self) -> bool:
        """Tell a listing without an end; a few rows too many are counted to the end."""
        return self._rows > 2 * self._total + PAGE_SIZE or self._barren > MOST_BARREN_PAGES

    def check(self, *, repeats: bool) -> None:
        """Raise ZoomRowsDoNotAddUp if the rows are not as many as Zoom says.

        A row twice on one page was delivered twice, and Zoom may count it once or twice. A row of
        an earlier page stands where another should be if too few are left without it.

        :param repeats: a page token came again.
        """
        if len(self._seen) <= self._total <= self._rows:
            return
        kind = ZoomPagesRepeat if repeats or self._repeated else ZoomRowsDoNotAddUp
        raise kind(self._total, self._rows)


def _row_digest(row: ResponseBody) -> bytes:
    """Return a digest of the connection; of all that is there if it has no ``user_id``."""
    known = [row.get(name) for name in ("user_id", "join_time", "leave_time", "status")]
    text = json.dumps(known if row.get("user_id") else row, sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=16).digest()
