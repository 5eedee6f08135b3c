"""The console script `jangkau`."""

import click

from jangkau import __version__
from jangkau.cli.lazy_group import LazyGroup
from jangkau.usage import in_indonesian

in_indonesian(click.core, click.decorators, click.exceptions, click.formatting, click.parser, click.types)

_MODULES = {
    "job": ("run", "check", "plan", "report", "verify"),
    "coverage": ("coverage",),
    "link": ("link",),
    "explain": ("why", "lottery"),
    "cash": ("cash",),
    "explore": ("months", "frontier", "transfer"),
    "path": ("path",),
    "survey": ("survey",),
    "impact": ("impact", "family"),
    "consumption": ("consumption",),
    "synth": ("synth",),
    "law": ("law",),
    "pages": ("docs",),
}


@click.group(
    cls=LazyGroup,
    modules=_MODULES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="jangkau")
def main() -> None:
    """Jangkau: dari daftar desa sampai orang yang benar-benar terlindungi BPJS Ketenagakerjaan."""
