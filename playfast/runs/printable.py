"""Text of other people's, made safe to show in a terminal."""

from __future__ import annotations

import re

# C0 but tab and line feed, DEL, C1 (in UTF-8 some terminals obey them too), and what reverses the direction of writing.
_DANGEROUS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    r"""The text with every control character as a visible escape (`\x1b`, `\u202e`); tabs and line feeds stay."""
    return _DANGEROUS.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    code = ord(found.group())
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}"  # noqa: PLR2004 - what two digits hold
