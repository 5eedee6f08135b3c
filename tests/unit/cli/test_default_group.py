"""A group that falls through to its default: `jangkau link RUANG` beside `jangkau link evaluate`."""

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from jangkau.cli.default_group import DefaultGroup
from jangkau.cli.main import main


@click.command("whole")
@click.argument("ruang")
@click.option("--out", required=True)
def whole(ruang, out):
    click.echo(f"whole {ruang} {out}")


@click.command("look")
@click.argument("out")
def look(out):
    click.echo(f"look {out}")


group = DefaultGroup(lambda: whole, name="link", commands=[look])
outer = click.Group(commands=[group])


@pytest.mark.parametrize(("command", "prefix"), [(group, []), (outer, ["link"])])
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["here", "--out", "there"], "whole here there"),
        (["--out", "there", "here"], "whole here there"),
        (["./look", "--out", "there"], "whole ./look there"),
        (["link", "--out", "there"], "whole link there"),
        (["whole", "--out", "there"], "whole whole there"),
        (["look", "there"], "look there"),
    ],
)
def test_first_word_decides(command, prefix, words, said):
    result = CliRunner().invoke(command, prefix + words)
    assert (result.exit_code, result.output.strip()) == (0, said)


def test_wrong_usage_names_the_group_and_exits_2():
    result = CliRunner().invoke(outer, ["link", "here"], prog_name="jangkau")
    assert result.exit_code == 2
    assert "Pemakaian: jangkau link [OPTIONS] RUANG" in result.output


def test_help_shows_both_ways():
    result = CliRunner().invoke(outer, ["link", "--help"])
    assert result.exit_code == 0
    assert "--out" in result.output
    assert "look" in result.output


def test_link_without_words_is_wrong_usage():
    assert CliRunner().invoke(main, ["link"]).exit_code == 2


def test_link_of_a_folder_that_is_no_workspace_says_what_to_do(tmp_path):
    result = CliRunner().invoke(main, ["link", str(tmp_path), "--out", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert "jangkau.yaml" in result.output


def test_every_command_that_is_named_is_there():
    names = [*main.names, *(f"link {name}" for name in main.get_command(None, "link").names)]
    for name in names:
        result = CliRunner().invoke(main, [*name.split(), "--help"])
        assert result.exit_code == 0, name


def test_the_list_of_commands_says_what_each_says_of_itself():
    for group in (main, main.get_command(None, "link")):
        context = click.Context(group, terminal_width=200)
        formatter, told = context.make_formatter(), context.make_formatter()
        group.format_commands(context, formatter)
        click.Group(commands=[group.get_command(context, name) for name in group.names]).format_commands(context, told)
        assert formatter.getvalue() == told.getvalue()


def test_small_questions_load_no_planner_and_no_table_of_regions():
    asked = ["--help", "run --help", "why --help", "link satu --help", "link jelaskan --help"]
    loaded = f"[main(words.split(), standalone_mode=False) for words in {asked!r}]"
    heavy = "{'pandas', 'scipy', 'lokal', 'ortools', 'jangkau.core.pipeline', 'jangkau.core.planning'}"
    work = f"import sys; from jangkau.cli.main import main; {loaded}; print(*{heavy} & sys.modules.keys())"
    told = subprocess.run([sys.executable, "-c", work], capture_output=True, text=True, check=True)
    assert told.stdout.splitlines()[-1] == ""
