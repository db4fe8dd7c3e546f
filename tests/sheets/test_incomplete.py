from __future__ import annotations

import pytest

from include.sheets.incomplete import ReportedInstance, banner_of, differences, gaps
from include.sheets.report import NOTE_ROW, Report
from tests.pipeline.reports import backwards, person, report
from tests.pipeline.runs import meeting

FEWER = "Somebody may be missing here, or shown with too little time."
MORE = "Somebody may be shown here twice, or with too much time."
WHOLE = ReportedInstance(5)


def differing(rows: int, total_records: int) -> ReportedInstance:
    return ReportedInstance(rows, total_records)


def texts(made: Report, row: int) -> list[str]:
    values = [cell.get("userEnteredValue", {}) for cell in made.rows[row]]
    return [value.get("stringValue", "") for value in values]


@pytest.mark.parametrize(
    ("instances", "word", "said"),
    [
        (
            [differing(61, 63)],
            "INCOMPLETE",
            f"Zoom says 63 rows but delivered 61. {FEWER}",
        ),
        (
            [WHOLE, differing(61, 63)],
            "INCOMPLETE",
            f"Zoom says 63 rows in part 2 of 2 but delivered 61. {FEWER}",
        ),
        (
            [differing(61, 63), WHOLE, differing(0, 9)],
            "INCOMPLETE",
            "Zoom says 63 rows in part 1 of 3 but delivered 61, and 9 rows in part 3 of 3 but "
            f"delivered 0. {FEWER}",
        ),
        ([differing(65, 63)], "UNCERTAIN", f"Zoom says 63 rows but delivered 65. {MORE}"),
        (
            [differing(4, 6), differing(6, 4)],
            "INCOMPLETE",
            "Zoom says 6 rows in part 1 of 2 but delivered 4, and 4 rows in part 2 of 2 but "
            f"delivered 6. {FEWER} {MORE}",
        ),
    ],
)
def test_banner_says_what_is_missing(
    instances: list[ReportedInstance], word: str, said: str
) -> None:
    assert banner_of(differences(instances)) == (word, said)


GAPS = {
    "report": "Zoom has no report{of}.",
    "durations": "Zoom's report shows duration 0 for everybody{in}.",
    "end": "Zoom does not tell the end{of}.",
}


@pytest.mark.parametrize(("missing", "said"), GAPS.items())
def test_banner_says_what_never_came(missing: str, said: str) -> None:
    gap = ReportedInstance(0, missing=missing)
    whole = said.format_map({"of": "", "in": ""})
    part = said.format_map({"of": " of part 2 of 2", "in": " in part 2 of 2"})
    assert banner_of([], gaps([gap])) == ("INCOMPLETE", f"{whole} {FEWER}")
    assert banner_of([], gaps([WHOLE, gap])) == ("INCOMPLETE", f"{part} {FEWER}")


def test_banner_says_all_that_is_wrong() -> None:
    instances = [differing(6, 4), ReportedInstance(0, missing="report")]
    assert banner_of(differences(instances), gaps(instances)) == (
        "INCOMPLETE",
        "Zoom says 4 rows in part 1 of 2 but delivered 6. "
        f"Zoom has no report of part 2 of 2. {FEWER} {MORE}",
    )


@pytest.mark.parametrize("missing", GAPS)
def test_what_never_came_is_a_data_problem(missing: str) -> None:
    instances = (WHOLE, ReportedInstance(0, missing=missing))
    made = report(meeting(), [person("Ada")], instances=instances)
    (heading,) = made.headings
    _, said = texts(made, heading + 1)
    assert made.incomplete
    assert said.startswith(("Report missing: ", "Durations missing: ", "End unknown: "))
    assert said.endswith("part 2 of 2. Published all the same, as somebody asked.")


@pytest.mark.parametrize(("joins", "where"), [([40], ""), ([None, 40], " in part 2 of 2")])
def test_fewer_rows_than_joins_are_a_line_and_no_banner(joins: list[int], where: str) -> None:
    instances = tuple(ReportedInstance(2, joins=number) for number in joins)
    made = report(meeting(), [person("Ada")], instances=instances)
    (heading,) = made.headings
    assert not made.incomplete
    assert texts(made, NOTE_ROW)[0] == "Please check"
    assert texts(made, heading + 1) == [
        "",
        f"Fewer rows than joins: Zoom counts 40 joins{where} but its report has 2 rows. They are "
        "published as they came.",
    ]


def test_rows_that_add_up_make_no_difference() -> None:
    assert differences([WHOLE, ReportedInstance(0, has_report=False)]) == []


def test_banner_takes_the_place_of_the_hint_and_repeats_it() -> None:
    rows = [person("Ada"), backwards("Ben")]
    whole, cut = report(meeting(), rows), report(meeting(), rows, instances=(differing(2, 3),))
    assert texts(whole, NOTE_ROW) == ["Please check", "Data problems: 1 (below row 8)"]
    assert texts(cut, NOTE_ROW) == [
        "INCOMPLETE",
        f"Zoom says 3 rows but delivered 2. {FEWER} See below row 8.",
    ]
    assert (whole.incomplete, cut.incomplete) == (False, True)
    assert (whole.range, whole.headings) == (cut.range, cut.headings)


@pytest.mark.parametrize(("rows", "kind"), [(2, "Rows missing"), (4, "Too many rows")])
def test_difference_is_the_first_of_the_data_problems(rows: int, kind: str) -> None:
    made = report(meeting(), [person("Ada"), backwards("Ben")], instances=(differing(rows, 3),))
    (heading,) = made.headings
    says = f"Zoom says 3 rows but delivered {rows}. Published all the same, as somebody asked."
    assert texts(made, heading + 1) == ["", f"{kind}: {says}"]
    assert texts(made, heading + 2)[1].startswith("Row not counted: leave before join")


def test_a_leave_time_that_is_none_is_one_of_the_data_problems() -> None:
    made = report(meeting(), [{**person("Ada"), "leave_time": "soon"}])
    (heading,) = made.headings
    who, says = texts(made, heading + 1)
    assert who == "Ada"
    assert says.startswith("Leave time missing: counted to the session's end (Zoom says: joined 2")
    assert says.endswith(", left soon).")
