"""The command line: serve, list ids, list varieties."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

from .identifiers import ids
from .rpc.template import FORMS
from .server.options import BOOLEANS, BROKEN_KINDS, FRAMINGS, WALLS, Options
from .varieties import VARIETIES

_BLOCK = 10_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; gives the exit code. Mistakes in the arguments end with code 2, all told at once."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == ["ids"]:
        return _list_ids(words[1:])
    if words[:1] == ["varieties"]:
        return _list_varieties(words[1:])
    parser = _serve_parser()
    given = parser.parse_args(words)
    problems = [f"--broken {entry}: expected ID=KIND" for entry in given.broken if "=" not in entry]
    given.broken = dict(entry.rsplit("=", 1) for entry in given.broken if "=" in entry)
    given.disallow = tuple(given.disallow)
    given.move = tuple(given.move)
    given.template = tuple(given.template)
    options = Options(**vars(given))
    problems += options.problems()
    if problems:
        parser.error("; ".join(problems))
    from .server.run import run  # noqa: PLC0415 - importing it installs Twisted's reactor, which listing ids does not need

    return run(options)


def _serve_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="localstore",
        description="A local stand-in for Google Play, for tests, demonstrations and benchmarks. It listens on 127.0.0.1 only.",
        epilog="Other commands: localstore ids --count N [--seed N] [--start K]; localstore varieties",
    )
    add = parser.add_argument
    add("--port", type=int, default=0, metavar="N", help="port, 0 for any free one (default)")
    add("--seed", type=int, default=0, metavar="N", help="seed of the catalogue (default 0)")
    add(
        "--week",
        type=int,
        default=0,
        metavar="N",
        help="the store as it stands N weeks later: releases, prices, ratings, charts, gone and new apps (default 0)",
    )
    add("--latency", type=float, default=0.0, metavar="SECONDS", help="wait before every answer")
    add("--absent", type=float, default=0.0, metavar="RATE", help="share of calls left out of their answer")
    add(
        "--error-frames",
        type=float,
        default=0.0,
        metavar="RATE",
        help="share of calls answered with an error frame",
    )
    add(
        "--other-app",
        type=float,
        default=0.0,
        metavar="RATE",
        help="share of records that are those of another app",
    )
    add(
        "--other-store",
        type=float,
        default=0.0,
        metavar="RATE",
        help="share of answers that are those of another country's store",
    )
    add(
        "--dead-tokens",
        type=float,
        default=0.0,
        metavar="RATE",
        help="share of calls whose token, with which a list goes on, is refused",
    )
    add(
        "--tokens",
        type=int,
        default=0,
        metavar="N",
        help="generation of those tokens: only tokens of the same one are good (default 0)",
    )
    add("--shards", type=int, default=20, metavar="N", help="shards of the sitemaps (default 20)")
    add("--catalog", type=int, default=840, metavar="N", help="apps that the sitemaps list (default 840)")
    add(
        "--alternates",
        type=int,
        default=250,
        metavar="N",
        help="addresses in other languages beside each in the sitemaps, nearly all of their bytes (default 250)",
    )
    add(
        "--generation",
        type=int,
        default=0,
        metavar="N",
        help="which build of the sitemaps is served; in each, one app in a hundred is new, and as many are gone (default 0)",
    )
    add(
        "--republishing",
        action="store_true",
        help="the next build is being published: the first index names its shards, the second those of this one",
    )
    add(
        "--dropped",
        type=float,
        default=0.0,
        metavar="RATE",
        help="share of requests whose connection closes without an answer",
    )
    add("--truncated", type=float, default=0.0, metavar="RATE", help="share of answers that are cut")
    add("--status-503", type=float, default=0.0, metavar="RATE", help="share of answers that are 503")
    add("--status-429", type=float, default=0.0, metavar="RATE", help="share of answers that are 429")
    add("--retry-after", type=int, default=1, metavar="SECONDS", help="what 429 and 503 ask for (default 1)")
    add(
        "--allow-rpc",
        type=float,
        metavar="RATE",
        help="POSTs a second that are allowed; what is beyond gets 429",
    )
    add("--allow-page", type=float, metavar="RATE", help="the same for pages")
    add(
        "--burst",
        type=float,
        default=1.0,
        metavar="SECONDS",
        help="of allowed requests that may come at once (default 1)",
    )
    add("--wall", default="", metavar="KIND", help=f"what stands in the place of answers: {', '.join(WALLS)}")
    add(
        "--wall-share",
        type=float,
        default=1.0,
        metavar="RATE",
        help="share of answers in whose place it stands (default 1)",
    )
    add(
        "--framing",
        choices=FRAMINGS,
        default="plain",
        help="framing of answers where the client does not ask for chunks",
    )
    add(
        "--booleans",
        choices=BOOLEANS,
        default="words",
        help="how RPC answers write booleans (pages: 1 and 0)",
    )
    add("--rpc-down", action="store_true", help="every batchexecute is answered with 500")
    add("--page-down", action="store_true", help="every page is answered with 503")
    add(
        "--broken",
        nargs="+",
        action="extend",
        default=[],
        metavar="ID=KIND",
        help=f"ids, and names of sitemaps, that always fail: {', '.join(BROKEN_KINDS)}",
    )
    add(
        "--disallow",
        nargs="+",
        action="extend",
        default=[],
        metavar="PATH",
        help="paths that robots.txt disallows",
    )
    add(
        "--move",
        nargs="+",
        action="extend",
        default=[],
        metavar="FROM=TO",
        help="a layout that has moved: what stood at one place of the record stands at another (51,0,1=51,0,4)",
    )
    add(
        "--template",
        nargs="+",
        action="extend",
        default=[],
        metavar="CHANGE",
        help="requests that have changed: pages ask in a new form, calls in the former one get nothing: "
        f"{', '.join(FORMS)} (other contents), rpc:OLD=NEW (another id)",
    )
    add("--fault-seed", type=int, default=0, metavar="N", help="seed of the faults (default 0)")
    add(
        "--cache-mb",
        type=int,
        default=400,
        metavar="N",
        help="memory for prepared answers, in megabytes (default 400)",
    )
    add(
        "--replay",
        action="store_true",
        help="answer a question that was asked before with the very same bytes, for benchmarks: nothing is shuffled or made again",
    )
    add(
        "--until-stdin-closes",
        action="store_true",
        help="stop when standard input ends, so as never to outlive the parent",
    )
    return parser


def _list_ids(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="localstore ids", description="Write ids of the catalogue, one a line."
    )
    parser.add_argument("--count", type=int, required=True, metavar="N")
    parser.add_argument("--seed", type=int, default=0, metavar="N")
    parser.add_argument("--start", type=int, default=0, metavar="K")
    given = parser.parse_args(words)
    try:
        found = ids(given.count, given.seed, given.start)
    except ValueError as problem:
        parser.error(str(problem))
    with _while_somebody_reads():
        while block := "".join([f"{app_id}\n" for app_id in islice(found, _BLOCK)]):
            sys.stdout.write(block)
    return 0


def _list_varieties(words: Sequence[str]) -> int:
    argparse.ArgumentParser(prog="localstore varieties", description="Print the hand-placed ids.").parse_args(
        words
    )
    width = max(map(len, VARIETIES))
    with _while_somebody_reads():
        for app_id, variety in VARIETIES.items():
            sys.stdout.write(f"{app_id:{width}}  {variety.meaning}\n")
    return 0


@contextmanager
def _while_somebody_reads() -> Iterator[None]:
    """Write to standard output until it ends, or whoever reads has enough, as in `... | head`."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        nobody = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nobody, sys.stdout.fileno())  # else Python complains when it flushes at the end
