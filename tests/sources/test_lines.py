from __future__ import annotations

import codecs
import gzip
import io
import os
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playfast.errors import SourceError
from playfast.sources import app_ids
from playfast.sources import lines as lines_module
from playfast.sources.lines import File, locate

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

IDS = ["com.example.one", "com.example.two", "# é日", "", "com.example.three"]
TEXT = "\n".join(IDS) + "\n"


def lines_of(argument) -> list[str]:
    return list(locate(str(argument)).lines())


@pytest.fixture
def file(tmp_path):
    def write(body: bytes, name: str = "ids.txt"):
        path = tmp_path / name
        path.write_bytes(body)
        return path

    return write


WRITTEN = {
    "plain": TEXT.encode(),
    "without a last line end": TEXT.rstrip("\n").encode(),
    "of Windows": TEXT.replace("\n", "\r\n").encode(),
    "of old Macs": TEXT.replace("\n", "\r").encode(),
    "marked as UTF-8": codecs.BOM_UTF8 + TEXT.encode(),
    "UTF-16, little end first": codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
    "UTF-16, big end first": codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    "gzip": gzip.compress(TEXT.encode()),
    "gzip, marked as UTF-8": gzip.compress(codecs.BOM_UTF8 + TEXT.encode()),
    "Zstandard": zstd.compress(TEXT.encode()),
    "Zstandard in two parts": zstd.compress(TEXT[:20].encode()) + zstd.compress(TEXT[20:].encode()),
    "gzip in two parts": gzip.compress(TEXT[:20].encode()) + gzip.compress(TEXT[20:].encode()),
}
BROKEN = {
    "cut": gzip.compress(TEXT.encode() * 50)[:-12],
    "cut in its head": gzip.compress(TEXT.encode())[:6],
    "damaged": (whole := gzip.compress(TEXT.encode() * 50))[:20] + b"\xff" * 20 + whole[40:],
    "with a wrong sum": gzip.compress(TEXT.encode())[:-8] + b"\0" * 8,
    "with rubbish behind it": gzip.compress(TEXT.encode()) + b"rubbish",
    "Zstandard, cut": zstd.compress(os.urandom(5000).hex().encode())[:-12],
    "Zstandard, damaged": zstd.compress(TEXT.encode())[:8] + b"\xff" * 20,
}


@pytest.mark.parametrize("body", WRITTEN.values(), ids=WRITTEN)
@pytest.mark.parametrize("name", ["ids.txt", "ids.gz", "ids", "a list, with a comma.txt", "ids é.csv"])
def test_a_file_is_read_line_by_line_however_it_was_written(file, body, name):
    assert lines_of(file(body, name)) == IDS


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
def test_a_broken_compressed_file_is_a_source_error(file, body):
    with pytest.raises(SourceError, match=r"ids\.gz"):
        lines_of(file(body, "ids.gz"))


@pytest.mark.parametrize("body", [b"", gzip.compress(b""), codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_an_empty_file_has_no_lines(file, body):
    assert lines_of(file(body)) == []


def test_bytes_that_are_no_text_cost_their_line_only(file):
    found = lines_of(file(b"com.example.one\n\xff\xfebroken\ncom.example.two\n"))
    assert (len(found), found[0], found[2]) == (3, "com.example.one", "com.example.two")


def test_a_file_is_read_as_it_is_used(file):
    path = file(b"com.example.one\n" * 100_000)
    lines = locate(str(path)).lines()
    assert next(lines) == "com.example.one"
    lines.close()


def test_spaces_round_the_argument_do_not_count(file):
    path = file(TEXT.encode())
    assert lines_of(f"  {path} ") == IDS


def test_a_source_is_called_by_its_name(file):
    path = file(b"")
    assert locate(str(path)).name == str(path)
    assert locate("http://127.0.0.1/ids").name == "http://127.0.0.1/ids"
    assert locate("-").name
    assert locate("a.b,c.d").name


def test_a_file_that_goes_away_before_it_is_read_is_a_source_error(file):
    path = file(TEXT.encode())
    source = locate(str(path))
    path.unlink()
    with pytest.raises(SourceError, match=r"ids\.txt"):
        list(source.lines())


@pytest.mark.parametrize("body", WRITTEN.values(), ids=WRITTEN)
def test_standard_input_is_read_in_every_form_too(monkeypatch, body):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BufferedReader(io.BytesIO(body))))
    assert lines_of("-") == IDS


