"""The steps of the set-up are as many as the README says."""

from __future__ import annotations

import re

from tests.docs.documents import documents

DOCUMENTS = documents()

WORDS = {4: "four", 5: "five", 17: "Seventeen"}


def steps(name: str, heading: str) -> int:
    section = DOCUMENTS[name].text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return len(re.findall(r"^\d+\. ", section, re.MULTILINE))


def test_the_readme_counts_the_steps() -> None:
    readme = DOCUMENTS["README.md"].text
    zoom = steps("docs/connecting-zoom.md", "At Zoom")
    google = steps("docs/connecting-google.md", "At Google")
    clone = readme.count("git clone ")
    own = steps("README.md", "Set it up") - 2  # the first two stand for those of their pages
    assert f"[At Zoom](docs/connecting-zoom.md#at-zoom), {WORDS[zoom]} steps" in readme
    assert f"[At Google](docs/connecting-google.md#at-google), {WORDS[google]} steps" in readme
    assert f"{WORDS[clone + zoom + google + own]} steps from nothing" in readme
