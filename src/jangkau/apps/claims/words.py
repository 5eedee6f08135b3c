"""What the law asks, in the language of the reader; the core's own words are the Indonesian."""

from django.utils.translation import gettext, gettext_noop

from jangkau.core.law.claims import Condition

KNOWN = (
    gettext_noop("Kepesertaan masih berlaku (menunggak paling lama %(bulan)s bulan)"),
    gettext_noop("Tunggakan iuran dilunasi"),
    gettext_noop("Iuran %(bulan)s bulan berturut-turut sudah dibayar"),
    gettext_noop("Peserta penerima upah"),
    gettext_noop("Iuran %(bulan)s bulan dalam %(jendela)s bulan terakhir"),
    gettext_noop("Beasiswa: masa iuran %(bulan)s bulan (sudah %(sudah)s)"),
)


def condition(asked: Condition) -> str:
    """A condition of the law."""
    return gettext(asked.text) % asked.given
