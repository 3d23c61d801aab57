"""HTML as text, with everything escaped that is not markup already."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr"})


class Html(str):
    """Text that is markup; any other text is escaped where it meets it."""

    __slots__ = ()


def element(name: str, *children: str, **attributes: str | None) -> Html:
    """One element. Children that are not `Html` are escaped.

    Of an attribute's name a `_` at the end is left out and the others become `-`; an attribute that is None is left out.
    """
    given = "".join(
        f' {key.removesuffix("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _VOID:
        return Html(f"<{name}{given}>")
    return Html(f"<{name}{given}>{together(*children)}</{name}>")


def together(*parts: str) -> Html:
    """Parts one after the other."""
    return Html("".join(part if isinstance(part, Html) else escape(part) for part in parts))


def breakable(text: str) -> list[str]:
    """The parts of a list without spaces, so that a line may end behind a comma."""
    first, *others = text.split(",")
    return [first, *(part for other in others for part in (",", element("wbr"), other))]


def data_block(value: Any) -> Html:
    """A value as JSON in a script element that is no script; whatever stands in it, the element ends where it should."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    # A lone surrogate is no UTF-8; JSON can name it.
    text = "".join(c if not "\ud800" <= c <= "\udfff" else f"\\u{ord(c):04x}" for c in text)
    return element("script", Html(text), type="application/json")


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column; numbers stand to the right."""

    title: str
    number: bool = False


def table(label: str, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> Html:
    """A table in a box of its own that scrolls when the table is wider or longer than the box. The first cell heads its row."""
    kinds = ["number" if column.number else None for column in columns]
    head = element(
        "tr",
        *(
            element("th", column.title, scope="col", class_=kind)
            for column, kind in zip(columns, kinds, strict=True)
        ),
    )
    body = []
    for first, *rest in rows:
        cells = [
            element("td", cell, class_="empty" if not cell else kind)
            for cell, kind in zip(rest, kinds[1:], strict=True)
        ]
        body.append(element("tr", element("th", first, scope="row", class_=kinds[0]), *cells))
    inner = element("table", element("thead", head), element("tbody", *body))
    kind = "scroll" if any(column.number for column in columns) else "scroll facts"
    return element("div", inner, class_=kind, tabindex="0", role="region", aria_label=label)


def section(title: str, *parts: str, id_: str) -> Html:
    """A part of the page under a heading of the second level."""
    return element(
        "section", element("h2", title, id=f"{id_}-title"), *parts, id=id_, aria_labelledby=f"{id_}-title"
    )


def folded(title: str, *parts: str) -> Html:
    """Something that is opened by a click."""
    return element("details", element("summary", title), *parts)


def notice(kind: str, title: str, *parts: str) -> Html:
    """A box that is not to be overlooked; kind is `good`, `warn`, `bad` or `plain`."""
    return element("div", element("p", element("strong", title)), *parts, class_=f"notice {kind}")


def bullets(items: Iterable[str]) -> Html:
    return element("ul", *(element("li", item) for item in items))


@dataclass(frozen=True, slots=True)
class Tile:
    """A number to be seen at a glance; each note has a kind that colours it: `good`, `bad` or `plain`."""

    name: str
    value: str
    notes: Sequence[tuple[str, str]] = ()


def tiles(label: str, given: Iterable[Tile]) -> Html:
    return element(
        "dl",
        *(
            element(
                "div",
                element("dt", tile.name),
                element("dd", tile.value, class_="value"),
                *(element("dd", note, class_=f"note {kind}") for note, kind in tile.notes),
            )
            for tile in given
        ),
        class_="tiles",
        aria_label=label,
    )
