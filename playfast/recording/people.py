"""Takes out of an answer who wrote its reviews: names, pictures, numbers of accounts, wherever they stand; each filled up to its length.

A review is told by its shape, so that it does not matter which RPC or which block holds it. What it says of its author is then looked for
in the whole answer, since pages show it a second time. Texts of reviews stay: they were written to be read by all; so do replies of
developers, but for the words of the reviewer's name.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from typing import NamedTuple
from urllib.parse import urlsplit

from playfast.errors import RecordingError
from playfast.recording.replies import lines, mentions
from playfast.recording.texts import Text, texts, unescaped

_REVIEW = re.compile(r"gp:[\w-]{10,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ID, _AUTHOR, _REPLY, _ACCOUNT = 0, 1, (7, 1), 9
"""What stands in a review: its id; name and picture; the text of the developer's reply; account, name, pictures."""
_PAYLOAD = 2
_BLOCK = re.compile(rb"AF_initDataCallback\(\{key: '[^']*'.{0,60}?data:(.*?), sideChannel:", re.DOTALL)
_FRAMES = re.compile(rb"^\[\[.*$", re.MULTILINE)
_KEY = re.compile(rb"AIza[\w-]{35}")
_HEADER = re.compile(rb"<header[^>]*data-review-id.*?</header>", re.DOTALL)
_OF_AN_ACCOUNT = re.compile(rb"googleusercontent\.com/a-?/([\w-]+)")
_NUMBER = re.compile(r"\d{15,}")
_ADDRESS = "https://"
_LONG = 5
"""Names of so many bytes are replaced wherever they are a whole text; shorter ones, which may be words, in reviews alone."""
_ANONYMOUS = frozenset({"A Google user", "Google user"})
_FILLER = re.compile(rb"x+")


class Without(NamedTuple):
    """An answer without them, and how many of each kind were replaced."""

    body: bytes
    replaced: dict[str, int]


def without(body: bytes) -> Without:
    """The answer without what it says of reviewers, and without the browser key of a page; of the same length.

    Raises:
        RecordingError: something is left by which a person could be known.
    """
    counts: Counter[str] = Counter()
    made = bytearray(body)
    said: dict[str, set[str]] = {"name": set(), "picture": set(), "account": set()}
    replies: set[tuple[str, re.Pattern[str]]] = set()
    for start, end, kind, value, words in _of_reviews(body):
        made[start:end] = _filled(kind, bytes(made[start:end]))
        counts[kind] += 1
        if words is None:
            said[kind].add(value)
        else:
            replies.add((value, words))
    result = _shown_replies(bytes(made), replies, counts)
    for kind, pattern in _elsewhere(said):
        result, count = pattern.subn(partial(_replaced, kind), result)
        counts[kind] += count
    result = _HEADER.sub(partial(_shown, said["name"], counts), result)
    result, keys = _KEY.subn(lambda found: b"x" * len(found[0]), result)
    counts["key"] += keys
    if problems := list(_left(result, said)):
        raise RecordingError(problems)
    return Without(result, {kind: count for kind, count in sorted(counts.items()) if count})


class _Said(NamedTuple):
    """A personal text: where it stands, of which kind it is, and what it says; a mention's value is the whole reply."""

    start: int
    end: int
    kind: str
    value: str
    words: re.Pattern[str] | None = None
    """What finds mentions in that reply."""


def _of_reviews(body: bytes) -> Iterator[_Said]:
    """Personal texts in the reviews of a page or of an answer."""
    for block in _BLOCK.finditer(body):
        for said in _in(block[1].decode("latin-1")):
            yield said._replace(start=block.start(1) + said.start, end=block.start(1) + said.end)
    for line in _FRAMES.finditer(body):
        document = line[0].decode("latin-1")
        for text in texts(document):
            if len(text.path) == 2 and text.path[1] == _PAYLOAD:  # noqa: PLR2004 - of a frame, in their list
                inner, places = unescaped(document, text.start, text.end)
                for said in _in(inner):
                    start, end = (line.start() + places[place] for place in (said.start, said.end))
                    yield said._replace(start=start, end=end)


def _in(document: str) -> Iterator[_Said]:
    found = list(texts(document))
    reviews = {
        text.path[:-1]
        for text in found
        if text.path and text.path[-1] == _ID and _REVIEW.fullmatch(document, text.start, text.end)
    }
    names: dict[tuple[int | str, ...], set[str]] = defaultdict(set)
    for text in found:
        for depth in range(1, len(text.path)):
            if text.path[:depth] in reviews and text.path[depth] in (_AUTHOR, _ACCOUNT):
                if value := _value(document, text):
                    kind = _kind(value)
                    if kind == "name" and value not in _ANONYMOUS:
                        names[text.path[:depth]].add(value)
                    yield _Said(text.start, text.end, kind, value)
                break
    for text in found:
        if text.path[-2:] == _REPLY and (pattern := mentions(names[text.path[:-2]])):
            reply, places = unescaped(document, text.start, text.end)
            for word in pattern.finditer(reply):
                yield _Said(
                    places[word.start()], places[word.end()], "mention", _value(document, text), pattern
                )


