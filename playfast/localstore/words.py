"""Made-up words and sentences in several scripts, of the length and look of real ones."""

# ruff: noqa: RUF001 - words of other scripts look like Latin ones here and there

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from .chance import Chance

_ONSETS = "b c d f g h l m n p r s t v w br cl dr fl gr pl pr sh sk sl sp st str th tr qu".split()
_NUCLEI = "a e i o u a e i o ai ea ee ou oo".split()
_CODAS = ["", "", "", "n", "r", "l", "s", "t", "m", "nd", "st", "ck", "ng", "rt", "sh"]
_GERMAN_NUCLEI = "a e i o u ä ö ü ei au eu ie".split()
_GERMAN_ONSETS = "b d f g h k l m n r s t w z bl br dr fl gr kl kr pf sch schl schw sp st tr zw".split()
_GERMAN_CODAS = ["", "", "n", "r", "l", "ch", "cht", "ng", "st", "ß", "tz", "rg", "en", "er", "ung"]
_FRENCH_NUCLEI = "a e i o u é è ou oi au ai ê".split()
_HANGUL_FIRST = 19
_KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン"
_HIRAGANA = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん"
_HAN = "山水月日木火土金人心手目口耳天地花草風雲雨雪海川林森石田町村家門車船道橋光音色声文字本紙絵歌星空春夏秋冬朝夜時間新古大小長短高低"
_ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_HEBREW = "אבגדהוזחטיכלמנסעפצקרשת"
_CYRILLIC_ONSETS = "б в г д ж з к л м н п р с т ф х ц ч ш ст пр тр кр сл".split()
_CYRILLIC_NUCLEI = "а е и о у я ю ы".split()
_CYRILLIC_CODAS = ["", "", "", "н", "р", "л", "й", "т", "сть", "ка"]

_WORDS = 512
_SENTENCES = 1024


def _syllables(
    onsets: list[str], nuclei: list[str], codas: list[str], longest: int
) -> Callable[[bytes], str]:
    def word(raw: bytes) -> str:
        count = 1 + raw[0] % longest
        out = ""
        for part in range(count):
            a, b, c = raw[1 + 3 * part : 4 + 3 * part]
            out += onsets[a % len(onsets)] + nuclei[b % len(nuclei)]
            if part == count - 1:
                out += codas[c % len(codas)]
        return out

    return word


def _letters(alphabet: str, shortest: int, longest: int) -> Callable[[bytes], str]:
    def word(raw: bytes) -> str:
        return "".join(
            alphabet[byte % len(alphabet)]
            for byte in raw[1 : 1 + shortest + raw[0] % (longest - shortest + 1)]
        )

    return word


def _hangul(raw: bytes) -> str:
    count = 2 + raw[0] % 3
    blocks = (
        0xAC00
        + (raw[3 * k + 1] % _HANGUL_FIRST * 21 + raw[3 * k + 2] % 21) * 28
        + raw[3 * k + 3] % 5 * (k % 2) * 4
        for k in range(count)
    )
    return "".join(map(chr, blocks))


def _japanese(raw: bytes) -> str:
    if raw[0] % 3 == 0:
        return _letters(_KANA, 3, 6)(raw[1:])
    stem = _letters(_HAN, 1, 2)(raw[1:])
    return stem + _letters(_HIRAGANA, 1, 3)(raw[5:])


_MAKERS: dict[str, Callable[[bytes], str]] = {
    "en": _syllables(_ONSETS, _NUCLEI, _CODAS, 3),
    "de": _syllables(_GERMAN_ONSETS, _GERMAN_NUCLEI, _GERMAN_CODAS, 3),
    "fr": _syllables(_ONSETS, _FRENCH_NUCLEI, _CODAS, 3),
    "es": _syllables(_ONSETS, "a e i o u á é í ó".split(), ["", "", "n", "r", "s", "l", "ción"], 3),
    "pt": _syllables(_ONSETS, "a e i o u ã é õe á".split(), ["", "", "n", "r", "s", "ção"], 3),
    "ru": _syllables(_CYRILLIC_ONSETS, _CYRILLIC_NUCLEI, _CYRILLIC_CODAS, 3),
    "ja": _japanese,
    "ko": _hangul,
    "zh": _letters(_HAN, 1, 3),
    "ar": _letters(_ARABIC, 2, 7),
    "he": _letters(_HEBREW, 2, 7),
}
_UNSPACED = {"ja", "zh"}
_CAPITALS = {"en", "de", "fr", "es", "pt", "ru"}
_ENDS = {"ja": "。。。！", "zh": "。。。！", "ar": "...!", "he": "...!"}


def written_as(language: str) -> str:
    """The language whose words stand for this one: itself where it has words here, else English."""
    return language if language in _MAKERS else "en"


@cache
def words(language: str) -> tuple[str, ...]:
    """Some hundred different words of a language."""
    make = _MAKERS[language]
    chance = Chance("words", language)
    return tuple(dict.fromkeys(make(chance.stream(str(number), 16)) for number in range(_WORDS)))


@cache
def sentences(language: str) -> tuple[str, ...]:
    """About a thousand sentences of a language, each with its full stop."""
    vocabulary = words(language)
    chance = Chance("sentences", language)
    glue = "" if language in _UNSPACED else " "
    ends = _ENDS.get(language, "....!")
    made = []
    for number in range(_SENTENCES):
        raw = chance.stream(f"shape{number}", 2)
        parts = chance.pick_many(str(number), vocabulary, 5 + raw[0] % 11)
        if language in _CAPITALS:
            parts[0] = parts[0].capitalize()
        if len(parts) > 9:  # noqa: PLR2004 - only long sentences have a comma
            parts[4] += "、" if language in _UNSPACED else ","
        made.append(glue.join(parts) + ends[raw[1] % len(ends)])
    return tuple(made)


@cache
def phrases(language: str) -> tuple[str, ...]:
    """Some hundred phrases of two to four words, for headings and bullet points."""
    vocabulary = words(language)
    chance = Chance("phrases", language)
    glue = "" if language in _UNSPACED else " "
    made = []
    for number in range(_WORDS):
        parts = chance.pick_many(str(number), vocabulary, 2 + chance.between(f"length{number}", 0, 2))
        phrase = glue.join(parts)
        made.append(phrase[:1].upper() + phrase[1:])
    return tuple(made)


@cache
def paragraphs(language: str) -> tuple[str, ...]:
    """Some hundred paragraphs of two to four sentences."""
    chance = Chance("paragraphs", language)
    glue = "" if language in _UNSPACED else " "
    return tuple(
        glue.join(
            chance.pick_many(str(number), sentences(language), 2 + chance.between(f"length{number}", 0, 2))
        )
        for number in range(_WORDS)
    )
