"""What the store suggests to those who begin to type."""

from __future__ import annotations

from .chance import Chance, Weighted
from .searches import finds_nothing
from .stock import plain, titles_beginning
from .words import words, written_as

_COUNTS = Weighted((0.08, 0), (0.04, 1), (0.05, 2), (0.08, 3), (0.12, 4), (0.6, 5), (0.03, 10))
_LONGEST = 50
_OTHER_SHARE = 0.1


def suggestions(term: str, country: str, language: str, seed: int, week: int) -> list[str]:
    """Searches that the store suggests: titles that begin so, the term with a word behind it, and now and then another spelling."""
    begin = plain(term)
    if finds_nothing(term) or len(begin) > _LONGEST:
        return []
    own = Chance(seed, "suggestions", begin, country, language)
    count = own.pick_weighted("count", _COUNTS)
    titles = titles_beginning(term, seed, week)
    vocabulary = words(written_as(language))
    made = [f"{begin} {word}" for word in own.pick_many("words", vocabulary, 2 * count)]
    longer = [word for word in vocabulary if word.startswith(begin) and word != begin]
    found = [*titles[: own.between("titles", 0, 3)], *longer[:2]]
    if own.happens("another spelling", _OTHER_SHARE):
        found.append(f"{own.pick('spelling', vocabulary)} {begin}")
    return list(dict.fromkeys([*found, *made]))[:count]
