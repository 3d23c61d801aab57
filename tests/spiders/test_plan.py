"""The plan decides that nothing is lost, so it is tested as a model: whatever happens to packs, every app leaves it exactly once."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playfast.spiders.plan import (
    FAILURES_IN_A_ROW,
    FIRST_FAILURES,
    TRIES_PACKED,
    TRIES_PAGE,
    Asked,
    Pack,
    Plan,
    Storefront,
    Via,
)

US, KR = Storefront("us", "en"), Storefront("kr", "ko")


class World:
    """A plan with everything that leaves it written down."""

    def __init__(self, ids, *, storefronts=(US,), batch=4, via=Via.RPC, chunk=None, pages=True):
        self.gave_up: list[Asked] = []
        self.closed: list[str] = []
        self.answered: list[tuple[str, Storefront]] = []
        self.sent: list[Pack] = []
        self.follows = lambda _: False
        self.plan = Plan(
            storefronts,
            batch=batch,
            via=via,
            pages=pages,
            give_up=self.gave_up.append,
            on_closed=self.closed.append,
        )
        self.ids = list(ids)
        self.chunk = chunk or max(len(self.ids), 1)
        self.under_way: dict[int, Pack] = {}
        self.held = False

    def hold(self):
        self.held = True
        self.plan.hold()

    def go_on(self):
        self.held = False
        self.plan.go_on()

    def feed(self):
        if self.ids:
            self.plan.add(self.ids[: self.chunk])
            del self.ids[: self.chunk]
        else:
            self.plan.end()

    def take(self):
        """The next pack, fed as the spider feeds it."""
        while self.plan.hungry:
            self.feed()
        pack = self.plan.next()
        if pack is not None:
            self._check(pack)
            self.sent.append(pack)
            self.under_way[id(pack)] = pack
        return pack

    def _check(self, pack):
        assert 1 <= len(pack.asked) <= self.plan.batch
        assert {asked.storefront for asked in pack.asked} == {pack.storefront}
        assert pack.via is Via.RPC or len(pack.asked) == 1
        flying = {
            (asked.what, asked.storefront) for other in self.under_way.values() for asked in other.asked
        }
        assert not flying & {(asked.what, asked.storefront) for asked in pack.asked}, "asked twice at once"

    def settle(self, pack, missed=()):
        del self.under_way[id(pack)]
        missed = list(missed)
        for asked in missed:
            asked.reason = "missing"
        answered = [a for a in pack.asked if not any(a is other for other in missed)]
        for a in answered:
            if self.follows(a):
                self.plan.follow(Asked(a.what, a.storefront, step=(a.step or 0) + 1))
            else:
                self.answered.append((a.what, a.storefront))
        self.plan.settle(pack, missed)

    def fail(self, pack, reason="failed", **how):
        del self.under_way[id(pack)]
        self.plan.fail(pack, reason, **how)

    def run(self, happen):
        """One pack at a time, to the end."""
        while (pack := self.take()) is not None:
            happen(self, pack)
        assert self.plan.done

    @property
    def left(self):
        return Counter(self.answered) + Counter((asked.what, asked.storefront) for asked in self.gave_up)


IDS = [f"com.example.n{number}" for number in range(200)]


@settings(max_examples=200, deadline=None, database=None)
@given(
    count=st.integers(0, 60),
    batch=st.integers(1, 9),
    storefronts=st.sampled_from([(US,), (US, KR)]),
    via=st.sampled_from(list(Via)),
    chunk=st.integers(1, 40),
    at_once=st.integers(1, 6),
    seed=st.integers(0, 2**32),
    trouble=st.sampled_from([0.0, 0.1, 0.5, 0.9, 1.0]),
    held=st.sampled_from([0.0, 0.1, 0.6]),
    pages=st.booleans(),
    further=st.sampled_from([0.0, 0.5]),
    opens=st.sampled_from([0, 1, 2]),
)
def test_every_app_leaves_exactly_once_whatever_happens(
    count, batch, storefronts, via, chunk, at_once, seed, trouble, held, pages, further, opens
):
    """Holds and go_ons come at any time; what holds has to go on when all is settled, as the spider does."""
    chance = random.Random(seed)
    via = via if pages else Via.RPC
    world = World(IDS[:count], storefronts=storefronts, batch=batch, via=via, chunk=chunk, pages=pages)
    world.follows = lambda _: chance.random() < further
    steps = opened = 0
    while True:
        steps += 1
        assert steps < 60_000, "it does not end"
        if len(world.closed) > opened and opened < opens and chance.random() < 0.1:
            world.plan.open_rpc()
            opened += 1
        if chance.random() < held:
            world.hold() if chance.random() < 0.5 else world.go_on()
        pack = world.take() if len(world.under_way) < at_once else None
        if pack is not None and chance.random() < 0.5:
            continue  # let more of them fly together
        if not world.under_way:
            if pack is None and world.held:
                assert world.plan.settled, "it waits for ids though it was told to do with what it has"
                world.go_on()
            elif pack is None and not world.plan.hungry:
                break
            continue
        landed = chance.choice(list(world.under_way.values()))
        if chance.random() >= trouble:
            world.settle(landed)
        elif chance.random() < 0.02:
            del world.under_way[id(landed)]
            world.plan.forbid(landed, "forbidden")
        elif chance.random() < 0.5:
            world.fail(landed)
        else:
            world.settle(landed, [asked for asked in landed.asked if chance.random() < 0.7])
    assert world.plan.done
    assert world.left == Counter((app_id, storefront) for app_id in IDS[:count] for storefront in storefronts)
    assert all(asked.reason for asked in world.gave_up)
    assert len(world.closed) <= 1 + opened
    assert world.plan.in_flight == 0


def test_without_trouble_each_id_is_asked_once_in_full_packs():
    world = World(IDS[:10], storefronts=(US, KR), batch=4)
    world.run(World.settle)
    assert [len(pack.asked) for pack in world.sent] == [4, 4, 4, 4, 2, 2]
    assert not any(pack.reasked for pack in world.sent)


def test_single_missing_answers_travel_together_in_a_later_pack():
    world = World(IDS[:40], batch=4)
    world.run(lambda world, pack: world.settle(pack, [] if pack.reasked else pack.asked[:1]))
    fresh = [pack for pack in world.sent if not pack.reasked]
    again = [pack for pack in world.sent if pack.reasked]
    assert len(fresh) == 10
    assert [len(pack.asked) for pack in again] == [4, 4, 2]


def test_an_app_that_is_never_answered_is_asked_alone_then_by_page_then_given_up():
    lost = IDS[5]
    world = World(IDS[:12], batch=4)

    def happen(world, pack):
        world.settle(pack, [asked for asked in pack.asked if asked.what == lost])

    world.run(happen)
    tries = [pack for pack in world.sent if lost in {asked.what for asked in pack.asked}]
    assert [pack.via for pack in tries] == [Via.RPC] * (TRIES_PACKED + 1) + [Via.PAGE] * TRIES_PAGE
    assert len(tries[TRIES_PACKED].asked) == 1
    assert [asked.what for asked in world.gave_up] == [lost]
    assert world.gave_up[0].reason == "missing"
    assert not world.closed


@pytest.mark.parametrize("place", [0, 3, 17, 31])
def test_an_app_that_breaks_its_pack_is_isolated_in_few_packs_and_the_others_are_answered(place):
    world = World(IDS[:96], batch=32)
    poison = IDS[place]

    def happen(world, pack):
        broken = pack.via is Via.RPC and poison in {asked.what for asked in pack.asked}
        world.fail(pack) if broken else world.settle(pack)

    world.run(happen)
    assert not world.gave_up
    assert not world.closed
    assert len(world.answered) == 96
    # The three packs, the broken one again, two halves at each of five sizes, and the page.
    assert len(world.sent) == 3 + 1 + 2 * 5 + 1


def test_the_rpc_way_is_closed_when_the_first_packs_fail():
    world = World(IDS[:100], batch=4)
    world.run(
        lambda world, pack: world.fail(pack, "HTTP status 500") if pack.via is Via.RPC else world.settle(pack)
    )
    assert world.closed == ["HTTP status 500"]
    assert sum(pack.via is Via.RPC for pack in world.sent) == FIRST_FAILURES
    assert len(world.answered) == 100


def test_a_way_that_is_opened_again_takes_what_no_page_was_asked_for_yet():
    world = World(IDS[:100], batch=4)

    def happen(world, pack):
        if pack.via is Via.RPC and not world.answered:
            world.fail(pack, "HTTP status 500")
            return
        world.settle(pack)
        if pack.via is Via.PAGE:
            world.plan.open_rpc()

    world.run(happen)
    assert world.closed == ["HTTP status 500"]
    assert [pack.via for pack in world.sent].count(Via.PAGE) == 1
    assert len(world.answered) == 100
    assert max(len(pack.asked) for pack in world.sent[FIRST_FAILURES + 1 :]) == 4


def test_a_way_that_is_open_is_not_opened_again():
    world = World(IDS[:8], batch=4)
    world.take()
    world.plan.open_rpc()
    (pack,) = world.under_way.values()
    world.settle(pack)
    world.run(World.settle)
    assert len(world.sent) == 2


def test_packs_that_are_refused_close_the_way_only_when_many_are():
    world = World(IDS[:200], batch=4)

    def happen(world, pack):
        refused = len(world.sent) <= FAILURES_IN_A_ROW - 1
        if refused:
            world.fail(pack, "HTTP status 429", refused=True)
        else:
            world.settle(pack)

    world.run(happen)
    assert not world.closed
    assert len(world.answered) == 200
    world = World(IDS[:200], batch=4)
    world.run(
        lambda world, pack: (
            world.fail(pack, "HTTP status 429", refused=True) if pack.via is Via.RPC else world.settle(pack)
        )
    )
    assert world.closed == ["HTTP status 429"]
    assert len(world.answered) == 200


def test_the_rpc_way_is_closed_when_many_packs_fail_in_a_row():
    world = World(IDS[:200], batch=4)

    def happen(world, pack):
        dead = len(world.sent) > 20
        world.fail(pack) if dead and pack.via is Via.RPC else world.settle(pack)

    world.run(happen)
    assert len(world.closed) == 1
    assert sum(pack.via is Via.RPC for pack in world.sent) <= 20 + 3 * FAILURES_IN_A_ROW
    assert len(world.answered) == 200


def test_a_pack_without_a_single_answer_counts_as_a_failed_one():
    world = World(IDS[:40], batch=4)
    world.run(lambda world, pack: world.settle(pack, pack.asked if pack.via is Via.RPC else ()))
    assert world.closed == ["missing"]
    assert len(world.answered) == 40


def test_apps_that_fail_alone_do_not_close_the_way_for_the_others():
    bad = set(IDS[:60:4])
    world = World(IDS[:120], batch=4)

    def happen(world, pack):
        world.settle(pack, [asked for asked in pack.asked if asked.what in bad and pack.via is Via.RPC])

    world.run(happen)
    assert not world.closed
    assert len(world.answered) == 120


def test_a_forbidden_rpc_way_goes_by_pages_and_a_forbidden_page_is_given_up_at_once():
    world = World(IDS[:6], batch=4)

    def happen(world, pack):
        if pack.via is Via.RPC or pack.asked[0].what == IDS[2]:
            del world.under_way[id(pack)]
            world.plan.forbid(pack, "robots.txt")
        else:
            world.settle(pack)

    world.run(happen)
    assert [asked.what for asked in world.gave_up] == [IDS[2]]
    assert len(world.answered) == 5
    assert sum(pack.via is Via.RPC for pack in world.sent) == 1


def test_it_waits_for_more_ids_rather_than_cut_small_packs():
    world = World(IDS[:8], batch=4, chunk=3)
    world.plan.add(IDS[:3])
    assert world.plan.hungry
    assert world.plan.next() is None
    world.plan.add(IDS[3:5])
    assert not world.plan.hungry
    assert len(world.plan.next().asked) == 4


def test_it_is_done_only_when_the_last_answer_is_in():
    world = World(IDS[:4], batch=4)
    pack = world.take()
    assert world.take() is None
    assert not world.plan.done
    world.settle(pack, pack.asked[:1])
    assert not world.plan.done
    world.settle(world.take())
    assert world.take() is None
    assert world.plan.done


def test_an_empty_list_is_done_at_once():
    world = World([])
    assert world.take() is None
    assert world.plan.done


def test_failed_pages_are_asked_again_soon_and_do_not_pile_up_when_the_rpc_way_is_closed():
    world = World([f"com.example.n{number}" for number in range(2000)], batch=4, chunk=50)
    longest = 0

    def happen(world, pack):
        nonlocal longest
        longest = max(longest, len(world.plan._again))
        if pack.via is Via.RPC or (not pack.reasked and len(world.sent) % 10 == 0):
            world.fail(pack)
        else:
            world.settle(pack)

    world.run(happen)
    assert world.closed
    assert longest <= 4 * FAILURES_IN_A_ROW
    assert len(world.answered) == 2000


def test_a_host_that_is_out_of_reach_for_a_while_says_nothing_of_the_rpc_way():
    world = World(IDS[:200], batch=4)

    def happen(world, pack):
        if 10 < len(world.sent) <= 40:
            del world.under_way[id(pack)]
            world.plan.fail(pack, "connection refused", unreachable=True)
        else:
            world.settle(pack)

    world.run(happen)
    assert not world.closed
    assert len(world.left) == 200
    assert len(world.gave_up) < 10


# Holding


def test_what_was_added_is_asked_in_packs_while_held_and_nothing_else():
    world = World(IDS[:20], storefronts=(US, KR), batch=4, chunk=6)
    world.feed()
    world.hold()
    assert not world.plan.hungry
    packs = []
    while (pack := world.plan.next()) is not None:
        packs.append(pack)
    assert [len(pack.asked) for pack in packs] == [4, 4, 2, 2]
    assert {asked.what for pack in packs for asked in pack.asked} == set(IDS[:6])
    assert not world.plan.hungry


def test_what_is_missing_while_held_is_asked_again_until_it_is_settled():
    world = World(IDS[:6], batch=4, chunk=6)
    world.feed()
    world.hold()
    sent = []
    while (pack := world.plan.next()) is not None:
        sent.append(pack)
        world.plan.settle(pack, [asked for asked in pack.asked if asked.what == IDS[1]])
    assert world.plan.settled
    assert not world.plan.done
    assert [asked.what for asked in world.gave_up] == [IDS[1]]
    assert len(sent) == 2 + TRIES_PACKED + TRIES_PAGE


def test_it_is_settled_only_when_the_last_answer_is_in():
    world = World(IDS[:4], batch=4)
    assert world.plan.settled
    world.feed()
    world.hold()
    assert not world.plan.settled
    pack = world.take()
    assert not world.plan.settled
    world.settle(pack)
    assert world.plan.settled
    assert not world.plan.ended


def test_after_a_hold_full_packs_are_cut_again():
    world = World(IDS[:20], batch=4, chunk=5)
    world.feed()
    world.hold()
    while (pack := world.take()) is not None:
        world.settle(pack)
    assert [len(pack.asked) for pack in world.sent] == [4, 1]
    world.go_on()
    world.run(World.settle)
    assert [len(pack.asked) for pack in world.sent] == [4, 1, 4, 4, 4, 3]
    assert len(world.left) == 20


def test_holding_nothing_is_settled_at_once_and_goes_on():
    world = World(IDS[:4], batch=4)
    world.hold()
    assert world.take() is None
    assert world.plan.settled
    world.go_on()
    world.run(World.settle)
    assert len(world.left) == 4


def test_a_closed_way_is_found_while_held():
    world = World(IDS[:100], batch=4, chunk=40)
    world.feed()
    world.hold()
    while (pack := world.take()) is not None:
        world.fail(pack) if pack.via is Via.RPC else world.settle(pack)
    assert world.plan.settled
    assert world.closed
    assert len(world.left) == 40


def test_an_app_that_breaks_its_pack_does_not_close_the_way_while_held():
    world = World(IDS[:96], batch=32, chunk=96)
    world.feed()
    world.hold()
    while (pack := world.take()) is not None:
        broken = pack.via is Via.RPC and IDS[40] in {asked.what for asked in pack.asked}
        world.fail(pack) if broken else world.settle(pack)
    assert world.plan.settled
    assert not world.closed
    assert not world.gave_up
    assert len(world.answered) == 96


def test_a_list_that_ends_while_held_is_done_when_it_is_settled():
    world = World(IDS[:6], batch=4, chunk=6)
    world.feed()
    world.hold()
    world.plan.end()
    world.run(World.settle)
    assert world.plan.ended
    assert world.plan.done
    assert len(world.left) == 6


def test_an_app_that_breaks_a_large_pack_does_not_close_the_way_while_held():
    world = World(IDS[:200], batch=100, chunk=96)
    world.feed()
    world.hold()
    while (pack := world.take()) is not None:
        broken = pack.via is Via.RPC and IDS[40] in {asked.what for asked in pack.asked}
        world.fail(pack) if broken else world.settle(pack)
    assert not world.closed


# Single pairs of app and storefront


def test_an_app_may_be_asked_of_some_storefronts_alone():
    world = World([], storefronts=(), batch=4)
    pairs = [(app_id, KR) for app_id in IDS[:6]] + [(app_id, US) for app_id in IDS[4:9]]
    for app_id, storefront in pairs:
        world.plan.add([app_id], (storefront,))
    world.run(World.settle)
    assert world.left == Counter(pairs)
    assert [(len(pack.asked), pack.storefront) for pack in world.sent] == [(4, KR), (2, KR), (4, US), (1, US)]


def test_pairs_that_are_missing_travel_with_others_of_their_storefront():
    world = World([], storefronts=(), batch=4)
    for storefront in (KR, US):
        for app_id in IDS[:8]:
            world.plan.add([app_id], (storefront,))
    world.run(lambda world, pack: world.settle(pack, [] if pack.reasked else pack.asked[:2]))
    assert len(world.left) == 16
    assert [len(pack.asked) for pack in world.sent if pack.reasked] == [4, 4]


@settings(max_examples=100, deadline=None, database=None)
@given(
    pairs=st.lists(st.tuples(st.sampled_from(IDS[:20]), st.sampled_from([US, KR])), unique=True, max_size=40),
    batch=st.integers(1, 9),
    via=st.sampled_from(list(Via)),
    seed=st.integers(0, 2**32),
    trouble=st.sampled_from([0.0, 0.3, 1.0]),
)
def test_every_pair_leaves_exactly_once_in_whatever_order_it_came(pairs, batch, via, seed, trouble):
    chance = random.Random(seed)
    world = World([], storefronts=(), batch=batch, via=via)
    for app_id, storefront in pairs:
        world.plan.add([app_id], (storefront,))

    def happen(world, pack):
        if chance.random() >= trouble:
            world.settle(pack)
        elif chance.random() < 0.5:
            world.fail(pack)
        else:
            world.settle(pack, [asked for asked in pack.asked if chance.random() < 0.7])

    world.run(happen)
    assert world.left == Counter(pairs)


def test_what_follows_an_answer_goes_before_everything_new():
    world = World(IDS[:12], batch=4)
    world.follows = lambda asked: asked.step is None
    first = world.take()
    world.settle(first)
    following = world.take()
    assert [(asked.what, asked.step) for asked in following.asked] == [
        (asked.what, 1) for asked in first.asked
    ]
    world.settle(following)
    assert world.take().asked[0].what == IDS[4]


def test_what_follows_is_never_asked_by_page():
    world = World(IDS[:1], batch=1)
    world.follows = lambda asked: asked.step is None
    world.settle(world.take())
    while (pack := world.take()) is not None:
        assert pack.via is Via.RPC
        world.settle(pack, pack.asked)
    assert [asked.what for asked in world.gave_up] == [IDS[0]]


def test_without_pages_a_closed_way_gives_everything_up():
    world = World(IDS[:20], batch=2, pages=False)
    while (pack := world.take()) is not None:
        assert pack.via is Via.RPC
        world.fail(pack, "HTTP status 500")
    assert world.closed == ["HTTP status 500"]
    assert len(world.sent) <= FIRST_FAILURES + 2
    assert Counter(asked.what for asked in world.gave_up) == Counter(IDS[:20])
    assert all(asked.reason == "HTTP status 500" for asked in world.gave_up)
