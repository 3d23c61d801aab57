"""JSON of Play's as values; a character that is none costs itself, not the answer around it.

A text that was cut in the middle of an emoji ends in half of a surrogate pair. orjson refuses the whole document for it, which would
cost the app its record, or a whole pack its answer.
"""

from __future__ import annotations

import re
from typing import Any

import orjson

_SURROGATE = re.compile("[\ud800-\udfff]")
_HALF_PAIR = re.compile(
    r"(?<!\\)((?:\\\\)*)\\u[dD]"
    r"(?:[89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F][0-9a-fA-F]{2})"
    r"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD])[c-fC-F][0-9a-fA-F]{2})"
)
"""The escape of one half without its other half; an even number of backslashes before it are backslashes of the text."""


def decoded(text: str | bytes | memoryview) -> Any:
    r"""The values of a JSON document.

    Half a surrogate pair (`\ud83d` alone) and bytes that are no UTF-8 become U+FFFD, as every reader of text shows them.

    Raises:
        orjson.JSONDecodeError: no JSON, or nested deeper than 1,024 arrays.
    """
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        written = text if isinstance(text, str) else bytes(text).decode("utf-8", "replace")
        mended = _HALF_PAIR.sub(r"\1\\ufffd", _SURROGATE.sub("\ufffd", written))
        if mended is text:
            raise
        return orjson.loads(mended)
