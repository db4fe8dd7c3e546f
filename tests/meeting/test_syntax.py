"""What is said of a file that cannot be read as fields: a line, what is there, what to write."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.meeting.files import TEXT, read_text

OPEN_QUOTE = "a quote {} is opened and not closed in the same line. Close it."
AFTER = "text after the closing quote or bracket. Put the whole text in quotes."
COLUMN = "this line begins in another column than those above it. Begin them all in one column."
NO_SPACE = "a space is missing after the colon. Write `field: value`."
NO_COLON = "there is no colon. Write `field: value`."
COLON = "a second colon. Put the text that has one in quotes."
ESCAPE = "an escape with a backslash that is no character. Type the character itself."
LEVELS = "fields or lists in more levels than a meeting has."


def begins(sign: str) -> str:
    return f"a text cannot begin with {sign}. Put the whole text in quotes."


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("title: a\n\tschedule: x\n", 2, "a tab; use spaces."),
        ("publish_to:\n\tfolder: X\n", 2, "a tab; use spaces."),
        ("publish_to:\n  folder: X\n \tspreadsheet: y\n", 3, "a tab; use spaces."),
        ("title: a\n\t\ntimezone: b\n", 2, "a tab; use spaces."),
        ('title: "Choir\n', 1, OPEN_QUOTE.format('"')),
        ('title: "Choir\nschedule: "0 23 * * SUN"\n', 1, OPEN_QUOTE.format('"')),
        ("timezone: x\ntitle: 'Choir\nschedule: 'x'\n", 2, OPEN_QUOTE.format("'")),
        ("title: 'Choir\nnotify:\nzone: 'x\n", 1, OPEN_QUOTE.format("'")),
        ("notify: [a, b\nschedule: x\n", 1, "a [ without its ], or a comma is missing."),
        ("notify: [a, b\n", 1, "a [ without its ], or a comma is missing."),
        ('notify: ["a" "b"]\n', 1, "a [ without its ], or a comma is missing."),
        ("publish_to: {folder: X\nschedule: x\n", 1, "a { without its }, or a comma is missing."),
        ("publish_to: {folder: X\n", 1, "a { without its }, or a comma is missing."),
        ("title: Choir: evening\ntimezone: x\n", 1, COLON),
        ("timezone: x\ntitle: Choir:\n", 2, COLON),
        ("title:Choir\ntimezone: x\n", 1, NO_SPACE),
        ("timezone: x\ntitle:Choir\nschedule: x\n", 2, NO_SPACE),
        ("timezone: x\ntitle:Choir\n", 2, NO_SPACE),
        ("title:Choir", 1, NO_SPACE),
        ("title Choir\ntimezone: x\n", 1, NO_COLON),
        ("timezone: x\ntitle Choir\nschedule: y\n", 2, NO_COLON),
        ("# The choir\nchoir\n", 2, NO_COLON),
        ("title: Choir\n  timezone: x\n", 2, COLUMN),
        ("  title: Choir\ntimezone: x\n", 2, COLUMN),
        ("publish_to:\n    folder: x\n  notify: y\n", 3, COLUMN),
        ("publish_to:\n  folder: x\n    notify: y\n", 3, COLUMN),
        ('title: "Choir" practice\ntimezone: x\n', 1, AFTER),
        ("title: 'O'Brien'\ntimezone: x\n", 1, AFTER),
        ("title: [Choir] practice\ntimezone: x\n", 1, AFTER),
        ('title: "\\ud83d"\n', 1, ESCAPE),
        ('timezone: x\ntitle: "Choir \\uZZ"\n', 2, ESCAPE),
        ("title: @home\n", 1, begins("@")),
        ("title: `home`\n", 1, begins("`")),
        ("title: *star\n", 1, begins("*")),
        ("title: ** big **\n", 1, begins("*")),
        ("title: &a b\n", 1, begins("&")),
        ("title: & b\n", 1, begins("&")),
        ("&a title: b\n", 1, begins("&")),
        ("title: !!int x\n", 1, begins("!")),
        ("title: !!python/object:os.system x\n", 1, begins("!")),
        ("title: !foo! x\n", 1, begins("!")),
        ("title: !\n", 1, begins("!")),
        ("title: !<x\n", 1, begins("!")),
        ("title: a\n%b: c\n", 2, begins("%")),
        ("title: ]\n", 1, begins("]")),
        ("title: a\n}\n", 2, begins("}")),
        ("title: , a\n", 1, begins(",")),
        ("title: - a\n", 1, begins("-")),
        ("title: | a\n", 1, begins("|")),
        ("title: ? a\n", 1, begins("?")),
        ("timezone: x\npublish_to: {folder:, x}\n", 2, NO_SPACE),
        (": a\n", 1, begins(":")),
        ('title: "C:\\dir"\n', 1, "a backslash within double quotes. Use single quotes."),
        ("title: a\n- b\n", 2, "an item of a list, but its field has a value already."),
        ("[a, b]: c\n", 1, "brackets where the name of a field belongs."),
        ("? {a: b}\n: c\n", 1, "brackets where the name of a field belongs."),
        ("title: a\n---\ntitle: b\n", 2, "a second document. A file has one meeting."),
        ("title: a\n...\ntitle: b\n", 2, "`...` is of no use here. Remove it."),
        ("title: a\nclass_time: a\x00b\n", 2, "a control character. Remove it."),
        ("title: a\r\ntimezone: \x1b[1m\r\n", 2, "a control character. Remove it."),
        ("title: a\r\n\ttimezone: b\r\n", 2, "a tab; use spaces."),
        ("a: {b: {c: {d: e}}}\n", 1, LEVELS),
        ("a:\n  b:\n    - - c\n", 3, LEVELS),
    ],
)
def test_a_file_that_is_no_yaml_is_explained(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    assert read_text(tmp_path, text) == ([], [f"choir.yaml, line {line}: {said}"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "title: a\nzone: b\ntitle: c\n",
            "line 3, field `title`: is there twice, first in line 1",
        ),
        (
            "publish_to:\n  folder: a\n  folder: b\n",
            "line 3, field `folder`: is there twice, first in line 2",
        ),
        (
            "publish_to: {folder: a, folder: b}\n",
            "line 1, field `folder`: is there twice, first in line 1",
        ),
        ("title: a\n'title': b\n", "line 2, field `title`: is there twice, first in line 1"),
    ],
)
def test_a_field_that_is_there_twice_is_a_mistake(tmp_path: Path, text: str, said: str) -> None:
    assert read_text(tmp_path, text) == ([], [f"choir.yaml, {said}. Remove one."])


LIST = (
    "choir.yaml has a list of meetings. Give each a file of its own, <name>.yaml, with its "
    "fields and without `name`."
)
BYTES = "choir.yaml, line {}: bytes that are not UTF-8. Save the file as UTF-8."
LARGE = "choir.yaml is larger than 64 kB, which no meeting is. Remove what is not the meeting's."
EMPTY = "choir.yaml is empty. docs/meetings-file.md says what to write."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", EMPTY),
        ("\n\n", EMPTY),
        ("# title: a\n", EMPTY),
        ("---\n", EMPTY),
        ("null", EMPTY),
        ("meetings:\n  - name: a\n    title: b\n", LIST),
        ("meetings: []\n", LIST),
        ("- name: a\n  title: b\n", LIST),
        (
            b"title: Zo\xeb\n",
            BYTES.format(1),
        ),
        (
            "title: a\ntimezone: b\n".encode("utf-16"),
            BYTES.format(1),
        ),
        (
            b"title: a\r\ntimezone: \xff\r\n",
            BYTES.format(2),
        ),
        (
            TEXT + "#" * 70_000,
            LARGE,
        ),
    ],
)
def test_a_file_without_fields_is_explained(tmp_path: Path, text: str | bytes, said: str) -> None:
    assert read_text(tmp_path, text) == ([], [said])


@pytest.mark.parametrize(
    "text",
    [
        "[" * 60_000,
        "{a: " * 15_000,
        "- " * 30_000,
        "\n".join(f"{' ' * depth}a:" for depth in range(300)),
        "? " * 30_000,
        "&a " * 20_000,
        "a: [" + "x, " * 20_000 + "]",
        "\n".join(f"a{number}: b" for number in range(6_000)),
        "'" * 60_000,
        "[" * 100_000,
    ],
)
def test_no_text_keeps_the_reader_long(tmp_path: Path, text: str) -> None:
    begun = time.process_time()
    good, mistakes = read_text(tmp_path, text)
    assert good == []
    assert 1 <= len(mistakes) <= 10
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + TEXT,
        TEXT.replace("\n", "\r\n"),
        "\ufeff" + TEXT.replace("\n", "\r\n"),
        "---\n" + TEXT,
        "# The choir\n\n" + TEXT + "# The end",
        TEXT.replace("title: ", "title:\t"),
        TEXT.replace("title: Choir", '"title": "Choir"'),
        TEXT.replace("title: Choir", "title: >\n  Choir\n"),
        TEXT.replace("publish_to:\n  folder: Attendance reports", "publish_to: {folder: A}"),
    ],
)
def test_other_ways_of_writing_are_good(tmp_path: Path, text: str) -> None:
    (choir,), mistakes = read_text(tmp_path, text)
    assert mistakes == []
    assert choir.title == "Choir"


@pytest.mark.parametrize("typed", [*"\t\"'[}\n&\x00#é", ": ", "- "])
def test_a_slip_of_the_finger_never_raises_nor_speaks_of_a_string(
    tmp_path: Path, typed: str
) -> None:
    for position in range(len(TEXT) + 1):
        good, mistakes = read_text(tmp_path, TEXT[:position] + typed + TEXT[position:])
        assert len(good) == (not mistakes)
        for mistake in mistakes:
            assert mistake.startswith("choir.yaml")
            assert "unicode string" not in mistake
            assert "read as YAML" not in mistake
