"""A command that has subcommands and still works by itself."""

from collections.abc import Callable, Mapping
from typing import Any

import click

from jangkau.cli.lazy_group import LazyGroup

_HELP = ("-h", "--help")


class DefaultGroup(LazyGroup):
    """A group whose first word, where it is none of its subcommands, belongs to its `default` command.

    `jangkau link RUANG --out KELUARAN` runs the default; a folder called like a subcommand is given as `./name`.
    """

    def __init__(
        self, default: Callable[[], click.Command], modules: Mapping[str, tuple[str, ...]] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(modules, **kwargs)
        self._default = default

    @property
    def default(self) -> click.Command:
        """The command that the group itself is."""
        return self._default()

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The default's own context, under the group's name, unless a subcommand or help is asked for."""
        if args and args[0] not in (*self.names, *_HELP):
            return self.default.make_context(info_name, args, parent, **extra)
        return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Whichever command the context is of."""
        return super().invoke(ctx) if ctx.command is self else ctx.command.invoke(ctx)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Usage of the default, then of a subcommand."""
        formatter.write_usage(ctx.command_path, " ".join(self.default.collect_usage_pieces(ctx)))
        formatter.write_usage(ctx.command_path, "COMMAND [ARGS]...", prefix="       ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options of the default, then the subcommands."""
        self.default.format_options(ctx, formatter)
        self.format_commands(ctx, formatter)
