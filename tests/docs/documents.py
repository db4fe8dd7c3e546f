"""The project's Markdown documents, read as GitHub reads them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from sandbox.stack import ROOT

PATTERNS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/**/*.md", "plugins/**/README.md")

_MARKDOWN = MarkdownIt("commonmark").enable("table")


@dataclass(frozen=True)
class Document:
    """One document; ``text`` is its Markdown."""

    path: Path
    text: str

    @property
    def name(self) -> str:
        """Its path from the project's root."""
        return self.path.relative_to(ROOT).as_posix()

    @cached_property
    def tokens(self) -> list[Token]:
        return _MARKDOWN.parse(self.text)

    @property
    def targets(self) -> list[str]:
        """Where its links and pictures lead."""
        links = {"link_open": "href", "image": "src"}
        inline = (child for token in self.tokens for child in token.children or ())
        return [str(child.attrs[links[child.type]]) for child in inline if child.type in links]

    @property
    def anchors(self) -> set[str]:
        """The anchors of its headings."""
        seen: Counter[str] = Counter()
        anchors = set()
        for before, token in zip(self.tokens, self.tokens[1:], strict=False):
            if before.type == "heading_open":
                anchor = _anchor(token)
                anchors.add(f"{anchor}-{seen[anchor]}" if seen[anchor] else anchor)
                seen[anchor] += 1
        return anchors

    @property
    def code(self) -> list[str]:
        """What stands between backticks, in a line or in a block."""
        inline = (child for token in self.tokens for child in token.children or ())
        spans = [child.content for child in inline if child.type == "code_inline"]
        return spans + [token.content for token in self.tokens if token.type == "fence"]

    def first_column(self, heading: str) -> list[str]:
        """The first cells of the tables whose first column has this heading, as written."""
        return [
            row[0] for table in _tables(self.tokens) if table[0][0] == heading for row in table[1:]
        ]


def _anchor(heading: Token) -> str:
    text = "".join(child.content for child in heading.children or ())
    return re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")


def _tables(tokens: list[Token]) -> Iterator[list[list[str]]]:
    """Yield each table: its rows of cells, the headings first."""
    table: list[list[str]] = []
    for token in tokens:
        if token.type == "table_open":
            table = []
        elif token.type == "tr_open":
            table.append([])
        elif token.type == "inline" and token.level > 2 and table:
            table[-1].append(token.content)
        elif token.type == "table_close":
            yield table
            table = []


@cache
def documents() -> dict[str, Document]:
    """All documents by name."""
    paths = sorted({path for pattern in PATTERNS for path in ROOT.glob(pattern)})
    found = [Document(path, path.read_text(encoding="utf-8")) for path in paths]
    return {document.name: document for document in found}
