"""Categories, tags, content ratings and the other labels that a store puts on an app."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from .chance import Chance, Weighted
from .places import Country

_CATEGORIES = """
ART_AND_DESIGN Art & Design|AUTO_AND_VEHICLES Auto & Vehicles|BEAUTY Beauty|BOOKS_AND_REFERENCE Books & Reference|BUSINESS Business
COMICS Comics|COMMUNICATION Communication|DATING Dating|EDUCATION Education|ENTERTAINMENT Entertainment|EVENTS Events|FINANCE Finance
FOOD_AND_DRINK Food & Drink|HEALTH_AND_FITNESS Health & Fitness|HOUSE_AND_HOME House & Home|LIBRARIES_AND_DEMO Libraries & Demo
LIFESTYLE Lifestyle|MAPS_AND_NAVIGATION Maps & Navigation|MEDICAL Medical|MUSIC_AND_AUDIO Music & Audio
NEWS_AND_MAGAZINES News & Magazines|PARENTING Parenting|PERSONALIZATION Personalization|PHOTOGRAPHY Photography
PRODUCTIVITY Productivity|SHOPPING Shopping|SOCIAL Social|SPORTS Sports|TOOLS Tools|TRAVEL_AND_LOCAL Travel & Local
VIDEO_PLAYERS Video Players & Editors|WEATHER Weather|GAME_ACTION Action|GAME_ADVENTURE Adventure|GAME_ARCADE Arcade|GAME_BOARD Board
GAME_CARD Card|GAME_CASINO Casino|GAME_CASUAL Casual|GAME_EDUCATIONAL Educational|GAME_MUSIC Music|GAME_PUZZLE Puzzle
GAME_RACING Racing|GAME_ROLE_PLAYING Role Playing|GAME_SIMULATION Simulation|GAME_SPORTS Sports|GAME_STRATEGY Strategy
GAME_TRIVIA Trivia|GAME_WORD Word
"""
_LOCAL_CATEGORIES = {
    "de": {
        "TOOLS": "Effizienz-Werkzeuge",
        "FINANCE": "Finanzen",
        "SHOPPING": "Einkaufen",
        "GAME_PUZZLE": "Rätsel",
        "SOCIAL": "Soziales",
    },
    "ja": {
        "TOOLS": "ツール",
        "FINANCE": "ファイナンス",
        "SHOPPING": "ショッピング",
        "GAME_PUZZLE": "パズル",
        "EDUCATION": "教育",
    },
    "ko": {
        "TOOLS": "도구",
        "FINANCE": "금융",
        "SHOPPING": "쇼핑",
        "GAME_PUZZLE": "퍼즐",
        "EDUCATION": "교육",
    },
}
TAGS = "Offline Multiplayer Single-player Stylized Pixelated Relaxing Cozy Low-poly Realistic Competitive Creative".split()

_BOARDS: dict[str, tuple[str, ...]] = {
    "IARC": ("Rated for 3+", "Rated for 7+", "Rated for 12+", "Rated for 16+", "Rated for 18+"),
    "ESRB": ("Everyone", "Everyone 10+", "Teen", "Mature 17+", "Adults only 18+"),
    "PEGI": ("PEGI 3", "PEGI 7", "PEGI 12", "PEGI 16", "PEGI 18"),
    "USK": ("USK: All ages", "USK: Ages 6+", "USK: Ages 12+", "USK: Ages 16+", "USK: Ages 18+"),
    "GRAC": ("3+", "7+", "12+", "15+", "18+"),
    "ClassInd": ("Rated L", "Rated 10+", "Rated 12+", "Rated 16+", "Rated 18+"),
}
_AGE_LEVELS = Weighted((0.6, 0), (0.12, 1), (0.18, 2), (0.08, 3), (0.02, 4))
_BOARD_OF = {"US": "ESRB", "CA": "ESRB", "MX": "ESRB", "DE": "USK", "KR": "GRAC", "BR": "ClassInd"}
_DESCRIPTORS = (
    "",
    "Mild Violence",
    "Fantasy Violence, Mild Language",
    "Violence, Blood, Strong Language",
    "Intense Violence, Gambling",
)
_INTERACTIVE = (
    None, None, "Users Interact", "In-Game Purchases", "Users Interact, In-Game Purchases", "Shares Location, Digital Purchases",
    "Users Interact &amp; Shares Location",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Category:
    """A category of the store: its id and its English name."""

    key: str
    name: str

    @property
    def is_game(self) -> bool:
        """Whether this is a category of games."""
        return self.key.startswith("GAME_")

    def name_in(self, language: str) -> str:
        """The category's name in a language, in English where none is known here."""
        return _LOCAL_CATEGORIES.get(language, {}).get(self.key, self.name)


