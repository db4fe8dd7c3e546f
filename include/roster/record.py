"""The attendance record: what one session leaves for good, as one Parquet file.

One row a person, with lists in it; what is true of the whole session is JSON in the file's own
metadata. Equal records are equal bytes.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from include.attendance.results import Interval, SessionPerson
from include.attendance.sessions import SessionFacts, Window

VERSION = 1
"""Of the file's form. It rises when an older reader would misread the file."""

HEAD = b"attendance_record"
APART = {"parts": b"attendance_parts", "opened": b"attendance_opened"}
"""Fields that older readers pass over, and where they are."""

_TEXTS = pa.list_(pa.string())
_SCHEMA = pa.schema(
    [
        ("key", pa.string()),
        ("shown", pa.string()),
        ("names", _TEXTS),
        ("emails", _TEXTS),
        ("accounts", _TEXTS),
        ("registrants", _TEXTS),
        ("from", pa.list_(pa.int64())),  # seconds since 1970
        ("until", pa.list_(pa.int64())),
        ("generic", pa.bool_()),
    ]
)


class RecordUnreadable(ValueError):
    """The bytes are no attendance record that this version reads."""


class RecordTooNew(RecordUnreadable):
    """A newer version has written it: nothing is wrong with it."""


# A field that is new here or in AttendanceRecord needs a default, for older records, and a higher
# VERSION, so that an older reader refuses the file. It may pass over those that are APART.
@dataclass(frozen=True)
class Rule:
    """What makes a letter of a presence.

    :param present_from: per cent of the window from which on somebody came.
    :param late_after: seconds after the window's start that are not late; None: nobody is late.
    :param early_before: seconds before its end that are not early; None: nobody leaves early.
    """

    present_from: int = 50
    late_after: int | None = None
    early_before: int | None = None


@dataclass(frozen=True)
class AttendanceRecord:
    """One session: who was seen when, and by which rule it counts.

    :param meeting: the name of the meeting's file.
    :param session: the UUID of its first instance.
    :param title: the meeting's; ``label``: what people call the session, its local date.
    :param timezone: IANA name; all times aware UTC.
    :param class_time: None when all of the session counts.
    :param link: opens the session's report; "" while there is none.
    :param incomplete: what is missing of it, in sentences.
    :param people: in the order of the report.
    :param parts: the UUIDs of its other instances, under which it is not kept any more.
    :param opened: when each instance was open, in seconds since 1970; () if that is not known.
    """

    meeting: str
    session: str
    title: str
    label: str
    timezone: str
    start: datetime
    end: datetime
    class_time: Window | None = None
    link: str = ""
    incomplete: tuple[str, ...] = ()
    rule: Rule = Rule()
    people: tuple[SessionPerson, ...] = field(default=(), repr=False)
    parts: tuple[str, ...] = ()
    opened: tuple[Interval, ...] = ()

    def to_parquet(self) -> bytes:
        """Return the file's content."""
        people = [_row(person) for person in self.people]
        head = asdict(replace(self, people=())) | {"version": VERSION, "count": len(people)}
        return _content(pa.Table.from_pylist(people, _SCHEMA), head)

    @classmethod
    def from_parquet(cls, content: bytes) -> AttendanceRecord:
        """Read what `to_parquet` returned. Raises RecordUnreadable for anything else."""
        table, head = _read(content)
        del head["version"], head["count"]
        return cls(**_head(**head) | {"people": tuple(map(_person, table.to_pylist()))})


def make_record(
    facts: SessionFacts,
    session: str,
    label: str,
    people: Iterable[SessionPerson],
    rule: Rule,
    opened: Iterable[Window] = (),
) -> AttendanceRecord:
    """Return the record of a session, without the link of its report and what is missing of it.

    :param session: its UUID; ``people`` as `session_people` returns them.
    :param opened: when each of its instances was open.
    """
    return AttendanceRecord(
        meeting=facts.meeting,
        session=session,
        title=facts.topic,
        label=label,
        timezone=facts.timezone,
        start=facts.start.astimezone(UTC),
        end=facts.end.astimezone(UTC),
        class_time=facts.class_time and _utc(facts.class_time),
        rule=rule,
        people=tuple(people),
        opened=tuple((_seconds(start), _seconds(end)) for start, end in opened),
    )


