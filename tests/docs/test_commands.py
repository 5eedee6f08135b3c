"""What README and the guides tell a reader to type is there, and the generated pages are up to date."""

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from django.core.management import get_commands

from jangkau.cli.main import main
from jangkau.cli.pages import pages

ROOT = Path(__file__).parents[2]
COMMAND = re.compile(r"(?:^\s*|`|bin/|[|$] )jangkau ([a-z]+(?: [a-z]+)?)")
ADMIN = re.compile(r"jangkau-admin ([a-z-]+)")


def named() -> list[str]:
    texts = [ROOT / "README.md", *sorted((ROOT / "docs" / "panduan").glob("*.md"))]
    found = {
        words
        for path in texts
        for line in path.read_text("utf-8").splitlines()
        if "jangkau " in line
        for words in COMMAND.findall(line)
    }
    return sorted(found)


def test_some_commands_are_named():
    assert {words.split()[0] for words in named()} >= {"run", "check", "link", "plan", "verify", "law", "synth"}


@pytest.mark.parametrize("words", named())
def test_each_command_named_exists(words):
    first, *rest = words.split()
    command = main.get_command(click.Context(main), first)
    if rest and hasattr(command, "commands"):
        # what a default command takes is no subcommand: `jangkau link evaluate`, but `jangkau link kerja --out ...`
        default = getattr(command, "default", None)
        command = command.commands.get(rest[0], default) if default else command.commands[rest[0]]
    assert CliRunner().invoke(command, ["--help"]).exit_code == 0


def test_each_command_of_the_site_named_exists():
    texts = [ROOT / "README.md", ROOT / "Makefile", *sorted((ROOT / "docs" / "panduan").glob("*.md"))]
    named = {words for path in texts for words in ADMIN.findall(path.read_text("utf-8"))}
    assert named > {"serve", "backup", "audit"}
    assert named - set(get_commands()) == set()


@pytest.mark.parametrize("name", list(pages()))
def test_generated_pages_are_up_to_date(name):
    assert (ROOT / "docs" / name).read_text("utf-8") == pages()[name], "run `make docs`"


@pytest.mark.parametrize("target", ["run", "test", "check", "bench", "docs"])
def test_make_targets_of_the_readme_exist(target):
    assert f"make {target}" in (ROOT / "README.md").read_text("utf-8")
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


def test_every_command_listed_is_there():
    context = click.Context(main)
    for name in main.list_commands(context):
        assert main.get_command(context, name).name == name


def test_a_question_of_law_loads_no_solver():
    code = "import sys; from jangkau.cli.main import main; main.main(['law', '--help'], standalone_mode=False); "
    code += "sys.exit(any(name in sys.modules for name in ('ortools', 'splink', 'duckdb', 'jangkau.core.pipeline')))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0
