from __future__ import annotations

from include.pipeline.screens import dag_docs
from tests.pipeline.runs import FOLDER, meeting


def test_it_describes_the_meeting_without_an_address() -> None:
    docs = dag_docs(meeting(notify=["office@example.org"], class_time="19:30-21:00"))
    for row in [
        "| Zoom meeting | 812 0000 3456 |",
        "| Runs | At 23:00, only on Sunday, by the clocks of Australia/Sydney |",
        "| Class time | 19:30-21:00 |",
        "| Mails go to | 1 address(es), those of the meeting's file |",
    ]:
        assert f"\n{row}\n" in docs
    assert "@" not in docs


def test_a_title_stays_in_its_cell() -> None:
    docs = dag_docs(meeting(title="Adults | <b>Teens</b>", publish_to=FOLDER))
    assert docs.startswith("| **Adults \\| <b>Teens</b>** | |\n")
    assert "in the folder Attendance reports |" in docs
