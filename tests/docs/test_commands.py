"""What README and the guides tell a reader to type is there, and the generated pages are up to date."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from jangkau.cli.main import main
from jangkau.cli.pages import pages

ROOT = Path(__file__).parents[2]
COMMAND = re.compile(r"jangkau ((?!-admin)[a-z]+(?: [a-z]+)?)")


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
    command = main.commands[first]
    if rest and hasattr(command, "commands"):
        # what a default command takes is no subcommand: `jangkau link evaluate`, but `jangkau link kerja --out ...`
        default = getattr(command, "default", None)
        command = command.commands.get(rest[0], default) if default else command.commands[rest[0]]
    assert CliRunner().invoke(command, ["--help"]).exit_code == 0


@pytest.mark.parametrize("name", list(pages()))
def test_generated_pages_are_up_to_date(name):
    assert (ROOT / "docs" / name).read_text("utf-8") == pages()[name], "run `make docs`"


@pytest.mark.parametrize("target", ["run", "test", "check", "bench", "docs"])
def test_make_targets_of_the_readme_exist(target):
    assert f"make {target}" in (ROOT / "README.md").read_text("utf-8")
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
