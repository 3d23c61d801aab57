"""What the store may be told on its command line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from playfast.localstore.record.moves import Moves, place

Framing = Literal["plain", "chunked", "mixed"]
Booleans = Literal["words", "numbers", "mixed"]
BrokenKind = Literal["absent", "error-frame", "pack-503", "page-503", "everywhere"]

FRAMINGS: tuple[str, ...] = get_args(Framing)
BOOLEANS: tuple[str, ...] = get_args(Booleans)
BROKEN_KINDS: tuple[str, ...] = get_args(BrokenKind)


@dataclass(frozen=True, slots=True)
class Options:
    """How the store behaves. Rates are shares from 0 to 1, ``latency`` and ``retry_after`` are seconds."""

    port: int = 0
    seed: int = 0
    latency: float = 0.0
    absent: float = 0.0
    error_frames: float = 0.0
    truncated: float = 0.0
    status_503: float = 0.0
    status_429: float = 0.0
    retry_after: int = 1
    framing: Framing = "plain"
    booleans: Booleans = "words"
    rpc_down: bool = False
    page_down: bool = False
    broken: dict[str, str] = field(default_factory=dict)
    disallow: tuple[str, ...] = ()
    move: tuple[str, ...] = ()
    fault_seed: int = 0
    cache_mb: int = 400
    replay: bool = False
    until_stdin_closes: bool = False

    @property
    def moves(self) -> Moves:
        """Places of the record that have moved, from where to where."""
        return tuple(
            (place(old), place(new)) for old, _, new in (entry.partition("=") for entry in self.move)
        )

    def problems(self) -> list[str]:
        """Everything that is wrong with these options, each in a sentence."""
        found = [
            f"--{name.replace('_', '-')} must be from 0 to 1, not {rate}"
            for name in ("absent", "error_frames", "truncated", "status_503", "status_429")
            if not 0 <= (rate := getattr(self, name)) <= 1
        ]
        if self.status_503 + self.status_429 > 1:
            found.append("--status-503 and --status-429 together must not be more than 1")
        if not 0 <= self.port <= 65_535:  # noqa: PLR2004 - the highest port there is
            found.append(f"--port must be from 0 to 65535, not {self.port}")
        if not 0 <= self.latency < float("inf"):
            found.append(f"--latency must be a number of seconds, not {self.latency}")
        spoilt = (
            "absent",
            "error_frames",
            "truncated",
            "status_503",
            "status_429",
            "broken",
            "rpc_down",
            "page_down",
        )
        if self.replay and (faults := [name for name in spoilt if getattr(self, name)]):
            told = ", ".join(f"--{name.replace('_', '-')}" for name in faults)
            found.append(f"--replay sends the same answer again, so faults have no chance: leave out {told}")
        found += [
            f"--{n.replace('_', '-')} must not be negative"
            for n in ("retry_after", "cache_mb")
            if getattr(self, n) < 0
        ]
        found += [
            f"--broken {i}={k}: the kinds are {', '.join(BROKEN_KINDS)}"
            for i, k in self.broken.items()
            if k not in BROKEN_KINDS
        ]
        found += [
            f"--disallow {path}: a path begins with /" for path in self.disallow if not path.startswith("/")
        ]
        try:
            _ = self.moves
        except ValueError:
            found.append(
                f"--move {' '.join(self.move)}: FROM=TO are places such as 51,0,1=51,0,4, indices separated by commas"
            )
        return found
