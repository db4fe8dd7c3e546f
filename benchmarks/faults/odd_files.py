"""Odd meetings' files: each is a meeting, or a sentence that says what to write.

python -m benchmarks.faults.odd_files
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.faults.odd import CASES, tries
from include.meeting import Meeting, read_meeting

NAME = "choir.yaml"
SECRET = "zzmail@example.org"
GOOD = f"""title: Choir
meeting_id: 987 6543 2101
timezone: Australia/Sydney
schedule: "0 23 * * SUN"
class_time: "19:30-21:30"
publish_to:
  folder: Attendance reports
columns: [name, total_duration]
notify: [{SECRET}]
report_within: 3 hours
"""
counted = {"files": 0, "meetings": 0}

SIGNS = st.sampled_from(
    list("\t :-[]{},'\"#&*!|>%@`?\\~\n\r\0\ufeff\x85\u2028") + ["  ", "- ", ": "]
)
VALUES = st.sampled_from(
    [
        "",
        "~",
        "null",
        "yes",
        "0x_",
        "0o17",
        "2026-02-30",
        "!!int x",
        "&a b",
        "*a",
        "[a, b]",
        "{a: b}",
    ]
    + [
        "25:99",
        "60 24 31 2 *",
        "0 0 30 2 *",
        "R R * * *",
        "@daily",
        "* * * * * *",
        "[[[[]]]]",
        SECRET,
    ]
    + ['"0 23 * * SUN"', "{day: Sunday, time: 23:00}", "{day: [Sunday, [x]], time: 1}", "9" * 400]
    + [
        "1_0",
        "-812 0000 3456",
        "|\n  a\n  b",
        ">-\n  a",
        "Europe/Berlin",
        "Mars/Base",
        "日本語",
        "🌸",
    ]
)
FIELDS = re.findall(r"(?m)^(\w+):", GOOD) + ["name", "meetings", "number", "<<", "a b"]
LINES = st.lists(
    st.tuples(st.sampled_from(FIELDS), VALUES | st.text(max_size=8)).map(": ".join), max_size=9
).map("\n".join)


@st.composite
def mutated(draw: Callable[..., object]) -> str:
    """A good file in which something has been put in, or taken out."""
    text = GOOD
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text)))
        gone = draw(st.integers(0, 6))
        text = text[:at] + draw(SIGNS | VALUES | st.just("")) + text[at + gone :]
    return text


@st.composite
def one_value(draw: Callable[..., object]) -> str:
    """A good file in which one field has another value."""
    field = draw(st.sampled_from(FIELDS))
    value = draw(VALUES | st.text(max_size=10))
    return re.sub(rf"(?m)^{re.escape(field)}:.*(\n  .*)?", lambda _: f"{field}: {value}", GOOD)


def _check(data: bytes) -> None:
    """A meeting that is accepted again, or sentences that name the file and no address."""
    counted["files"] += 1
    file = FOLDER / NAME
    file.write_bytes(data)
    meeting, wrong = read_meeting(file)
    assert (meeting is None) == bool(wrong), (data, meeting, wrong)
    for sentence in wrong:
        assert sentence.startswith(NAME), (data, sentence)
        assert "\n" not in sentence, (data, sentence)
        assert sentence.endswith("."), (data, sentence)
        assert SECRET not in sentence, (data, sentence)
        assert len(sentence) < 400, (data, sentence)
    if meeting:
        counted["meetings"] += 1
        again = Meeting.model_validate(meeting.model_dump(mode="json"))
        assert again == meeting


FOLDER = Path(tempfile.mkdtemp(prefix="odd-files-"))
TEXTS = mutated() | one_value() | LINES


@tries(CASES * 9 // 10)
@given(TEXTS)
def texts(text: str) -> None:
    _check(text.encode("utf-8", "surrogatepass"))


@tries(CASES // 10 + 100)
@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def bytes_of_any_kind(data: bytes) -> None:
    _check(data)


def main() -> int:
    """Try so many files; an AssertionError shows the smallest that fails."""
    texts()
    bytes_of_any_kind()
    files, good = counted["files"], counted["meetings"]
    print(f"files: {files:,} odd meetings' files, {good:,} of them good; each other has a sentence")
    return 0


if __name__ == "__main__":
    sys.exit(main())
