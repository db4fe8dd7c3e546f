"""A participant report, page by page: whole, or an error."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from zoom_provider import answers
from zoom_provider.client import ZoomClient
from zoom_provider.errors import ZoomAnswerCutShort, ZoomReportNotReady, ZoomRowsDoNotAddUp

log = logging.getLogger(__name__)

PAGE_SIZE = 300
"""Rows a page; Zoom's maximum."""

STARTS = 3
"""How often a report whose page token ran out is read from page one before the try fails."""

REPEATED = "Zoom repeats a page of the report: its rows cannot be trusted."


@dataclass(frozen=True)
class ReportPage:
    """One page of a participant report.

    :param number: counts from 1; a 1 again means that the report starts over and that the pages
        before it must be thrown away.
    :param rows: participant rows as Zoom sent them, one a connection.
    """

    number: int
    rows: list[dict[str, Any]]


def iter_pages(client: ZoomClient, path: str) -> Iterator[ReportPage]:
    """Yield the pages of the report at ``path``, from page one again when a page token runs out."""
    for _ in range(STARTS):
        try:
            yield from _pages_from_one(client, path)
        except answers.ZoomPageTokenExpired:
            log.info("A page token of the report ran out: reading it again from page one.")
        else:
            return
    raise ZoomAnswerCutShort(
        f"Zoom's page tokens ran out {STARTS} times before the report was read. "
        "Zoom is slow at the moment."
    )


def _pages_from_one(client: ZoomClient, path: str) -> Iterator[ReportPage]:
    token, used, rows, number = "", set(), 0, 0
    while True:
        body = _page(client, path, token)
        number += 1
        page = ReportPage(number, answers.field(body, "participants", list))
        rows, total = rows + len(page.rows), answers.field(body, "total_records", int)
        yield page
        token = body.get("next_page_token") or ""
        if not token:
            return _check_count(rows, total)
        # A few rows too many are counted to the end; a listing that never ends is left.
        if token in used or rows > 2 * total + PAGE_SIZE:
            raise ZoomAnswerCutShort(REPEATED)
        used.add(token)


def _page(client: ZoomClient, path: str, token: str) -> answers.Body:
    params: dict[str, Any] = {"page_size": PAGE_SIZE, "include_fields": "registrant_id"}
    if token:
        params["next_page_token"] = token
    try:
        return client.get("heavy", path, **params)
    except answers.ZoomNotFound as error:
        raise ZoomReportNotReady(str(error)) from None


def _check_count(rows: int, total: int) -> None:
    if rows != total:
        raise ZoomRowsDoNotAddUp(total_records=total, delivered=rows)
