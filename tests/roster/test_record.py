"""The attendance record: from staged rows, to bytes and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from include.attendance.attendance import take_attendance
from include.attendance.people import session_people
from include.roster.record import (
    AttendanceRecord,
    RecordTooNew,
    RecordUnreadable,
    Rule,
    completed,
    make_record,
    rule_and_link,
)
from tests.attendance.made_rows import HOUR, START, Row, facts, minutes, staged

ROWS = [
    minutes("iPhone", -5, 20),
    minutes("iPhone", 5, 60),
    minutes("Ann Lee", 0, 10, id="a"),
    minutes('=Ann "🦊", L', 10, 40, participant_user_id="a", user_email="Ann@x.org"),
    minutes("Ann Lee", 35, 50, id="a", registrant_id="r"),
    minutes("", 0, 9),
    minutes("Cy", 0, 12, status="in_waiting_room"),
]


def _record(rows: list[Row], rule: Rule | None = None) -> AttendanceRecord:
    people = session_people(*take_attendance(facts(), [staged(rows)]))
    return make_record(facts(), "uuid/==", "2026-01-05", people, rule or Rule())


def test_what_is_kept_of_a_person() -> None:
    attendance, rows = take_attendance(facts(), [staged(ROWS)])
    people = session_people(attendance, rows)
    assert [person.shown for person in people] == attendance.people["name"].tolist()
    begin = int(START.timestamp())
    ann = next(person for person in people if person.accounts)
    assert ann.names == ('=Ann "🦊", L', "Ann Lee")
    assert (ann.emails, ann.accounts, ann.registrants) == (("ann@x.org",), ("a",), ("r",))
    assert ann.intervals == ((begin, begin + 3000),)
    assert not ann.generic
    phones = [person for person in people if person.generic and person.names]
    assert [phone.intervals for phone in phones] == [
        ((begin, begin + 1200),),
        ((begin + 300, begin + HOUR),),
    ]
    assert len({person.key for person in people}) == len(people) == 4


def test_keys_are_the_same_whatever_the_order_of_rows() -> None:
    assert _record(ROWS) == _record(ROWS[::-1])


@pytest.mark.parametrize("rows", [ROWS, []], ids=["some", "nobody"])
@pytest.mark.parametrize("class_time", [None, (START, START + timedelta(minutes=90))])
def test_round_trip(rows: list[Row], class_time: tuple | None) -> None:
    record = replace(
        _record(rows, Rule(40, 600, None)),
        incomplete=("Zoom has no report.",),
        class_time=class_time,
        link="https://sheets.example/#gid=1",
        parts=("b==",),
        opened=((0, 60), (120, 180)),
    )
    content = record.to_parquet()
    assert AttendanceRecord.from_parquet(content) == record
    assert AttendanceRecord.from_parquet(content).to_parquet() == content


def test_a_torn_or_changed_file_is_refused() -> None:
    content = _record(ROWS).to_parquet()
    for broken in (b"", content[:-9], content[: len(content) // 2], b"PAR1", b"{}"):
        with pytest.raises(RecordUnreadable, match="torn"):
            AttendanceRecord.from_parquet(broken)
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table({"key": ["a"]}), sink)
    with pytest.raises(RecordUnreadable, match="no attendance record"):
        AttendanceRecord.from_parquet(sink.getvalue().to_pybytes())


@pytest.mark.parametrize(
    ("now", "newer"),
    [
        (b'"version": 1', b'"version": 2'),
        (b'"present_from": 50', b'"present_from": 50, "present_from_by_class": {}'),
        (b'"label": ', b'"host": "", "label": '),
    ],
)
def test_a_file_of_a_newer_version_is_refused(now: bytes, newer: bytes) -> None:
    table = pq.read_table(pa.BufferReader(_record(ROWS).to_parquet()))
    key = b"attendance_record"
    head = table.schema.metadata[key]
    assert now in head
    sink = pa.BufferOutputStream()
    pq.write_table(table.replace_schema_metadata({key: head.replace(now, newer)}), sink)
    content = sink.getvalue().to_pybytes()
    for read in (AttendanceRecord.from_parquet, rule_and_link):
        with pytest.raises(RecordTooNew, match="newer version"):
            read(content)


@pytest.mark.parametrize("rows", [ROWS, []], ids=["some", "nobody"])
@pytest.mark.parametrize("rule", [None, Rule(40, early_before=60)])
def test_completed_is_as_if_it_had_been_known_before(rows: list[Row], rule: Rule | None) -> None:
    record = _record(rows, Rule(60, 600))
    known = {"session": "later", "link": "https://ä", "incomplete": ("Zoom has no report.",)}
    content = completed(record.to_parquet(), rule, **known)
    wanted = replace(record, **known, rule=rule or record.rule)
    assert content == wanted.to_parquet()
    assert rule_and_link(content) == (wanted.rule, wanted.link)


def test_completed_of_many_is_the_same_bytes() -> None:
    record = _record([minutes(f"Guest {number}", 0, 60) for number in range(3000)])
    assert completed(record.to_parquet(), None, link="x") == replace(record, link="x").to_parquet()


def test_a_guests_key_does_not_change_when_others_of_the_name_come_to_light() -> None:
    """An answer for one session finds its guest by it, though more rows have come since."""
    alone, *_ = _record([minutes("iPhone", 5, 60)]).people
    together = _record([minutes("iPhone", 0, 50), minutes("iPhone", 5, 60)]).people
    assert [one.key == alone.key for one in together] == [False, True]


def test_a_record_from_before_parts_were_kept_has_none() -> None:
    table = pq.read_table(pa.BufferReader(_record(ROWS).to_parquet()))
    older = {b"attendance_record": table.schema.metadata[b"attendance_record"]}
    sink = pa.BufferOutputStream()
    pq.write_table(table.replace_schema_metadata(older), sink)
    assert b"parts" not in older[b"attendance_record"]
    assert AttendanceRecord.from_parquet(sink.getvalue().to_pybytes()).parts == ()
