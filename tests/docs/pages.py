"""The pages of the docs, and what stands in them: fenced blocks, inline code, links, headings, tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT

PAGES = (
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").glob("*.md")),
)

_FENCE = re.compile(r"( *)(`{3,}|~{3,})\s*(\S*)\s*")
_INLINE = re.compile(r"(?<!`)`([^`]+)`(?!`)")
_LINK = re.compile(
    r"!?\[[^\]]*\]\(([^)\s]+)[^)]*\)|<(?:img|source|a)\b[^>]*?\b(?:src|srcset|href)=\"([^\"\s]+)"
)
_HEADING = re.compile(r"#+ +(.*)")


@dataclass(frozen=True)
class Block:
    """A fenced block; `line` is the line of its fence, 1-based."""

    page: Path
    line: int
    language: str
    text: str

    @property
    def where(self) -> str:
        return f"{named(self.page)}:{self.line}"


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix() if page.is_relative_to(ROOT) else page.name


def split(page: Path) -> tuple[list[tuple[int, str]], list[Block]]:
    """The lines outside of fences with their numbers, and the fenced blocks.

    Raises:
        AssertionError: for a fence that stays open, and for a block that is told by its indent, which would not be run.
    """
    prose: list[tuple[int, str]] = []
    blocks: list[Block] = []
    opened: tuple[int, str, str, str] | None = None
    inside: list[str] = []
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        fence = _FENCE.fullmatch(line)
        if opened is not None:
            begun, indent, marks, language = opened
            if line.strip() == marks:
                blocks.append(Block(page, begun, language, "".join(f"{text}\n" for text in inside)))
                opened, inside = None, []
            else:
                inside.append(line.removeprefix(indent))
        elif fence is not None:
            indent, marks, language = fence.groups()
            opened = (number, indent, marks, language)
        else:
            assert not line.startswith(("    ", "\t")), (
                f"{named(page)}:{number}: fence this block, so that it is run"
            )
            prose.append((number, line))
    assert opened is None, f"{named(page)}:{opened[0]}: a fence that stays open"
    return prose, blocks


def inline_code(page: Path) -> list[tuple[int, str]]:
    return [(number, code) for number, line in split(page)[0] for code in _INLINE.findall(line)]


def links(page: Path) -> list[tuple[int, str]]:
    return [
        (number, target)
        for number, line in split(page)[0]
        for match in _LINK.finditer(_INLINE.sub("", line) if "](" not in line else line)
        for target in filter(None, match.groups())
    ]


def anchors(page: Path) -> set[str]:
    """What `#...` may name in a page: its headings, as GitHub writes them."""
    found: set[str] = set()
    for _, line in split(page)[0]:
        heading = _HEADING.fullmatch(line)
        if heading is not None:
            slug = re.sub(r"[^\w\- ]", "", heading[1].lower()).replace(" ", "-")
            count = 1
            while slug in found:
                slug, count = f"{slug.rstrip('-0123456789')}-{count}", count + 1
            found.add(slug)
    return found


def rows(page: Path, first: str) -> list[list[str]]:
    """The cells of all tables of a page whose first column has this heading."""
    found: list[list[str]] = []
    taking = False
    for _, line in split(page)[0]:
        if not line.startswith("|"):
            taking = False
            continue
        cells = [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if taking:
            found.append(cells)
        elif cells[0] == first:
            taking = True
    return [cells for cells in found if not re.fullmatch(r":?-+:?", cells[0])]
