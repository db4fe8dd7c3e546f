"""What a part cannot measure is named, and costs no other figure."""

from __future__ import annotations

import importlib.util

import pytest

from benchmarks.document import PARTS, Document
from benchmarks.section import FAILED, MISSED, Section, print_section

PAGE = "# Benchmarks\n\n## Publish\n\n30 people.\n\n## Transform\n\n300 rows.\n"


def test_a_part_that_fails_tells_what_it_has_measured_before(capsys):
    def measure(section: Section) -> None:
        section.say("30 people take a second.")
        raise OSError("no space | left")

    assert print_section("Publish", measure) == FAILED
    printed = capsys.readouterr().out
    assert printed.startswith("## Publish\n\n30 people take a second.\n")
    assert r"**Not measured**: what should follow here. OSError: no space \| left" in printed


def test_a_figure_above_its_bar_falls_short(capsys):
    def measure(section: Section) -> None:
        section.bar("a run", 1.25, 1.25, " ×")
        section.bar("a parse", 1.26, 1.25, " ×")

    assert print_section("Publish", measure) == MISSED
    printed = capsys.readouterr().out
    assert "| a run | 1.25 × | 1.25 × | kept |" in printed
    assert "| a parse | 1.26 × | 1.25 × | **falls short** |" in printed


def test_a_part_measured_again_leaves_the_others():
    page = Document.read(PAGE)
    page.take("publish", "## Publish\n\n3,000 people.\n", 0, 2.0, busy=3.0)
    text = str(page)
    assert "3,000 people." in text
    assert "30 people." not in text
    assert "## Transform\n\n300 rows.\n" in text
    assert "busy machine**" not in text


def test_what_a_part_has_logged_is_no_part_of_the_page():
    page = Document.read(PAGE)
    page.take("publish", "a warning\n## Publish\n\n3,000 people.\n", 0, 2.0, busy=3.0)
    assert "a warning" not in str(page)
    assert "3,000 people." in str(page)


def test_a_part_that_dies_is_named_and_so_is_one_not_measured_yet():
    page = Document.read(PAGE)
    page.take("publish", "", -9, 2.0, busy=3.0)
    text = str(page)
    assert "**Not measured**: the part ended with code -9." in text
    assert "## Register\n\n**Not measured yet.**\n" in text


def test_figures_from_a_busy_machine_are_marked():
    page = Document.read(PAGE)
    page.take("publish", "## Publish\n\n30 people.\n", 0, 2.0, busy=55.0)
    assert "**Measured on a busy machine**: other work used 55 % of its processors." in str(page)


@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_a_module(part):
    assert importlib.util.find_spec(f"benchmarks.{part}")
