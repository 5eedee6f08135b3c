"""The console script `jangkau`."""

from importlib import import_module

import click

from jangkau import __version__

# Module of each command in `jangkau.cli`: only that of the command asked for is loaded, so that a small question is
# answered without the whole job's libraries.
_MODULES = {
    "job": ("run", "check", "plan", "coverage", "report", "verify"),
    "link": ("link",),
    "explain": ("why", "lottery"),
    "cash": ("cash",),
    "explore": ("months", "frontier", "transfer"),
    "path": ("path",),
    "synth": ("synth",),
    "law": ("law",),
    "pages": ("docs",),
}
_WHERE = {name: module for module, names in _MODULES.items() for name in names}


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_WHERE)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _WHERE:
            return None
        found: click.Command = getattr(import_module(f"jangkau.cli.{_WHERE[cmd_name]}"), cmd_name)
        return found


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="jangkau")
def main() -> None:
    """Jangkau: dari daftar desa sampai orang yang benar-benar terlindungi BPJS Ketenagakerjaan."""
