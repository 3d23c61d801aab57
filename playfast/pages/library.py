"""The chart library: Vega, Vega-Lite and Vega-Embed as one script, made on this machine by vl-convert."""

from __future__ import annotations

import re
from functools import cache

from playfast.errors import PlayfastError

_SNIPPET = "window.vegaEmbed = vegaEmbed;"


class LibraryMissingError(PlayfastError):
    """The optional package that holds the chart library is not installed."""


@cache
def script() -> str:
    """The text of a script, some 900 kB, that defines `vegaEmbed`; it takes a second to make.

    Raises:
        LibraryMissingError: the extra `report` is not installed.
    """
    try:
        import vl_convert  # noqa: PLC0415 - an optional part, missed only by who asks for a page
    except ImportError as error:
        raise LibraryMissingError(
            f"the charts need vl-convert-python ({error}): pip install vl-convert-python"
        ) from error
    return inert(vl_convert.javascript_bundle(_SNIPPET))


def inert(source: str) -> str:
    """JavaScript that stays whole inside a script element: no end of the element, no comment of HTML in its strings."""
    source = re.sub(r"</(?=script)", r"<\\/", source, flags=re.IGNORECASE)
    return source.replace("<!--", r"<\!--").replace("\r\n", "\n")
