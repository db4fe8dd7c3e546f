"""What a reader sees: the rows of one session's report, from its title to its data problems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from include.attendance.results import RejectedRow, StagedAttendance, UntimedRow
from include.sheets.columns import COLUMNS, body, header
from include.sheets.incomplete import ReportedSession, differences, fewer_than_joins, gaps
from include.sheets.requests import Cell, cell_of

Row = list[Cell]

ONE_ALONE = "Zoom makes no report of an instance with one participant; their time is missing."

HOURS_ROW, NOTE_ROW, HEADER_ROW = 3, 4, 5
"""Row indexes, from 0. The table follows the header row."""


@dataclass(frozen=True)
class Report:
    """A report, ready to be written.

    :param key: tells which report this is: the meeting's name and the session's UUID.
    :param other_keys: by which it may have been known before.
    :param start: when the session began, ISO 8601 UTC: orders the tabs of a spreadsheet.
    :param timezone: IANA name; the report's times are in it.
    :param columns: the fields of the table, in their order.
    :param rows: all rows, each beginning in column A.
    :param people: the number of rows of the table.
    :param headings: row indexes of the headings below the table.
    :param headline: what a mail tells people of the report, without names: people, hours,
        incomplete, how many lines stand ``below`` each heading, and the ``banner`` if it is.
    """

    key: str
    other_keys: tuple[str, ...]
    start: str
    timezone: str
    tab_title: str
    file_title: str
    columns: tuple[str, ...]
    rows: list[Row]
    people: int
    headings: tuple[int, ...]
    headline: dict[str, Any]

    @property
    def keys(self) -> tuple[str, ...]:
        """One for each instance of the session."""
        return self.key, *self.other_keys

    def known_by(self, key: str) -> Report:
        """Return the same report under another of its keys."""
        others = tuple(other for other in self.keys if other != key)
        return replace(self, key=key, other_keys=others)

    @property
    def incomplete(self) -> bool:
        """Something is missing, or too much; NOTE_ROW says so."""
        return bool(self.headline["incomplete"])

    @property
    def range(self) -> str:
        """The table with its header row, in A1 notation within its tab."""
        last = chr(ord("A") + len(self.columns) - 1)
        return f"A{HEADER_ROW + 1}:{last}{HEADER_ROW + 1 + self.people}"


def make_report(
    name: str,
    title: str,
    session: ReportedSession,
    attendance: StagedAttendance,
    columns: Sequence[str] = tuple(COLUMNS),
) -> Report:
    """Lay out a session's attendance.

    :param name: the meeting's, which is its file's; ``title`` is what people call it.
    :param columns: the fields of the table, in their order.
    """
    sections = dict(_sections(session, attendance))
    table = [*_top(title, attendance), header(columns), *body(attendance.table, columns)]
    rows, headings = _with_sections(table, sections)
    if headings:
        rows[NOTE_ROW] = _note(session, sections, headings[0])
    return Report(
        key=f"{name}/{session.uuid}",
        other_keys=tuple(f"{name}/{uuid}" for uuid in session.later),
        start=session.start,
        timezone=attendance.facts.timezone,
        tab_title=f"{session.label} {title}",
        file_title=f"zoom_report_{session.label} {title}",
        columns=tuple(columns),
        rows=rows,
        people=attendance.people,
        headings=headings,
        headline=_headline(session, attendance, sections),
    )


def _headline(
    session: ReportedSession, attendance: StagedAttendance, sections: dict[str, list[Row]]
) -> dict[str, Any]:
    banner = session.banner
    return {
        "people": attendance.people,
        "hours": _hours(attendance),
        "incomplete": banner is not None,
        "below": {heading: len(lines) for heading, lines in sections.items()},
        **({"banner": list(banner)} if banner else {}),
    }


def _with_sections(
    rows: Sequence[Row], sections: dict[str, list[Row]]
) -> tuple[list[Row], tuple[int, ...]]:
    """Return the rows with the sections below them, and the row index of each heading."""
    all_rows, headings = list(rows), []
    for heading, lines in sections.items():
        headings.append(len(all_rows) + 1)
        all_rows += [[], [cell_of(heading)], *lines]
    return all_rows, tuple(headings)


def _hours(attendance: StagedAttendance) -> float:
    """Return all hours with two decimals, half up as in the table."""
    return (attendance.seconds + 18) // 36 / 100


def _top(title: str, attendance: StagedAttendance) -> list[Row]:
    return [
        [cell_of(title)],
        [cell_of("Date"), cell_of(_when(attendance))],
        [cell_of("People"), cell_of(attendance.people)],
        [cell_of("Total hours"), cell_of(_hours(attendance))],
        [],
    ]


def _note(session: ReportedSession, sections: dict[str, list[Row]], heading: int) -> Row:
    """A banner takes this row, which is there anyway: nothing moves when it comes or goes."""
    if session.banner:
        word, missing = session.banner
        return [cell_of(word), cell_of(f"{missing} See below row {heading}.")]
    what = ", ".join(f"{name}: {len(lines)}" for name, lines in sections.items())
    return [cell_of("Please check"), cell_of(f"{what} (below row {heading})")]


def _when(attendance: StagedAttendance) -> str:
    facts = attendance.facts
    zone = ZoneInfo(facts.timezone)
    start, end = facts.start.astimezone(zone), facts.end.astimezone(zone)
    counted = ""
    if facts.class_time:
        first, last = (time.astimezone(zone) for time in facts.class_time)
        counted = f"; counted: {first:%H:%M} to {last:%H:%M}"
    day = f"{start:%A} {start.day} {start:%B %Y}"
    return f"{day}, {start:%H:%M} to {end:%H:%M} ({facts.timezone}){counted}"


def _sections(
    session: ReportedSession, attendance: StagedAttendance
) -> Iterator[tuple[str, list[Row]]]:
    """Yield a heading and its lines for each section that has any."""
    if review := _review(attendance):
        yield "People to review", review
    if problems := [
        *_published_all_the_same(session),
        *_fewer_than_joins(session),
        *_missing_reports(session),
        *_problems(attendance),
    ]:
        yield "Data problems", problems


def _review(attendance: StagedAttendance) -> list[Row]:
    return [_line(", ".join(line.names), line.kind, f"{line.text}.") for line in attendance.review]


def _problems(attendance: StagedAttendance) -> list[Row]:
    rejected = [
        _line(row.name, "row not counted", f"{row.reason} {_as_sent(row)}.")
        for row in attendance.rejected
    ]
    return rejected + [
        _line(row.name, "leave time missing", f"counted to the session's end {_as_sent(row)}.")
        for row in attendance.untimed
    ]


def _as_sent(row: RejectedRow | UntimedRow) -> str:
    joined, left = row.join_time or "no time", row.leave_time or "no time"
    return f"(Zoom says: joined {joined}, left {left})"


def _published_all_the_same(session: ReportedSession) -> list[Row]:
    wrong, missing = differences(session.instances), gaps(session.instances)
    problems = [(difference.kind, f"Zoom says {difference.numbers}.") for difference in wrong]
    problems += [(gap.kind, gap.sentence) for gap in missing]
    added = "Published all the same, as somebody asked."
    return [_line("", kind, f"{sentence} {added}") for kind, sentence in problems]


def _fewer_than_joins(session: ReportedSession) -> list[Row]:
    sentences = fewer_than_joins(session.instances)
    return [_line("", "fewer rows than joins", sentence) for sentence in sentences]


def _missing_reports(session: ReportedSession) -> list[Row]:
    alone = (instance for instance in session.instances if not instance.has_report)
    return [_line("", "one alone", ONE_ALONE) for _ in alone]


def _line(who: str, kind: str, sentence: str) -> Row:
    """Return a row that is read as it stands: whom it is about, and what there is to know."""
    return [cell_of(who), cell_of(f"{kind.capitalize()}: {sentence}")]
