"""`scrapy localstore`: a Google Play of one's own, on this machine."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

_STORE = (sys.executable, "-m", "playfast.localstore")
_ADDRESS = "listening on "
_INTERRUPTED = 130


class Command(ScrapyCommand):
    """Hands its options to `python -m playfast.localstore`, which runs in a process of its own.

    After `--` a command may follow: it is run with PLAYFAST_URL set to the store's address, and the store ends with it.
    """

    requires_project = False
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[options of the store] [-- command]"

    def short_desc(self) -> str:
        return "Start a local store that speaks like Google Play, for a command or until stopped"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """None of Scrapy's: every option is the store's own, --help among them."""
        parser.add_argument("-h", "--help", action="store_true")
        parser.set_defaults(profile=None)

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Nothing to set: the store knows nothing of Scrapy."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002 - Scrapy's signature
        given = sys.argv[1:]  # Scrapy has taken the name of the command out
        try:
            if "--" not in given:
                self.exitcode = subprocess.run([*_STORE, *given], check=False).returncode  # noqa: S603 - our own module
                return
            split = given.index("--")
            if not given[split + 1 :]:
                raise UsageError("a command is due after --", print_help=False)
            self.exitcode = _run_beside(given[:split], given[split + 1 :])
        except KeyboardInterrupt:
            self.exitcode = _INTERRUPTED


def _run_beside(options: list[str], command: list[str]) -> int:
    """Run a command while a store runs for it; the exit code is the command's."""
    with subprocess.Popen(  # noqa: S603 - our own module
        [*_STORE, *options, "--until-stdin-closes"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C is for the command, which may need the store until it has ended
    ) as store:
        line = store.stdout.readline() if store.stdout is not None else ""
        address = _address(line)
        if address is None:
            # The store's help, say, or its mistake.
            sys.stdout.write(line + (store.stdout.read() if store.stdout is not None else ""))
            return store.wait()
        environment = {**os.environ, "PLAYFAST_URL": address}
        try:
            with subprocess.Popen(command, env=environment) as running:  # noqa: S603 - the user's
                return _patiently(running)
        except OSError as error:
            raise UsageError(
                f"cannot run {command[0]}: {error.strerror or error}", print_help=False
            ) from error


def _patiently(running: subprocess.Popen[bytes]) -> int:
    """Wait for a command that Ctrl-C reaches as well: it ends in its own time, a crawl with whole feeds."""
    while True:
        try:
            return running.wait()
        except KeyboardInterrupt:
            continue


def _address(line: str) -> str | None:
    """The address in the store's first line, or None if that is none."""
    return line.removeprefix(_ADDRESS).strip() if line.startswith(_ADDRESS) else None
