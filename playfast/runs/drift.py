"""Whether Play has moved a field: it is filled less often, or invalid more often, than it can be by chance.

Judged under way, over the records since the last look: against the floors that fields declare, and against the earlier run's report for
fields that nearly every record filled there. Judged at the end, over the whole crawl: every field against the earlier run.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

ENOUGH = 30
"""Available records that are needed from each storefront before anything is judged."""
MANY = 90
"""Things asked under way in each storefront of which Play knows none, before that is told: a list may begin with what is gone."""
LARGEST_INVALID = 0.05
"""Share of invalid values above which a field is drifting, in any run."""
_SURE = math.log(30_000)
"""A count has to be so far off that chance does it at most once in 30,000 times."""
_NEARLY_ALL = 0.9
_LESS = 0.7
_MORE_INVALID = 0.02


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted, by field.

    `said` is over the `records` that are available: those that say something. `invalid` is over all that are `filled`, those of apps that
    are not offered here among them: those whose value was refused.

    A yes-or-no field says something where it says yes: Play says no by silence. Records of one app from several `storefronts` are no
    independent witnesses: what is judged is their number divided by it.
    """

    records: int
    said: Mapping[str, int]
    filled: int
    invalid: Mapping[str, int]
    storefronts: int = 1

    @property
    def enough(self) -> bool:
        return self.records >= ENOUGH * self.storefronts

    def since(self, earlier: Counts) -> Counts:
        return Counts(
            self.records - earlier.records,
            {name: count - earlier.said.get(name, 0) for name, count in self.said.items()},
            self.filled - earlier.filled,
            {name: count - earlier.invalid.get(name, 0) for name, count in self.invalid.items()},
            self.storefronts,
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """One field, and a sentence on what is wrong with it."""

    field: str
    problem: str


def against_floors(
    counts: Counts, floors: Mapping[str, float], earlier: Counts | None = None
) -> list[Finding]:
    """What these records show on their own: fields under their floor, and fields with too many invalid values.

    Where the earlier run filled a field in nearly all records, most of that share is its floor.
    """
    if not counts.enough:
        return []
    weight = 1 / counts.storefronts
    found = []
    for name, said in counts.said.items():
        floor = floors.get(name, 0.0)
        former = _share(earlier, name)
        if former >= _NEARLY_ALL:
            floor = max(floor, former * _NEARLY_ALL)
        if too_few(said, counts.records, floor, weight):
            found.append(
                Finding(
                    name, f"in {said:,} of {counts.records:,} available records, at least {floor:.0%} are due"
                )
            )
    for name, invalid in counts.invalid.items():
        if too_many(invalid, counts.filled, LARGEST_INVALID, weight):
            found.append(Finding(name, f"cannot be right in {invalid:,} of {counts.filled:,} records"))
    return found


def against_earlier(counts: Counts, earlier: Counts) -> list[Finding]:
    """What a whole crawl shows beside the earlier one: fields filled much less, or invalid more often."""
    if not (counts.enough and earlier.enough):
        return []
    weight = 1 / max(counts.storefronts, earlier.storefronts)
    found = []
    for name, said in counts.said.items():
        now, former = said / counts.records, _share(earlier, name)
        if now < former * _LESS and differ(
            said, counts.records, earlier.said.get(name, 0), earlier.records, weight
        ):
            found.append(
                Finding(name, f"in {now:.1%} of the available records, in {former:.1%} the time before")
            )
    for name, invalid in counts.invalid.items():
        former_invalid = earlier.invalid.get(name, 0)
        now, former = invalid / max(counts.filled, 1), former_invalid / max(earlier.filled, 1)
        if now > former + _MORE_INVALID and differ(
            invalid, counts.filled, former_invalid, earlier.filled, weight
        ):
            found.append(
                Finding(name, f"cannot be right in {now:.1%} of the records, in {former:.1%} the time before")
            )
    return found


def of_answers(usable: int, unusable: int, reason: str) -> list[Finding]:
    """What the answers show that gave no record of the asked app: where they are most of all, the record's own frame has moved."""
    if unusable < ENOUGH or unusable <= usable:
        return []
    return [
        Finding(
            "app_id",
            f"{unusable:,} of {usable + unusable:,} answers give no record of the asked app ({reason})",
        )
    ]


def of_statuses(available: int, elsewhere: int, offered: int) -> list[Finding]:
    """What the statuses show: apps that are all said not to be offered here, and yet carry an offer, tell that the mark has moved."""
    if available or elsewhere < ENOUGH or offered < elsewhere * _NEARLY_ALL:
        return []
    return [
        Finding(
            "status", f"none of {elsewhere:,} apps is available, and yet {offered:,} of them carry an offer"
        )
    ]


def of_knowledge(known: int, unknown: int, least: int = ENOUGH) -> list[Finding]:
    """What it shows that Play knows nothing of all that was asked: a request in an old form is answered as one for what does not exist."""
    if known or unknown < least:
        return []
    return [
        Finding(
            "status", f"Play knows none of the {unknown:,} asked; `scrapy canary` tells a changed request"
        )
    ]


def of_rows(available: int, rows: int) -> list[Finding]:
    """What it shows that nothing of all that is available has a row, where nearly everything has some."""
    if rows or available < ENOUGH:
        return []
    return [
        Finding("rows", f"none of {available:,} available has any; `scrapy canary` tells a changed request")
    ]


def sentence(findings: list[Finding]) -> str:
    return "; ".join(f"{finding.field}: {finding.problem}" for finding in findings)


def _share(counts: Counts | None, name: str) -> float:
    return counts.said.get(name, 0) / counts.records if counts is not None and counts.enough else 0.0


def too_few(count: int, total: int, share: float, weight: float = 1.0) -> bool:
    """Whether so few of a total cannot be chance, when each says something with this probability.

    `weight` is the share of the total that is independent.
    """
    return total > 0 and count < total * share and weight * total * _divergence(count / total, share) > _SURE


def too_many(count: int, total: int, share: float, weight: float = 1.0) -> bool:
    """Whether so many of a total cannot be chance; as `too_few`."""
    return total > 0 and count > total * share and weight * total * _divergence(count / total, share) > _SURE


def differ(count: int, total: int, other: int, other_total: int, weight: float = 1.0) -> bool:
    """Whether two shares differ by more than chance (the likelihood ratio of two shares against one)."""
    if total <= 0 or other_total <= 0:
        return False
    pooled = (count + other) / (total + other_total)
    far = total * _divergence(count / total, pooled) + other_total * _divergence(other / other_total, pooled)
    return weight * far > _SURE


def _divergence(seen: float, due: float) -> float:
    """Kullback and Leibler's divergence of two shares.

    A count as far off as `seen` has a chance of at most exp(-total * divergence): Chernoff's bound, which holds for shares near 0 and 1
    too, where a normal distribution is far from the binomial.
    """
    seen, due = min(max(seen, 0.0), 1.0), min(max(due, 0.0), 1.0)
    return _part(seen, due) + _part(1 - seen, 1 - due)


def _part(seen: float, due: float) -> float:
    if seen == 0:
        return 0.0
    return math.inf if due == 0 else seen * math.log(seen / due)
