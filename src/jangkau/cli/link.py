"""`jangkau link`: match a workspace; its subcommands look into what the matching did."""

import click

from jangkau.cli.default_group import DefaultGroup

_MODULES = {
    "link_ambang": ("ambang",),
    "link_belajar": ("belajar",),
    "link_evaluate": ("evaluate",),
    "link_jelaskan": ("jelaskan",),
    "link_one": ("satu", "siapkan"),
    "link_pergeseran": ("pergeseran",),
    "link_tinjau": ("tinjau",),
}


def _whole() -> click.Command:
    from jangkau.cli.job import link_workspace

    return link_workspace


link = DefaultGroup(
    _whole,
    _MODULES,
    name="link",
    help="Baca dan cocokkan daftar di RUANG saja. Ruang yang bernama seperti perintah ditulis ./NAMA.",
)
