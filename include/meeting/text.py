"""The text of a meeting's file as plain values with their lines, or where it cannot be read.

Every value is read as text, so that no date, number or hour is guessed at here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml
from yaml.reader import Reader

from include.meeting.syntax import NOT_CLOSED, Slip, cannot_begin, explain, without_colon

Place = tuple[str | int, ...]
"""Where a value stands: ``("publish_to", "folder")``."""

LARGEST = 64 * 1024
"""Bytes. A meeting has some hundred."""

DEEPEST = 3
"""Levels of lists and fields in each other: `schedule` holds `day`, which may be a list."""

EMPTY = {"", "~", "null"}

A_LIST = (
    "has a list of meetings. Give each a file of its own, <name>.yaml, with its fields "
    "and without `name`."
)


class Fields(NamedTuple):
    """What a file says.

    :param values: of each field text, None if it is empty, or a list or further fields of these.
    :param lines: where each value stands, by its path, from 1.
    """

    values: dict[str, Any]
    lines: dict[Place, int]


def fields_of(data: bytes) -> Fields:
    """Read a file's bytes; raises Slip at the first place that cannot be read."""
    if len(data) > LARGEST:
        raise Slip("is larger than 64 kB, which no meeting is. Remove what is not the meeting's.")
    text = _text(data)  # a mark of the byte order is passed over by libyaml
    reading = _Reading(text)
    try:
        values = reading.document()
    except yaml.MarkedYAMLError as error:
        raise explain(error, text, reading.last) from None
    return Fields(values, reading.lines)


def _text(data: bytes) -> str:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Slip("bytes that are not UTF-8. Save the file as UTF-8.", line) from None
    if found := Reader.NON_PRINTABLE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise Slip("a control character. Remove it.", line)
    return text


class _Reading:
    """Reads one text, event by event; what no meeting has is refused before it is built."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Place, int] = {}
        self.last: yaml.Event | None = None
        self._events: Iterator[yaml.Event] = yaml.parse(text, yaml.CBaseLoader)

    def document(self) -> dict[str, Any]:
        """Return the fields of the only document."""
        self._next()  # the stream
        begins = not isinstance(self._next(), yaml.StreamEndEvent)
        values = self._value(self._next(), ()) if begins else None
        if values is None:
            raise Slip("is empty. docs/meetings-file.md says what to write.")
        if isinstance(values, str):
            raise without_colon(values, self.lines[()])
        if not isinstance(values, dict) or "meetings" in values:
            raise Slip(A_LIST)
        self._end()
        return values

    def _end(self) -> None:
        """Refuse what comes after the document."""
        if (end := self._next()).explicit:
            raise Slip("`...` is of no use here. Remove it.", _line(end))
        if not isinstance(after := self._next(), yaml.StreamEndEvent):
            raise Slip("a second document. A file has one meeting.", _line(after))

    def _next(self) -> Any:
        self.last = event = next(self._events)
        return event

    def _value(self, event: Any, path: Place) -> Any:
        _refuse_reference(event)
        self.lines.setdefault(path, _line(event))
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if len(path) >= DEEPEST:
            raise Slip("fields or lists in more levels than a meeting has.", _line(event))
        if isinstance(event, yaml.SequenceStartEvent):
            return list(self._items(path))
        return dict(self._pairs(path))

    def _items(self, path: Place) -> Iterator[Any]:
        position = 0
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            yield self._value(event, (*path, position))
            position += 1

    def _pairs(self, path: Place) -> Iterator[tuple[str, Any]]:
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            name = self._name(event, path)
            yield name, self._value(self._next(), (*path, name))

    def _name(self, event: Any, path: Place) -> str:
        _refuse_reference(event)
        if not isinstance(event, yaml.ScalarEvent):
            raise Slip("brackets where the name of a field belongs.", _line(event))
        name = _scalar(event) or ""
        if first := self.lines.get((*path, name)):
            raise Slip(f"is there twice, first in line {first}. Remove one.", _line(event), name)
        self.lines[(*path, name)] = _line(event)
        return name


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _refuse_reference(event: Any) -> None:
    """Refuse anchors, aliases and tags: a text that begins like one was meant."""
    if isinstance(event, yaml.AliasEvent):
        raise cannot_begin("*", _line(event))
    if event.anchor is not None:
        raise cannot_begin("&", _line(event))
    if event.tag is not None:
        raise cannot_begin("!", _line(event))


def _scalar(event: Any) -> str | None:
    """Return a text without blanks around it; None if there is none."""
    if event.style in ("'", '"') and event.end_mark.line > event.start_mark.line:
        raise Slip(NOT_CLOSED.format(event.style), _line(event))
    text = str(event.value).strip()
    return None if text in EMPTY else text
