"""Weights, chances and the names of both sides of a pair."""

from django import template
from django.utils.translation import gettext_lazy as _

from jangkau.core.kernel.formats import number

register = template.Library()

SIDES = {
    "usulan": _("Usulan desa"),
    "penduduk": _("Kependudukan"),
    "peserta": _("Peserta BPJS Ketenagakerjaan"),
    "kesejahteraan": _("Data kesejahteraan"),
}
VERDICTS = {"cocok": _("cocok"), "tinjau": _("tinjau"), "tidak": _("tidak")}


@register.filter
def kata_sisi(name: str) -> object:
    """What a list or register is called on the page."""
    return SIDES.get(name, name)


@register.filter
def kata_putusan(name: str) -> object:
    """What a decision is called on the page."""
    return VERDICTS.get(name, name)


@register.filter
def titik(value: float) -> str:
    """A length in a drawing, with a point."""
    return f"{value:.2f}"


@register.filter
def bobot(bits: float) -> str:
    """+7,2; −3,0."""
    return ("+" if bits >= 0.05 else "") + number(bits, 1)


@register.filter
def peluang(value: float) -> str:
    """0,59; what rounds to certainty says so."""
    if 0.995 <= value < 1:
        return "> 0,99"
    return "< 0,01" if 0 < value < 0.005 else number(value, 2)