CATEGORIES = tuple(
    Category(*entry.split(" ", 1)) for line in _CATEGORIES.strip().splitlines() for entry in line.split("|")
)
GAMES = tuple(category for category in CATEGORIES if category.is_game)
NOT_GAMES = tuple(category for category in CATEGORIES if not category.is_game)


class Tag(NamedTuple):
    """A tag of an app: a name, the category it stands for (or None), and the number of a topic."""

    name: str
    category: str | None
    topic: str


@lru_cache(maxsize=1024)
def _tag(name: str, key: str | None = None) -> Tag:
    number = Chance("topic").number(name) % 60_000
    return Tag(name, key, (f"/m/0{number:x}", f"/g/12{number:x}", f"/genome/{number:05}")[number % 3])


def make_tags(chance: Chance, category: Category) -> tuple[tuple[Tag, ...], ...] | None:
    """The tags in seven groups: genre, more genre, (unused), players, style, mood, offline. None where the app has none.

    Games have tags; a third of the other apps have one or two.
    """
    if not category.is_game and not chance.happens("tagged app", 0.35):
        return None
    genre = [_tag(category.name, category.key)]
    if not category.is_game:
        return (tuple(genre), (), (), (), (), (), ())
    free = chance.pick_some("tags", TAGS, chance.between("tag count", 0, 6))
    other = chance.pick("second genre", GAMES)
    if "Creative" in free:
        genre.append(_tag("Sandbox"))
    return (
        tuple(genre),
        (_tag(other.name, other.key),) if other != category and chance.happens("second", 0.7) else (),
        (),
        tuple(_tag(name) for name in free if name in {"Multiplayer", "Single-player"}),
        tuple(_tag(name) for name in free if name in {"Stylized", "Pixelated", "Low-poly", "Realistic"}),
        tuple(_tag(name) for name in free if name in {"Relaxing", "Cozy", "Competitive", "Creative"}),
        tuple(_tag(name) for name in free if name == "Offline"),
    )


class ContentRating(NamedTuple):
    """For whom an app is fit, as the ratings board of a country says it. Level 0 is for everybody, 4 for adults."""

    board: str
    level: int
    name: str
    descriptors: str | None
    interactive: str | None


def content_rating(chance: Chance, country: Country) -> ContentRating:
    """The content rating in a country: each part of the world has its own board."""
    level = chance.pick_weighted("age level", _AGE_LEVELS)
    board = _BOARD_OF.get(country.code) or ("PEGI" if country.in_eea or country.code == "GB" else "IARC")
    return ContentRating(
        board,
        level,
        _BOARDS[board][level],
        _DESCRIPTORS[level] or None,
        chance.pick("interactive", _INTERACTIVE),
    )


class Badge(NamedTuple):
    """A place in a chart, which the store shows on the app: which chart, and the place as in ``#1``."""

    chart: str
    place: int


def make_badge(chance: Chance, *, paid: bool) -> Badge | None:
    """The chart badge of an app (6 %), or None."""
    if not chance.happens("badge", 0.06):
        return None
    return Badge(
        chance.pick("chart", ("top_paid",) if paid else ("top_free", "top_grossing")),
        chance.between("place", 1, 20),
    )
