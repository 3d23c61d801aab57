"""What the store may be told on its command line."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal, get_args

from playfast.localstore.record.moves import Moves, place
from playfast.localstore.rpc.template import FORMS, Template, read

Framing = Literal["plain", "chunked", "mixed"]
Booleans = Literal["words", "numbers", "mixed"]
BrokenKind = Literal["absent", "error-frame", "pack-503", "page-503", "everywhere"]

FRAMINGS: tuple[str, ...] = get_args(Framing)
BOOLEANS: tuple[str, ...] = get_args(Booleans)
BROKEN_KINDS: tuple[str, ...] = get_args(BrokenKind)
WALLS = (
    "sorry-redirect",
    "sorry-page",
    "sorry-429",
    "consent-redirect",
    "consent-page",
    "consent-click",
    "html",
    "empty-page",
)
"""What may stand in the place of answers; `server.walls` makes them."""
SHARES = (
    "absent",
    "error_frames",
    "other_app",
    "other_store",
    "dead_tokens",
    "truncated",
    "dropped",
    "status_503",
    "status_429",
    "wall_share",
)
_MOST_SHARDS = 100_000
"""Their numbers have five digits."""
CHANGEABLE = (
    *SHARES,
    "latency",
    "retry_after",
    "rpc_down",
    "page_down",
    "allow_rpc",
    "allow_page",
    "burst",
    "wall",
    "week",
    "tokens",
    "generation",
    "republishing",
)
"""What may be changed while the store runs; everything else is in its caches, or was used at the start."""


@dataclass(frozen=True, slots=True)
class Options:
    """How the store behaves. Rates are shares from 0 to 1, ``latency`` and ``retry_after`` are seconds."""

    port: int = 0
    seed: int = 0
    week: int = 0
    latency: float = 0.0
    absent: float = 0.0
    error_frames: float = 0.0
    other_app: float = 0.0
    other_store: float = 0.0
    dead_tokens: float = 0.0
    tokens: int = 0
    shards: int = 20
    catalog: int = 840
    alternates: int = 250
    generation: int = 0
    republishing: bool = False
    dropped: float = 0.0
    truncated: float = 0.0
    status_503: float = 0.0
    status_429: float = 0.0
    retry_after: int = 1
    allow_rpc: float | None = None
    allow_page: float | None = None
    burst: float = 1.0
    wall: str = ""
    wall_share: float = 1.0
    framing: Framing = "plain"
    booleans: Booleans = "words"
    rpc_down: bool = False
    page_down: bool = False
    broken: dict[str, str] = field(default_factory=dict)
    disallow: tuple[str, ...] = ()
    move: tuple[str, ...] = ()
    template: tuple[str, ...] = ()
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

    @property
    def templates(self) -> Template:
        """What has changed in the requests."""
        return read(self.template)

    def problems(self) -> list[str]:
        """Everything that is wrong with these options, each in a sentence."""
        found = [
            f"--{name.replace('_', '-')} must be from 0 to 1, not {rate}"
            for name in SHARES
            if not 0 <= (rate := getattr(self, name)) <= 1
        ]
        if self.status_503 + self.status_429 > 1:
            found.append("--status-503 and --status-429 together must not be more than 1")
        found += [
            f"--{name.replace('_', '-')} must be more than 0, not {rate}"
            for name in ("allow_rpc", "allow_page", "burst")
            if (rate := getattr(self, name)) is not None and not 0 < rate < float("inf")
        ]
        if self.wall and self.wall not in WALLS:
            found.append(f"--wall {self.wall}: the kinds are {', '.join(WALLS)}")
        if not 0 <= self.port <= 65_535:  # noqa: PLR2004 - the highest port there is
            found.append(f"--port must be from 0 to 65535, not {self.port}")
        if not 0 <= self.latency < float("inf"):
            found.append(f"--latency must be a number of seconds, not {self.latency}")
        spoilt = (
            *(name for name in SHARES if name != "wall_share"),
            "broken",
            "rpc_down",
            "page_down",
        )
        if self.replay and (faults := [name for name in spoilt if getattr(self, name)]):
            told = ", ".join(f"--{name.replace('_', '-')}" for name in faults)
            found.append(f"--replay sends the same answer again, so faults have no chance: leave out {told}")
        found += [
            f"--{n.replace('_', '-')} must not be negative"
            for n in ("week", "tokens", "retry_after", "cache_mb", "catalog", "alternates", "generation")
            if getattr(self, n) < 0
        ]
        if not 1 <= self.shards < _MOST_SHARDS:
            found.append(f"--shards must be from 1 to {_MOST_SHARDS - 1:,}, not {self.shards}")
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
        try:
            _ = self.templates
        except ValueError as error:
            found.append(
                f"--template {error}: due is {', '.join(FORMS)} or rpc:OLD=NEW, such as rpc:Ws7gDc=Xy12Ab"
            )
        return found

    def changed(self, wish: dict[str, Any]) -> Options:
        """These options with some others, given by name as in JSON.

        Raises:
            ValueError: with everything that is wrong with the wish.
        """
        kinds = {one.name: str(one.type) for one in fields(self)}
        found = [
            f"{name} cannot be changed: there are {', '.join(CHANGEABLE)}"
            for name in wish
            if name not in CHANGEABLE
        ]
        found += [
            f"{name} must be {kinds[name]}, not {value!r}"
            for name, value in wish.items()
            if name in CHANGEABLE and not _is_a(value, kinds[name])
        ]
        if not found:
            new = replace(self, **wish)
            found = new.problems()
            if not found:
                return new
        raise ValueError("; ".join(found))


def _is_a(value: Any, kind: str) -> bool:
    if value is None:
        return kind.endswith("| None")
    if kind in {"bool", "str"} or isinstance(value, bool):
        return type(value).__name__ == kind
    return isinstance(value, int) or (isinstance(value, float) and kind != "int")
