"""What an app says about itself: title, summary, description and release notes, from made-up words."""

from __future__ import annotations

from .chance import Chance, Weighted
from .words import paragraphs, phrases, sentences, words, written_as

_TITLE_KINDS = Weighted((0.955, "plain"), (0.035, "odd"), (0.01, "long"))
_LONGEST = 128
_EMOJI = ("🏆", "🎉", "⭐", "👍🏽", "🔥", "💬", "👨‍👩‍👧", "✅", "🇯🇵", "❤️")
_ENTITIES = ("&amp;", "&#39;", "&quot;", "&lt;3", "&gt;", "&amp;")
_BULLETS = ("• ", "- ", "✔ ", "* ")
_ODD_TITLES = (
    "={word}+1",
    "-{word} -{other}",
    "+{word}",
    "@{word}",
    "{word}\u0007 {other}",
    "{word}\u001b[31m {other}",
    "{word}\u200b{other}",
    "{word}e\u0301 {other}n\u0303",
    "{word} \u202e{other}",
    '{word} "{other}", {word}',
    "{word}\t{other}",
    "{word} 👨‍👩‍👧 {other} 🏆",
    "{word}\u2028{other}",
    "{word} <b>{other}</b> & {word}",
)

#: A cut of a very long title: longer than the store lets developers write today, as some old titles are.
LONG_TITLE = 190


def title(chance: Chance, language: str) -> str:
    """A title of one to four words; a few begin with a sign that spreadsheets run, hold control characters or are very long."""
    vocabulary = words(written_as(language))
    kind = chance.pick_weighted("title kind", _TITLE_KINDS)
    if kind == "odd":
        word, other = chance.pick_many("title", vocabulary, 2)
        return chance.pick("odd title", _ODD_TITLES).format(word=word.capitalize(), other=other)
    if kind == "long":
        return " ".join(w.capitalize() for w in chance.pick_many("title", vocabulary, 60))[
            :LONG_TITLE
        ].strip()
    glue = "" if written_as(language) in {"ja", "zh"} else " "
    parts = [
        w.capitalize() for w in chance.pick_many("title", vocabulary, chance.between("title words", 1, 3))
    ]
    name = glue.join(parts)
    tail = chance.between("title tail", 0, 9)
    if tail < 3:  # noqa: PLR2004 - three in ten have a second half
        name += (": ", " - ", " | ")[tail] + chance.pick("title phrase", phrases(written_as(language)))
    return name


def summary(chance: Chance, language: str) -> str:
    """One line of HTML text, at most 80 characters before its entities, as the store allows."""
    line = chance.pick("summary", sentences(written_as(language)))[:76].strip()
    if chance.happens("summary entity", 0.25):
        line += " " + chance.pick("summary entity kind", _ENTITIES)
    return line


def description(chance: Chance, language: str) -> str:
    """The long text: 0.5 to 4 kB of HTML with ``<br>``, ``<b>``, ``<i>``, ``<u>``, entities, bullets and emoji."""
    code = written_as(language)
    size = chance.between("description size", 1_200, 4_000)
    if chance.happens("description short", 0.12):
        size = 500 + size // 6
    plain, heads = paragraphs(code), phrases(code)
    shape = chance.stream("description", 3 * _LONGEST)
    bullet = _BULLETS[shape[0] % len(_BULLETS)]
    out: list[str] = []
    length = 0
    for k in range(0, 3 * _LONGEST, 3):
        kind, low, high = shape[k : k + 3]
        turn, line = kind % 8, plain[(low | high << 8) % len(plain)]
        if turn > 3:  # noqa: PLR2004 - half of all pieces are bare sentences
            piece = line + " "
        elif turn == 0:
            piece = f"<br><br><b>{heads[low]}</b><br>"
        elif turn == 1:
            piece = (
                f"<br>{bullet}{heads[low]}<br>{bullet}{heads[high]} {_ENTITIES[kind % 6]} {heads[-low]}<br>"
            )
        elif turn == 2:  # noqa: PLR2004
            piece = f"<i>{line}</i> {_EMOJI[high % len(_EMOJI)]} "
        else:
            piece = f"{line}<br><br>"
        out.append(piece)
        length += len(piece)
        if length >= size:
            break
    if shape[1] % 16 == 0:
        out.append(f"<br><u>{heads[shape[2]]}</u>")
    return "".join(out).strip()


def release_notes(chance: Chance, language: str) -> str:
    """What is new in the latest version: one to six lines of HTML with entities."""
    code = written_as(language)
    count = chance.between("notes lines", 1, 6)
    lines = chance.pick_many("notes", sentences(code) if count < 4 else phrases(code), count)  # noqa: PLR2004
    if chance.happens("notes entity", 0.4):
        lines[0] += " " + chance.pick("notes entity kind", _ENTITIES)
    if chance.happens("notes emoji", 0.15):
        lines[0] = "🏆 " + lines[0]
    return "<br>".join(lines)


def review(chance: Chance, language: str) -> str:
    """The text of a review: one to eight sentences."""
    return " ".join(
        chance.pick_many("review", sentences(written_as(language)), chance.between("review size", 1, 8))
    )