def _value(document: str, text: Text) -> str:
    """What a text says, whose bytes were read as Latin-1."""
    said, _ = unescaped(document, text.start, text.end)
    try:
        return said.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return said.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _kind(value: str) -> str:
    return "picture" if value.startswith(_ADDRESS) else "account" if _NUMBER.fullmatch(value) else "name"


def _replaced(kind: str, found: re.Match[bytes]) -> bytes:
    return _filled(kind, found[0])


def _filled(kind: str, text: bytes) -> bytes:
    """A filler of the same length; an address keeps its host, since it has to be one still."""
    if kind == "account":
        return b"9" * len(text)
    kept = 0
    if kind == "picture" and text.startswith(_ADDRESS.encode()):
        kept = text.find(b"/", len(_ADDRESS)) + 1
    return text[:kept] + b"x" * (len(text) - kept)


def _elsewhere(said: dict[str, set[str]]) -> Iterator[tuple[str, re.Pattern[bytes]]]:
    """Where else it may stand: pictures and accounts anywhere, names as whole texts of HTML or JSON."""
    pictures = {path for value in said["picture"] if (path := _path(value))}
    for kind, values in (("picture", pictures), ("account", said["account"])):
        if values:
            yield kind, re.compile(b"|".join(re.escape(value.encode()) for value in _longest_first(values)))
    forms = {
        form for name in said["name"] - _ANONYMOUS for form in _forms(name) if len(name.encode()) >= _LONG
    }
    if forms:
        whole = b"|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
        yield "name", re.compile(rb'(?<=[">])(?:' + whole + rb')(?=\\?["<])')


def _path(address: str) -> str:
    """What tells a picture from others: its path, without the size that is asked for."""
    return urlsplit(address).path.lstrip("/").partition("=")[0]


def _longest_first(values: set[str]) -> list[str]:
    return sorted(values, key=len, reverse=True)


def _shown_replies(
    body: bytes, replies: Iterable[tuple[str, re.Pattern[str]]], counts: Counter[str]
) -> bytes:
    """The answer without mentions in replies as a page shows them."""
    for reply, words in replies:
        for line, instead in lines(reply, words):
            for form, other in zip(_as_html(line), _as_html(instead), strict=True):
                counts["mention"] += body.count(form)
                body = body.replace(form, other)
    return body


def _as_html(line: str) -> list[bytes]:
    """How a line may be written in a page, each way once."""
    escaped = html.escape(line)
    return [
        escaped.encode("utf-8", "surrogatepass"),
        escaped.replace("&#x27;", "&#39;").encode("utf-8", "surrogatepass"),
    ]


def _forms(name: str) -> set[bytes]:
    """How a name may be written."""
    in_json = json.dumps(name)[1:-1]
    return {
        in_json.replace("\\", "\\\\").encode(),
        name.encode(),
        html.escape(name).encode(),
        html.escape(name).replace("&#x27;", "&#39;").encode(),
        in_json.encode(),
        json.dumps(name, ensure_ascii=False)[1:-1].encode(),
    }


def _shown(names: set[str], counts: Counter[str], found: re.Match[bytes]) -> bytes:
    """The head of a review as it is shown, without its author's name, however short."""
    header: bytes = found[0]
    for name in names:
        for form in _forms(name):
            whole = b">" + form + b"<"
            counts["name"] += header.count(whole)
            header = header.replace(whole, b">" + b"x" * len(form) + b"<")
    return header


def _left(body: bytes, said: dict[str, set[str]]) -> Iterator[str]:
    """What is still there, in sentences that do not name it."""
    for kind, pattern in _elsewhere(said):
        if pattern.search(body):
            yield f"a reviewer's {kind} is still in the answer"
    forms = {form for name in said["name"] - _ANONYMOUS if len(name) >= _LONG for form in _forms(name)}
    for header in _HEADER.findall(body):
        if any(form in header for form in forms):
            yield "a reviewer's name is still in the head of a review"
            break
    if any(not _FILLER.fullmatch(found) for found in _OF_AN_ACCOUNT.findall(body)):
        yield "a picture of an account is in the answer that belongs to none of its reviews"
    if not said["name"] and _HEADER.search(body):
        yield "reviews are shown whose data is not in the answer, so that their authors are not known"
