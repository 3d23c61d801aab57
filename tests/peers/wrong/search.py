"""What `search` of either peer is known to get wrong."""

from __future__ import annotations

from tests.peers.fields import Case, Field, Wrong
from tests.peers.wrong.app import tags_stay, unrated_with_zeros, zero
from tests.peers.wrong.saying import says

_ELEMENT = "constants/element.py"


def _featured(case: Case, _field: Field) -> bool:
    return bool(case.ours["featured"])


def _unrated_with_zeros(case: Case, one: Field) -> bool:
    return _featured(case, one) and unrated_with_zeros(case, one)


NPM = (
    Wrong(
        peer="npm",
        method="search",
        fields=("score", "scoreText"),
        why="an unrated app that is shown by itself may come with a score of 0, which is no score",
        file="lib/search.js",
        source="score: [16, 2, 51, 0, 1]",
        when=_unrated_with_zeros,
        says=lambda case, one: 0 if one.peer == "score" else zero(case),
    ),
)
PYPI = (
    Wrong(
        peer="pypi",
        method="search",
        fields=("ids",),
        why="an app that is shown by itself takes the place of another: the last one is left out",
        file="features/search.py",
        source="for app_idx in range(n_apps - len(search_results)):",
        when=lambda case, _: case.facts["featured"],
        says=lambda case, _: [None, *case.facts["ids"][1:-1]],
    ),
    Wrong(
        peer="pypi",
        method="search",
        fields=("appId",),
        why="an app that is shown by itself has no id: it stands in the object at the end of what is said of it, where it does not look",
        file=_ELEMENT,
        source='"appId": ElementSpec(None, [11, 0, 0]),',
        when=_featured,
        says=says(None),
    ),
    Wrong(
        peer="pypi",
        method="search",
        fields=("video", "videoImage"),
        why="the video of an app that is shown by itself may stand in an object at the end of its record, where it does not look",
        file=_ELEMENT,
        source='"video": ElementSpec(None, [2, 100, 0, 0, 3, 2]),',
        when=lambda case, one: _featured(case, one) and case.facts["laid"].lost(101),
        says=says(None),
    ),
    tags_stay("search"),
    Wrong(
        peer="pypi",
        method="search",
        fields=("score",),
        why="an unrated app that is shown by itself may come with a score of 0, which is no score",
        file=_ELEMENT,
        source='"score": ElementSpec(None, [2, 51, 0, 1]),',
        when=_unrated_with_zeros,
        says=says(0),
    ),
)
