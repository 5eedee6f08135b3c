"""Commands that are loaded when they are asked for: a small question is answered without the whole job's libraries."""

from collections.abc import Mapping
from importlib import import_module
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