def completed(content: bytes, rule: Rule | None, **known: Any) -> bytes:
    """Return a record's content with what became known after it was made, its people as they are.

    So no pandas is imported, and no object made for each person. Raises RecordUnreadable.

    :param rule: by which the session was first published, if it was before.
    :param known: fields of AttendanceRecord.
    """
    table, head = _read(content)
    return _content(table, head | known | ({"rule": asdict(rule)} if rule else {}))


def parts_of(records: Iterable[AttendanceRecord]) -> frozenset[str]:
    """Return the UUIDs of what Zoom once listed as sessions, and are parts of these now."""
    return frozenset(part for record in records for part in record.parts)


def instances_in(content: bytes) -> frozenset[str]:
    """Return the UUIDs of the instances of a record's content. Raises RecordUnreadable."""
    _, head = _read(content)
    return frozenset((head["session"], *head["parts"]))


def rule_and_link(content: bytes) -> tuple[Rule, str]:
    """Return two fields of a record's content. Raises RecordUnreadable."""
    _, head = _read(content)
    return Rule(**head["rule"]), head["link"]


def _content(table: pa.Table, head: dict[str, Any]) -> bytes:
    about = {key: json.dumps(head.pop(name)).encode() for name, key in APART.items()}
    text = json.dumps(head, default=datetime.isoformat, sort_keys=True, ensure_ascii=False)
    # Fields that were read from a file carry its numbers of them: equal records are equal bytes.
    about[HEAD] = text.encode()
    marked = pa.Table.from_arrays(table.columns, schema=_SCHEMA.with_metadata(about))
    file = io.BytesIO()
    pq.write_table(marked, file, compression="zstd", write_page_checksum=True)
    return file.getvalue()


def _read(content: bytes) -> tuple[pa.Table, dict[str, Any]]:
    """Return the people, and what is true of the whole session. Raises RecordUnreadable."""
    try:
        # Not `read_table`, which imports all of Arrow's datasets.
        file = pq.ParquetFile(io.BytesIO(content), page_checksum_verification=True)
        table = file.read(use_threads=False)
        about = table.schema.metadata
        head = json.loads(about[HEAD])
        head |= {name: json.loads(about.get(key, b"[]")) for name, key in APART.items()}
    except (OSError, ValueError, KeyError, TypeError):
        raise RecordUnreadable("The file is no attendance record, or it is torn.") from None
    if head["version"] > VERSION or _unknown_fields(head):
        raise RecordTooNew("The attendance record is of a newer version of this project.")
    if head["count"] != table.num_rows:
        raise RecordUnreadable("The attendance record holds fewer people than it says.")
    return table, head


def _unknown_fields(head: dict[str, Any]) -> set[str]:
    """The fields that no version up to this one has written."""
    known = {each.name for of in (AttendanceRecord, Rule) for each in fields(of)}
    return {*head, *head["rule"]} - known - {"version", "count"}


def _utc(window: Window) -> Window:
    return window[0].astimezone(UTC), window[1].astimezone(UTC)


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _row(person: SessionPerson) -> dict[str, Any]:
    lists = ("names", "emails", "accounts", "registrants")
    return {
        **{name: getattr(person, name) for name in ("key", "shown", "generic")},
        **{name: list(getattr(person, name)) for name in lists},
        "from": [start for start, _ in person.intervals],
        "until": [end for _, end in person.intervals],
    }


def _person(row: dict[str, Any]) -> SessionPerson:
    return SessionPerson(
        key=row["key"],
        shown=row["shown"],
        names=tuple(row["names"]),
        emails=tuple(row["emails"]),
        accounts=tuple(row["accounts"]),
        registrants=tuple(row["registrants"]),
        intervals=tuple(zip(row["from"], row["until"], strict=True)),
        generic=row["generic"],
    )


def _head(**head: Any) -> dict[str, Any]:
    times = head["class_time"]
    return head | {
        "start": datetime.fromisoformat(head["start"]),
        "end": datetime.fromisoformat(head["end"]),
        "class_time": times and tuple(map(datetime.fromisoformat, times)),
        "incomplete": tuple(head["incomplete"]),
        "parts": tuple(head["parts"]),
        "opened": tuple(map(tuple, head["opened"])),
        "rule": Rule(**head["rule"]),
    }
