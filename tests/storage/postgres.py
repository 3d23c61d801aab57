"""A PostgreSQL server of one's own, from Debian's packages, that listens on 127.0.0.1."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.waiting import until

_DEBIAN = Path("/usr/lib/postgresql")
PASSWORD = "a secret/of:the@tests"
_ADDRESS = "postgresql://tests:a%20secret%2Fof%3Athe%40tests@127.0.0.1:{port}/{name}"
# The server refuses to run for root; Debian's package brings a user for it.
_USER = "postgres" if os.geteuid() == 0 else None


def programs() -> Path | None:
    """The folder of the server's programs, or None where it is not installed."""
    versions = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if versions:
        return versions[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@dataclass
class Postgres:
    """A server; it may be killed and started again."""

    folder: Path
    port: int
    bin: Path
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def address(self, name: str = "postgres") -> str:
        """Of a database."""
        return _ADDRESS.format(port=self.port, name=name)

    def start(self) -> None:
        options = ["-p", str(self.port), "-c", "listen_addresses=127.0.0.1"]
        options += ["-c", f"unix_socket_directories={self.folder}"]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [self.bin / "postgres", "-D", self.folder / "data", *options],
                user=_USER,
                stdout=subprocess.DEVNULL,
                stderr=log,
            )
        until(
            lambda: (
                not self._run(
                    "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port), check=False
                ).returncode
            )
        )

    def kill(self) -> None:
        """End it at once, with all that is under way."""
        assert self.process is not None
        self.process.send_signal(
            signal.SIGQUIT
        )  # a kill -9 of the first process alone would leave the others
        self.process.wait()

    def create(self, name: str) -> str:
        """A new database; its address."""
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "tests", name)
        return self.address(name)

    def drop(self, name: str) -> None:
        self._run("dropdb", "--force", "-h", "127.0.0.1", "-p", str(self.port), "-U", "tests", name)

    def _run(self, program: str, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [self.bin / program, *arguments],
            env={**os.environ, "PGPASSWORD": PASSWORD},
            check=check,
            capture_output=True,
            cwd="/",
        )


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A server that runs in the block."""
    found = programs()
    assert found is not None
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # Not below pytest's folders, which are nobody's but root's where root runs the tests.
    root = Path(tempfile.mkdtemp(prefix="playfast-postgres-"))
    server = Postgres(root, port, found)
    try:
        secret = root / "secret"
        secret.write_text(PASSWORD, encoding="utf-8")
        if _USER:
            for path in (root, secret):
                shutil.chown(path, _USER)
        options = [
            "-U",
            "tests",
            "--auth=scram-sha-256",
            f"--pwfile={secret}",
            "--encoding=UTF8",
            "--locale=C",
        ]
        subprocess.run(
            [found / "initdb", "-D", root / "data", *options, "--no-sync"],
            user=_USER,
            check=True,
            capture_output=True,
            cwd="/",
        )
        server.start()
        yield server
    finally:
        if server.process is not None and server.process.poll() is None:
            server.process.send_signal(signal.SIGINT)
            server.process.wait(timeout=30)
        shutil.rmtree(root, ignore_errors=True)
