"""How far apart requests start: slower when Play refuses, then slowly faster again.

No Scrapy and no clock: who uses it says what time it is. A refusal says that the rate of that moment was too high. Half of it is asked
for until a few answers have come; then 95 % of what was refused, and from there it climbs slowly, so that the next refusal is hundreds of
requests away. It never climbs above the user's own pace.
"""

from __future__ import annotations

from collections import deque
from typing import Any

SLOT = "play.google.com"
"""The downloader slot of all requests to Play, whatever address `PLAYFAST_URL` sends them to; those through a proxy have one each, whose
name begins with this."""
WAYS = "playfast_ways"
"""The key of a request's meta with the slots that it may go through, where there are several."""
_CUT = 2.0
_BELOW = 0.95
"""Of the rate that was refused: where it goes on."""
_PROOF = 5
"""Answers that have to come at the halved rate before it goes on faster."""
_STEP = 0.05
_STEP_REQUESTS, _STEP_SECONDS = 500, 60.0
"""It climbs by a step in so many requests or so many seconds, whichever takes longer: at most one refusal in hundreds."""
_FASTEST = 16
"""Above the rate that was once refused every further step takes half the time of the one before, down to this part of it."""
_SLOWEST = 10.0
"""Seconds between two starts at most, unless the user's own are more: what is refused even then is no matter of the pace."""
_MEASURED, _MEASURED_SECONDS = 20, 30.0
"""Over how many starts, and how long at most, the rate is measured that a refusal refuses."""
FIRST_PAUSE = 60.0
_LONGEST_PAUSE = 1_800.0
"""Seconds without any request after a block, doubled from block to block: public sources report blocks of half an hour to an hour."""
_LOST_AFTER = 10
"""Requests in a row that get no answer of any kind, until the host counts as lost."""
_FIRST_LOOK, _LONGEST_LOOK = 1.0, 60.0
"""Seconds without any request after that, doubled from try to try."""
_KEPT_AS = "playfast_paces"


class Pace:
    """The pace of one host, over all kinds of request.

    Times are seconds of any one clock; `started` is when the request that an event is about was sent. Only requests that were sent after
    the last change tell something new: what was in flight before it was sent at the former pace.

    Attributes:
        interval: seconds between two starts.
        not_before: nothing may start earlier.
        alone: one request tries whether a block is over, or whether a lost host is back, and the others wait for its answer.
        troubled_since: when that began; None where all is well.
        lost: whether it was the host that got lost.
    """

    def __init__(self, least: float, first_pause: float = FIRST_PAUSE) -> None:
        self.least = least
        self.interval = least
        self.not_before = 0.0
        self.alone = False
        self.troubled_since: float | None = None
        self.lost = False
        self._unanswered = 0
        self._look = _FIRST_LOOK
        self.refusals = 0
        self.blocks = 0
        self._refused_rate: float | None = None
        self._goal: float | None = None  # where the rate goes once the halved one has proved itself
        self._proofs = 0
        self._changed = float("-inf")
        self._climbed = 0.0
        self._starts: deque[float] = deque(maxlen=_MEASURED)
        self._first_pause = self._pause = first_pause

    @property
    def slowed(self) -> bool:
        """Whether it is slower than the user asked."""
        return self.interval > self.least

    def started(self, now: float) -> None:
        """A request is sent."""
        self._starts.append(now)

    def answered(self, started: float, now: float) -> None:
        """An answer came, of whatever kind but a refusal or a block."""
        self._unanswered = 0
        if started < self._changed:
            return
        if self.alone:
            self.alone = self.lost = False
            self.troubled_since = None
            self._pause, self._look = self._first_pause, _FIRST_LOOK
        if self._goal is not None:
            self._proofs += 1
            if self._proofs >= _PROOF:
                self._set_rate(self._goal, now)
                self._goal = None
            return
        if self.slowed:
            self._climb(now)

    def refused(self, started: float, now: float, retry_after: float | None = None) -> None:
        """Play said that it is asked too much (429, 503), and perhaps how many seconds to wait."""
        self.refusals += 1
        self._unanswered = 0
        self.wait(now, retry_after)
        if started < self._changed:
            return
        self._slow(self._rate(now), now)

    def wait(self, now: float, retry_after: float | None) -> None:
        """Start nothing for so many seconds."""
        if retry_after is not None:
            self.not_before = max(self.not_before, now + retry_after)

    def blocked(self, started: float, now: float) -> None:
        """Play showed a captcha in the place of an answer: nothing is asked for a while, then one request."""
        self._unanswered = 0
        if started < self._changed:
            return  # the same block, met by a request that was under way
        self.blocks += 1
        self.lost = False
        self._begin_trouble(now)
        self.not_before = max(self.not_before, now + self._pause)
        self._pause = min(2 * self._pause, _LONGEST_PAUSE)
        if self.alone:
            self._changed = now  # the try met the same block, which says nothing new of the rate
        else:
            self.alone = True
            self._slow(self._rate(now), now)

    def unreachable(self, started: float, now: float) -> bool:
        """No answer of any kind came. Returns whether the host counts as lost: then one request at a time looks for it."""
        self._unanswered += 1
        if not self.alone and self._unanswered < _LOST_AFTER:
            return False
        if started >= self._changed:  # else it was under way when the host got lost
            self._begin_trouble(now)
            self.alone = self.lost = True
            self._changed = now
            self.not_before = max(self.not_before, now + self._look)
            self._look = min(2 * self._look, _LONGEST_LOOK)
        return True

    def _begin_trouble(self, now: float) -> None:
        if self.troubled_since is None:
            self.troubled_since = now

    def _slow(self, rate: float, now: float) -> None:
        self._refused_rate = rate
        self._goal = _BELOW * rate
        self._proofs = 0
        self._set_rate(rate / _CUT, now)
        # What starts after the wait is asked at the new pace; what is under way was not.
        self._changed = now
        self._starts.clear()

    def _climb(self, now: float) -> None:
        assert self._refused_rate is not None
        rate = 1 / self.interval
        above = max(0.0, rate / self._refused_rate - 1)
        quicker = min(2.0 ** int(above / _STEP), _FASTEST)
        seconds = max(_STEP_REQUESTS / rate, _STEP_SECONDS) / quicker
        self._set_rate(rate * (1 + _STEP * min((now - self._climbed) / seconds, 1.0)), now)

    def _set_rate(self, rate: float, now: float) -> None:
        self.interval = max(self.least, min(1 / rate, _SLOWEST))
        self._climbed = now

    def _rate(self, now: float) -> float:
        """Starts a second of late: what the interval allows, or less where latency or a short list does not let it come to that."""
        allowed = 1 / self.interval if self.interval > 0 else float("inf")
        recent = [start for start in self._starts if now - start <= _MEASURED_SECONDS]
        if len(recent) < 2 or recent[-1] <= recent[0]:  # noqa: PLR2004 - a rate needs two
            return allowed if allowed < float("inf") else 1.0
        return min(allowed, (len(recent) - 1) / (recent[-1] - recent[0]))


def paces(crawler: Any) -> dict[str, Pace]:
    """The paces of a crawl, by the slots they belong to; kept at the crawler, for whoever shows them."""
    kept: dict[str, Pace] | None = getattr(crawler, _KEPT_AS, None)
    if kept is None:
        kept = {}
        setattr(crawler, _KEPT_AS, kept)
    return kept


def share(crawler: Any, kept: dict[str, Pace]) -> None:
    """Have a crawl go on with the paces that others have; before it starts."""
    setattr(crawler, _KEPT_AS, kept)
