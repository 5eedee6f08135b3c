"""`jangkau link`: match a workspace; its subcommands look into what the matching did."""

import click

from jangkau.cli.default_group import DefaultGroup
from jangkau.cli.job import link_workspace
from jangkau.cli.link_ambang import ambang
from jangkau.cli.link_belajar import belajar
from jangkau.cli.link_evaluate import evaluate
from jangkau.cli.link_jelaskan import jelaskan
from jangkau.cli.link_one import satu, siapkan
from jangkau.cli.link_pergeseran import pergeseran
from jangkau.cli.link_tinjau import tinjau

link = DefaultGroup(
    link_workspace,
    name="link",
    help="Baca dan cocokkan daftar di RUANG saja. Ruang yang bernama seperti perintah ditulis ./NAMA.",
)

# Each subcommand lives in a module of its own, cli/link_<name>.py.
_COMMANDS: tuple[click.Command, ...] = (ambang, belajar, evaluate, jelaskan, pergeseran, satu, siapkan, tinjau)
for command in _COMMANDS:
    link.add_command(command)
