"""Commands that are loaded when they are asked for: a small question is answered without the whole job's libraries."""

import ast
from collections.abc import Mapping
from importlib import import_module
from importlib.resources import files
from typing import Any

import click


class LazyGroup(click.Group):
    """A group of commands by the module of `jangkau.cli` that holds them: `{"job": ("run", "check")}`."""

    def __init__(self, modules: Mapping[str, tuple[str, ...]] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._where = {name: module for module, names in (modules or {}).items() for name in names}

    @property
    def names(self) -> list[str]:
        """Every command, loaded or not."""
        return sorted({*self.commands, *self._where})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, loaded or not."""
        return self.names

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, from its module where it has one."""
        if cmd_name not in self._where:
            return super().get_command(ctx, cmd_name)
        found: click.Command = getattr(import_module(f"jangkau.cli.{self._where[cmd_name]}"), cmd_name)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands; what a command of another module says of itself is read there without loading it."""
        click.Group(commands=[self._told(ctx, name) for name in self.names]).format_commands(ctx, formatter)

    def _told(self, ctx: click.Context, name: str) -> click.Command:
        text = written(self._where[name], name) if name in self._where else None
        return click.Command(name, help=text) if text else self.get_command(ctx, name) or click.Command(name)


def written(module: str, function: str) -> str | None:
    """The docstring of a function of a module of `jangkau.cli`, as its source has it."""
    source = (files("jangkau.cli") / f"{module}.py").read_text("utf-8")
    found = [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef) and node.name == function]
    return ast.get_docstring(found[0]) if found else None
