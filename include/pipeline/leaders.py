"""Leaders: each class's own spreadsheet is written and shared with its leaders; they get a mail."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from google_workspace.batches import retry_on_conflict
from google_workspace.errors import (
    GoogleBadRequest,
    GoogleCannotHold,
    GoogleNotFound,
    GoogleNotShared,
)
from google_workspace.hooks import DriveHook, SheetsHook
from google_workspace.http_errors import google_errors
from google_workspace.permissions import Permissions
from include.meeting import Folder, Meeting
from include.pipeline.drive.book_file import Spreadsheet
from include.pipeline.drive.keyed_files import sheets_may_lag
from include.pipeline.drive.shares import Share, in_use, read_shares, write_shares
from include.pipeline.files.attendance_records import RecordsFolder
from include.pipeline.register import BookPlan, BookUpdater, today_of
from include.roster.book import View
from include.roster.members.classes import class_key
from include.roster.table import CLASS
from include.sheets.book import own_requests, sheet_id

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class News:
    """What the leaders of a class are told: numbers, no names.

    :param numbers: "Youth: 12 of 15 came, 2 visitors".
    :param link: opens the class's own spreadsheet.
    """

    label: str
    numbers: str
    link: str
    leaders: tuple[str, ...]


UNUSABLE = (GoogleNotFound, GoogleNotShared, GoogleCannotHold)
"""A spreadsheet that somebody named, and that stops no other class."""


class _HoldsOthers(GoogleCannotHold):
    """A class's own spreadsheet holds something else of the pipeline's, which may be others'."""


Tell = Callable[[News], object]


def update_own_sheets(
    meeting: Meeting,
    spreadsheet_id: str,
    tell: Tell,
    *,
    any_leaders: bool,
    today: date | None = None,
) -> str:
    """Write the classes' own spreadsheets, and let in their leaders and nobody else.

    Returns what came of it, in a sentence without names.

    :param tell: called once for each class and session.
    :param any_leaders: False if no class has leaders: nothing is read then.
    """
    if not any_leaders and not in_use(read_shares(RecordsFolder(meeting))):
        return "No class has leaders, so none has a spreadsheet of its own."
    with google_errors():
        plan = BookUpdater(meeting, spreadsheet_id, today or today_of(meeting)).plan()
        if plan.book.register is None or plan.own.untouched:
            log.warning("People or Classes cannot be read.")
            return "The classes' own sheets stay as they are: This week says why."
        OwnSheetsUpdater(meeting, plan, tell).update()
    return f"Classes with a spreadsheet of their own: {len(plan.own.ids)}."