@pytest.mark.parametrize(
    ("argument", "found"),
    [
        ("com.example.one", ["com.example.one"]),
        ("com.example.one,com.example.two", ["com.example.one", "com.example.two"]),
        ("com.example.txt,org.b", ["com.example.txt", "org.b"]),
        (
            "https://play.google.com/store/apps/details?id=com.example.one",
            ["https://play.google.com/store/apps/details?id=com.example.one"],
        ),
        ("market://details?id=com.example.one", ["market://details?id=com.example.one"]),
        ("a.b,", ["a.b", ""]),
    ],
)
def test_ids_may_be_written_out(tmp_path, monkeypatch, argument, found):
    monkeypatch.chdir(tmp_path)
    assert lines_of(argument) == found


@pytest.mark.parametrize(
    "argument",
    [
        "missing.txt",
        "ids.csv",
        "./ids",
        "/no/such/file",
        "folder\\ids",
        "missing.jsonl",
        "ids.TXT.gz",
        "apps",
        "kettle",
        "missing.lst",
    ],
)
def test_what_looks_like_a_file_and_is_none_is_said_to_be_missing(tmp_path, monkeypatch, argument):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SourceError, match="no file"):
        locate(argument)


@pytest.mark.parametrize("argument", [".", "..", "/"])
def test_a_folder_is_no_list(argument):
    with pytest.raises(SourceError, match="folder"):
        locate(argument)


@pytest.mark.parametrize("argument", ["", " ", "\n"])
def test_an_empty_argument_says_what_may_be_given(argument):
    with pytest.raises(SourceError, match="empty"):
        locate(argument)


@pytest.mark.parametrize("argument", ["x" * 5000, "http://", "https://[::1", "http://[", "a\x00b.txt"])
def test_what_cannot_even_be_looked_for_is_a_source_error(argument):
    with pytest.raises(SourceError):
        locate(argument)


def test_a_file_that_may_not_be_read_is_a_source_error(file, monkeypatch):
    path = file(TEXT.encode())

    def refuse(*_: object, **__: object):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)
    with pytest.raises(SourceError, match="Permission denied"):
        locate(str(path))


class _Lists(BaseHTTPRequestHandler):
    """A list at /list, nothing at /missing, and at /short less than was promised."""

    def do_GET(self):
        self.server.agents.append(self.headers["User-Agent"])
        if self.path == "/missing":
            self.send_error(404)
            return
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/list")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        body = self.server.body
        self.send_response(200)
        self.send_header("Content-Length", str(len(body) + (100 if self.path == "/short" else 0)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object):
        """Quiet."""


@pytest.fixture
def served():
    with ThreadingHTTPServer(("127.0.0.1", 0), _Lists) as server:
        server.body, server.agents = TEXT.encode(), []
        server.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("body", WRITTEN.values(), ids=WRITTEN)
def test_a_list_behind_an_address_is_read_in_every_form_too(served, body):
    served.body = body
    assert lines_of(f"{served.address}/list") == IDS


def test_an_address_may_have_moved(served):
    assert lines_of(f"{served.address}/moved") == IDS


def test_an_address_is_asked_under_the_projects_name_and_only_when_it_is_read(served):
    source = locate(f"{served.address}/list")
    assert served.agents == []
    list(source.lines())
    assert served.agents == ["playfast-scrapy"]


def test_an_address_that_does_not_answer_with_a_list_is_a_source_error(served):
    with pytest.raises(SourceError, match="/missing"):
        lines_of(f"{served.address}/missing")


def test_a_list_that_breaks_off_is_a_source_error(served):
    """Or the ids behind the break would be lost without a word."""
    with pytest.raises(SourceError, match="/short"):
        lines_of(f"{served.address}/short")


def test_an_address_where_nobody_answers_is_a_source_error():
    with ThreadingHTTPServer(("127.0.0.1", 0), _Lists) as server:
        port = server.server_port
    with pytest.raises(SourceError, match=str(port)):
        lines_of(f"http://127.0.0.1:{port}/list")


@pytest.mark.parametrize("path", ["/a b", "/a\x01b", "/é"])
def test_an_address_that_cannot_be_asked_for_is_a_source_error(served, path):
    with pytest.raises(SourceError):
        lines_of(f"{served.address}{path}")


def test_an_address_of_the_store_is_an_entry_with_or_without_a_scheme():
    for address in (
        "play.google.com/store/apps/details?id=com.a.b",
        "https://PLAY.google.com/store/apps/details?id=com.a.b",
    ):
        assert list(app_ids.read(locate(address).lines())) == ["com.a.b"]


def test_a_password_in_an_address_is_in_no_message():
    assert "secret" not in locate("http://user:secret@127.0.0.1:9/ids.txt").name


# Counting

COUNTED = (
    "plain",
    "without a last line end",
    "of Windows",
    "marked as UTF-8",
    "gzip",
    "gzip, marked as UTF-8",
    "gzip in two parts",
)


@pytest.mark.parametrize("form", COUNTED)
def test_the_count_of_a_file_is_that_of_its_lines(file, form):
    path = file(WRITTEN[form])
    assert locate(str(path)).count() == len(lines_of(path)) == len(IDS)


@settings(max_examples=100, deadline=None, database=None)
@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n\ufeff"), max_size=8), max_size=30
    ),
    st.booleans(),
    st.sampled_from(["\n", "\r\n"]),
)
def test_whatever_the_lines_hold_they_are_counted(tmp_path_factory, lines, zipped, end):
    path = tmp_path_factory.getbasetemp() / "counted.txt"
    body = end.join(lines).encode()
    path.write_bytes(gzip.compress(body) if zipped else body)
    source = locate(str(path))
    assert source.count() == len(list(source.lines()))


