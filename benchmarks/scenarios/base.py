"""What a scenario is: parameters as a dataclass, and a run that gives metrics, targets and series."""

from __future__ import annotations

import ast
import hashlib
import inspect
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import ClassVar, Self

from benchmarks.peers.known import Peers
from benchmarks.peers.peer import Peer, Ready
from benchmarks.results import Metric, Series, Target, Value

_DIGITS = 10


class SkippedError(Exception):
    """A scenario cannot be run here; the message says what is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a scenario is given: a folder of its own, the peers if they are wanted, and an ear for what it does."""

    folder: Path
    peers: Peers | None
    tell: Callable[[str], None]

    def peer(self, peer: Peer) -> Ready | None:
        """The peer in its environment, or None; `why_no` tells the reason."""
        return None if self.peers is None else self.peers.get(peer)

    def why_no(self, peer: Peer) -> str:
        """Why there is no such peer in this run; nothing where there is."""
        return "a run without peers" if self.peers is None else self.peers.missing.get(peer.name, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What came of it."""

    metrics: list[Metric]
    targets: list[Target] = field(default_factory=list)
    series: list[Series] = field(default_factory=list)


class Scenario(ABC):
    """One thing that is measured. A subclass is a frozen dataclass whose fields are its parameters, in a file of this folder."""

    name: ClassVar[str]
    title: ClassVar[str]
    about: ClassVar[str]
    small: ClassVar[Mapping[str, Value]]
    """The parameters of a quick run, which takes seconds and judges nothing."""

    @classmethod
    def quick(cls) -> Self:
        """With small parameters."""
        return cls(**cls.small)

    @property
    def parameters(self) -> dict[str, Value]:
        """As they stand in the results."""
        return asdict(self)  # type: ignore[call-overload,no-any-return]  # subclasses are dataclasses

    @classmethod
    def version(cls) -> str:
        """A hash of the code in the scenario's file, whatever its comments and layout."""
        code = ast.dump(ast.parse(inspect.getsource(sys.modules[cls.__module__])))
        return hashlib.sha256(code.encode()).hexdigest()[:_DIGITS]

    @abstractmethod
    def run(self, context: Context) -> Findings:
        """Measure.

        Raises:
            BenchmarkError: what was measured was not what was meant.
            SkippedError: something that it needs is not here.
        """


def at_least(
    name: str, words: str, bound: float, measured: float | None, unit: str, note: str = ""
) -> Target:
    """A target that more is better for."""
    return Target(name=name, words=words, bound=bound, at_least=True, measured=measured, unit=unit, note=note)


def at_most(name: str, words: str, bound: float, measured: float | None, unit: str, note: str = "") -> Target:
    """A target that less is better for."""
    return Target(
        name=name, words=words, bound=bound, at_least=False, measured=measured, unit=unit, note=note
    )