class OwnSheetsUpdater:
    """Writes the own spreadsheets of a meeting's classes, and notes whom it let in."""

    def __init__(self, meeting: Meeting, plan: BookPlan, tell: Tell) -> None:
        self._meeting, self._plan, self._tell = meeting, plan, tell
        self._folder, self._shares = RecordsFolder(meeting), dict(plan.shares)

    def update(self) -> None:
        """Write, share and tell; let out those who lead the class no longer."""
        own, late = self._plan.own, list[GoogleNotFound]()
        for name, spreadsheet_id in own.ids.items():
            self._note_sheet(name, spreadsheet_id)
            try:
                self._update(self._plan.book.views[name], class_key(name))
            except UNUSABLE as error:
                log.warning("A class's own sheet cannot be used: This week will say so. %s", error)
                if isinstance(error, GoogleNotFound) and self._is_new(class_key(name)):
                    late.append(error)
                self._change(class_key(name), closed=True)
        for key in self._shares.keys() - set(map(class_key, own.ids)) - own.unclear:
            self._change_sheet(key, "")
        for key in self._shares:
            self._revoke_in_former(key)
        self._note_without_sheet()
        with sheets_may_lag(in_folder=True):
            for not_found in late:  # the next try finds it, or takes it for closed
                raise not_found

    def _is_new(self, key: str) -> bool:
        """Whether the pipeline may have made a class's spreadsheet just now."""
        share = self._shares[key]
        made = isinstance(self._meeting.publish_to, Folder)
        return made and not (share.closed or share.given or share.told)

    def _note_without_sheet(self) -> None:
        """Note the classes without a spreadsheet: none of them is another one under a new name."""
        for name in self._plan.book.views:
            if class_key(name) not in self._shares:
                self._shares[class_key(name)] = Share(name=name, sheet="")
                self._save()

    def _note_sheet(self, name: str, spreadsheet_id: str) -> None:
        """Note whose the spreadsheet is, before anything is written into it."""
        key = class_key(name)
        if key not in self._shares:
            self._shares[key] = Share(name=name, sheet=spreadsheet_id)
            self._save()
        elif self._shares[key].sheet != spreadsheet_id:
            self._change_sheet(key, spreadsheet_id)

    def _change_sheet(self, key: str, spreadsheet_id: str) -> None:
        """Note the class's new spreadsheet, "" for none, and who is to leave the old one."""
        share = self._shares[key]
        left = {**share.left, share.sheet: share.given}
        given = left.pop(spreadsheet_id, {})
        left = {sheet: leaders for sheet, leaders in left.items() if leaders}
        changes = {"sheet": spreadsheet_id, "given": given, "left": left}
        self._change(key, **changes, refused=0, closed=False)

    def _revoke_in_former(self, key: str) -> None:
        """Let everybody out of the spreadsheets that the class has no more, where it can be."""
        for sheet, leaders in self._shares[key].left.items():
            try:
                self._revoke(sheet, leaders)
            except GoogleNotFound:
                log.warning("A spreadsheet that a class had is not there any more.")
            except UNUSABLE as error:
                log.warning("Leaders of before cannot be let out: This week will say so. %s", error)
                continue
            rest = {id_: given for id_, given in self._shares[key].left.items() if id_ != sheet}
            self._change(key, left=rest)

    def _update(self, view: View, key: str) -> None:
        """Write a class's own sheet, let its leaders in and the others out, and tell them."""
        share = self._shares[key]
        tabs = f"{self._meeting.name}|{share.name}"
        spreadsheet = Spreadsheet(self._sheets, share.sheet, tabs)
        if not view.unread:
            self._revoke_all(key, but=view.leaders)
        try:
            address = retry_on_conflict(lambda: _write(spreadsheet, view))
        except _HoldsOthers:
            self._revoke_all(key, but=())
            raise
        self._change(key, closed=False)
        self._grant(key, view.leaders)
        self._tell_of(view, key, f"{address}#gid={sheet_id(tabs, 'this_week')}")

    def _grant(self, key: str, leaders: Iterable[str]) -> None:
        """Let the leaders in, and note those whom Google does not let in."""
        share = self._shares[key]
        there = self._permissions.by_address(share.sheet)
        # Granted by a run that ended before it could note the permission.
        pending = {
            leader: there[leader]
            for leader, id_ in share.given.items()
            if not id_ and leader in there
        }
        self._change(key, given=share.given | pending, refused=0)
        for leader in leaders:
            if leader in there or self._shares[key].given.get(leader):
                continue  # somebody has let them in, or has let them out again
            self._note_permission(key, leader, "")
            try:
                self._note_permission(key, leader, self._permissions.grant(share.sheet, leader))
            except GoogleBadRequest:
                self._note_permission(key, leader, None)
                self._change(key, refused=self._shares[key].refused + 1)
        if refused := self._shares[key].refused:
            log.warning("Google cannot let in %d of a class's leaders: no Google account.", refused)

    def _revoke_all(self, key: str, but: Iterable[str]) -> None:
        share, staying = self._shares[key], set(but)
        gone = {leader: id_ for leader, id_ in share.given.items() if leader not in staying}
        self._revoke(share.sheet, gone)
        self._change(
            key, given={leader: share.given[leader] for leader in share.given.keys() - gone}
        )

    def _revoke(self, sheet: str, given: Mapping[str, str]) -> None:
        for leader, given_id in given.items():
            if id_ := given_id or self._permissions.by_address(sheet).get(leader):
                self._permissions.revoke(sheet, id_)

    def _tell_of(self, view: View, key: str, link: str) -> None:
        newest, share = self._plan.newest, self._shares[key]
        if not newest or not view.leaders or newest.session == share.told:
            return
        if share.told_start and newest.start <= share.told_start:
            return  # the newer one's record is gone
        numbers = next((line.text for line in view.this_week if line.kind == CLASS), "")
        self._tell(News(newest.label, numbers, link, view.leaders))
        self._change(key, told=newest.session, told_start=newest.start)

    def _note_permission(self, key: str, leader: str, id_: str | None) -> None:
        """Note the id of a leader's permission: "" while it is being granted, None for none."""
        given = self._shares[key].given
        rest = {address: known for address, known in given.items() if address != leader}
        self._change(key, given=rest if id_ is None else rest | {leader: id_})

    def _change(self, key: str, **changes: Any) -> None:
        self._shares[key] = self._shares[key].model_copy(update=changes)
        self._save()

    def _save(self) -> None:
        write_shares(self._folder, self._shares)

    @cached_property
    def _sheets(self) -> SheetsHook:
        return SheetsHook()

    @cached_property
    def _permissions(self) -> Permissions:
        return Permissions(DriveHook())


def _write(spreadsheet: Spreadsheet, view: View) -> str:
    """Write what the class's leaders see; returns the address."""
    found = spreadsheet.read()
    if found.shared_with_others:
        raise _HoldsOthers("It holds a report, or another book.")
    spreadsheet.write(own_requests(found.content, view, blank=found.blank))
    return found.address
