"""Names of places in the page, and links to them."""

from __future__ import annotations

import re

from benchmarks.results import ScenarioResult
from playfast.pages.markup import Html, element


def anchor(result: ScenarioResult) -> str:
    """The id of a scenario's section."""
    return f"scenario-{re.sub('[^0-9A-Za-z]+', '-', result.name)}"


def link(result: ScenarioResult) -> Html:
    return element("a", result.title, href=f"#{anchor(result)}")
