"""The console script `jangkau`."""

import click

from jangkau import __version__
from jangkau.cli.cash import cash
from jangkau.cli.explain import lottery, why
from jangkau.cli.explore import frontier, months, transfer
from jangkau.cli.job import check, coverage, plan, report, run, verify
from jangkau.cli.law import law
from jangkau.cli.link import link
from jangkau.cli.pages import docs
from jangkau.cli.path import path
from jangkau.cli.synth import synth


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="jangkau")
def main() -> None:
    """Jangkau: dari daftar desa sampai orang yang benar-benar terlindungi BPJS Ketenagakerjaan."""


JOB = (run, check, link, plan, coverage, report, verify)
ABOUT_A_PLAN = (why, lottery, cash, months, frontier, transfer, path)
for command in (*JOB, *ABOUT_A_PLAN, synth, law, docs):
    main.add_command(command)