def test_a_list_longer_than_a_block_is_counted(file):
    body = b"com.example.kettle\n" * 150_000
    assert locate(str(file(body))).count() == 150_000
    assert locate(str(file(gzip.compress(body[:-1], 1)))).count() == 150_000


@pytest.mark.parametrize("body", [b"", gzip.compress(b"")])
def test_an_empty_file_counts_no_lines(file, body):
    assert locate(str(file(body))).count() == 0


def test_counting_leaves_the_lines_to_be_read(file):
    source = locate(str(file(TEXT.encode())))
    assert source.count() == source.count() == len(list(source.lines()))


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
def test_a_broken_gzip_file_cannot_be_counted(file, body):
    assert locate(str(file(body, "ids.gz"))).count() is None


@pytest.mark.parametrize(
    "path",
    [Path("gone.txt"), Path("/"), Path("/dev/null"), Path("x" * 300), Path("x/" * 5000), Path("a\0b")],
    ids=lambda path: str(path)[:9],
)
def test_what_is_no_readable_file_cannot_be_counted(path):
    assert File(path).count() is None


def test_a_file_that_may_not_be_read_cannot_be_counted(file, monkeypatch):
    source = locate(str(file(TEXT.encode())))

    def refuse(*_: object, **__: object):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)
    assert source.count() is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_is_not_read_to_be_counted(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert locate(str(tmp_path / "pipe")).count() is None


def test_standard_input_and_what_is_behind_an_address_cannot_be_counted(served):
    assert locate("-").count() is None
    assert locate(f"{served.address}/list").count() is None
    assert served.agents == []


@pytest.mark.parametrize(
    ("argument", "count"),
    [("com.a.b", 1), ("com.a.b,com.c.d", 2), ("com.a.b, com.c.d,", 2), ("a.b;c.d\ne.f", 3)],
)
def test_ids_that_are_written_out_are_counted(argument, count):
    assert locate(argument).count() == count


@pytest.mark.parametrize("form", WRITTEN)
def test_lines_of_every_form_are_counted(tmp_path, form):
    (tmp_path / "ids.txt").write_bytes(WRITTEN[form])
    assert locate(str(tmp_path / "ids.txt")).count() == len(IDS)


@pytest.mark.parametrize(
    "body", [b"a.b\n\x7fELF\0\0\0\n", gzip.compress(b"a.b\n\0"), b"\x89PNG\r\n\x1a\n\0\0"]
)
def test_what_is_no_text_at_all_is_told_with_its_line(file, body):
    with pytest.raises(SourceError, match=r"line [23] of .* null character: a list is text"):
        list(locate(str(file(body))).lines())


def test_a_line_without_end_is_not_read_into_memory(file, monkeypatch):
    monkeypatch.setattr(lines_module, "_LONGEST_LINE", 1_000)
    with pytest.raises(SourceError, match=r"line 2 of .* more than 1,000 characters"):
        list(locate(str(file(b"a.b\n" + b"x" * 5_000))).lines())


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no /dev/zero")
def test_a_device_without_end_is_told():
    with pytest.raises(SourceError, match="line 1 of /dev/zero"):
        list(locate("/dev/zero").lines())
