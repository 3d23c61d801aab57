"""Options that several commands have."""

from __future__ import annotations

import argparse
import math
from pathlib import Path

from benchmarks import history
from benchmarks.peers import environments


def results(parser: argparse.ArgumentParser) -> None:
    """--results: where the history lies."""
    parser.add_argument(
        "--results",
        type=Path,
        default=history.RESULTS,
        metavar="DIR",
        help="folder of the history (default benchmarks/results)",
    )


def peers(parser: argparse.ArgumentParser, *, default: bool) -> None:
    """--peers and --peers-in."""
    word = "with" if default else "without"
    parser.add_argument(
        "--peers",
        action=argparse.BooleanOptionalAction,
        default=default,
        help=f"other tools on the same local store, installed on first use (default: {word} them)",
    )
    parser.add_argument(
        "--peers-in",
        type=Path,
        default=environments.DEFAULT,
        metavar="DIR",
        help=f"folder of their environments (default {environments.DEFAULT})",
    )


def positive(text: str) -> int:
    """A whole number from 1 on."""
    value = int(text) if text.isdecimal() else 0
    if not value:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 on")
    return value


def amount(text: str) -> float:
    """A number from 0 on."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 <= value < math.inf:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 0 on")
    return value
