"""Every command and code block of the docs runs, as a user would run it, against the local store."""

from __future__ import annotations

import re

import pytest

from tests.docs import shell
from tests.docs.pages import PAGES, Block, named, split
from tests.docs.shell import BlockError, Folder, as_expected, session, settings_of

WITH_BLOCKS = [page for page in PAGES if split(page)[1]]


@pytest.fixture
def folder(tmp_path, request) -> Folder:
    """A user's folder; without a store, if the test does not ask for one."""
    store = (
        request.getfixturevalue("store").address if "page" in request.fixturenames else "http://127.0.0.1:9"
    )
    return Folder(tmp_path / "project", tmp_path / "home", tmp_path / "state", store)


@pytest.mark.crawl
@pytest.mark.parametrize("page", WITH_BLOCKS, ids=named)
def test_all_blocks_of_a_page_run_in_order(page, folder):
    for block in split(page)[1]:
        shell.run(block, folder)


def test_there_are_blocks_to_run():
    assert {"README.md", "docs/quickstart.md", "docs/settings.md"} <= {named(page) for page in WITH_BLOCKS}


@pytest.mark.parametrize(
    ("pattern", "why"), [entry[:2] for entry in shell.NOT_RUN], ids=lambda value: value[:20]
)
def test_every_line_that_is_left_out_stands_in_a_page(pattern, why):
    lines = [
        line.partition(" #")[0].strip()
        for page in WITH_BLOCKS
        for block in split(page)[1]
        for line in block.text.splitlines()
    ]
    assert why
    assert any(re.fullmatch(pattern, line) for line in lines)


# The runner itself.


def block(text, language="sh"):
    return Block(PAGES[0], 1, language, text)


def test_a_command_that_fails_is_told(folder):
    with pytest.raises(BlockError, match="exit code 3"):
        shell.run(block("(exit 3)\necho not reached\n"), folder)


def test_a_command_that_fails_in_a_pipe_is_told(folder):
    with pytest.raises(BlockError, match="exit code 1"):
        shell.run(block("false | cat\n"), folder)


def test_folder_and_variables_stay_for_the_next_block(folder):
    shell.run(block("mkdir inner\ncd inner\nexport WORD='two words'\n"), folder)
    shell.run(block('$ basename $PWD\ninner\n$ echo "$WORD"\ntwo words\n', "console"), folder)
    shell.run(block("from pathlib import Path\nPath('made').touch()\n", "python"), folder)
    assert (folder.path / "inner" / "made").exists()


def test_a_session_prints_what_it_says_and_exits_as_it_says(folder):
    shell.run(block("$ echo one; false\none\n$ echo $?\n1\n$ seq 4\n1\n...\n4\n", "console"), folder)
    with pytest.raises(BlockError, match="is to print"):
        shell.run(block("$ echo one\ntwo\n", "console"), folder)
    with pytest.raises(BlockError, match="exit code 1"):
        shell.run(block("$ false\n", "console"), folder)


@pytest.mark.parametrize(
    ("output", "expected", "same"),
    [
        ("a\n", "a\n", True),
        ("a", "a\n", True),
        ("a  \n", "a\n", True),
        ("took 3 s\n", "took ... s\n", True),
        ("took 3 min\n", "took ... s\n", False),
        ("a\nb\nc\n", "a\n...\nc\n", True),
        ("a\nc\n", "a\n...\nc\n", True),
        ("a\nb\n", "a\n", False),
        ("", "", True),
        ("warning\n", "", False),
    ],
)
def test_an_output_is_compared_but_for_its_dots(output, expected, same):
    assert as_expected(output, expected) is same


def test_commands_of_a_session_may_go_on_over_lines():
    assert session("$ echo \\\n>  a\na\n$ b\n") == [("echo \\\n a\n", "a\n"), ("b\n", "")]


@pytest.mark.parametrize("language", ["bash", "yaml", "html", "shell"])
def test_a_block_that_nobody_knows_how_to_run_is_told(language, folder):
    with pytest.raises(BlockError, match="nobody knows"):
        shell.run(block("x\n", language), folder)


@pytest.mark.parametrize("command", ["sudo ls\n", "curl -O x\n", "crontab -e\n"])
def test_a_command_that_no_test_may_run_is_told(command, folder):
    with pytest.raises(BlockError, match="nobody says why"):
        shell.run(block(command), folder)


@pytest.mark.parametrize(
    ("language", "text"),
    [("json", "{'a': 1}\n"), ("toml", "a =\n"), ("ini", "a = 1\n"), ("python", "# x.py\nif\n")],
)
def test_data_that_is_none_is_told(language, text, folder):
    with pytest.raises(BlockError):
        shell.run(block(text, language), folder)


def test_a_block_named_by_its_first_line_is_that_file(folder):
    shell.run(block("# mine/greeting.py\nWORD = 'hello'\n", "python"), folder)
    shell.run(
        block("$ python -c 'import mine.greeting; print(mine.greeting.WORD)'\nhello\n", "console"), folder
    )


def test_a_crontab_is_run_with_its_percent_signs(folder):
    shell.run(block("0 3 * * 1  cd ~/playfast && touch a-$(date +\\%Y)\n", "cron"), folder)
    assert list(folder.path.glob("a-2*"))
    for line in ("0 3 * * 1 touch $(date +%Y)\n", "0 3 * * touch b\n"):
        with pytest.raises(BlockError):
            shell.run(block(line, "cron"), folder)


def test_settings_are_told_from_programs():
    assert settings_of("FEEDS = {'a': 1}\nX_Y = 2\n") == {"FEEDS": {"a": 1}, "X_Y": 2}
    assert settings_of("FEEDS = {}\nprint(FEEDS)\n") == {}
    assert settings_of("import json\n") == {}
