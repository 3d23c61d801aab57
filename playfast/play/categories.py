"""The categories and chart collections that can be asked for.

Play's pages do not list them any more, so these are the union of what public projects list; which of them hold apps in a country is
Play's to say (the spider `categories` asks).
"""

from __future__ import annotations

CATEGORIES: tuple[str, ...] = tuple(
    (
        "APPLICATION ANDROID_WEAR WATCH_FACE ART_AND_DESIGN AUTO_AND_VEHICLES BEAUTY BOOKS_AND_REFERENCE BUSINESS COMICS COMMUNICATION "
        "DATING EDUCATION ENTERTAINMENT EVENTS FINANCE FOOD_AND_DRINK HEALTH_AND_FITNESS HOUSE_AND_HOME LIBRARIES_AND_DEMO LIFESTYLE "
        "MAPS_AND_NAVIGATION MEDICAL MUSIC_AND_AUDIO NEWS_AND_MAGAZINES PARENTING PERSONALIZATION PHOTOGRAPHY PRODUCTIVITY SHOPPING "
        "SOCIAL SPORTS TOOLS TRAVEL_AND_LOCAL VIDEO_PLAYERS WEATHER "
        "GAME GAME_ACTION GAME_ADVENTURE GAME_ARCADE GAME_BOARD GAME_CARD GAME_CASINO GAME_CASUAL GAME_EDUCATIONAL GAME_MUSIC GAME_PUZZLE "
        "GAME_RACING GAME_ROLE_PLAYING GAME_SIMULATION GAME_SPORTS GAME_STRATEGY GAME_TRIVIA GAME_WORD "
        "FAMILY FAMILY_ACTION FAMILY_BRAINGAMES FAMILY_CREATE FAMILY_EDUCATION FAMILY_MUSICVIDEO FAMILY_PRETEND"
    ).split()
)
"""`APPLICATION` holds everything, `GAME` all games, `FAMILY` all that is for children."""
HOMES: tuple[str, ...] = ("APPLICATION", "GAME")
"""Those with a front page of their own in the store's navigation."""

COLLECTIONS: tuple[str, ...] = (
    "topselling_free",
    "topselling_paid",
    "topgrossing",
    "topselling_new_free",
    "topselling_new_paid",
    "movers_shakers",
)
"""The charts that were measured to answer (2026-09)."""
RETIRED: tuple[str, ...] = (
    "new_free",
    "new_paid",
    "topselling_trending",
    "topselling_rising",
    "topselling_new_grossing",
)
"""Charts that other tools list, and that gave nothing then."""

AGES: dict[str, str] = {"5-under": "AGE_RANGE1", "6-8": "AGE_RANGE2", "9-up": "AGE_RANGE3"}
"""Ages that charts of `FAMILY` can be narrowed down to, by what other tools send for them. Unverified: a public measurement of 2026 saw no
effect."""


def has_ages(category: str) -> bool:
    """Whether there are charts of a category by age."""
    return category == "FAMILY" or category.startswith("FAMILY_")
