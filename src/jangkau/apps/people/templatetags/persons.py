"""Months, payers and points in words."""

from django import template
from django.utils.translation import gettext_lazy as _

from jangkau.apps.people.months import PAYERS

register = template.Library()

_POINTS = {
    "perempuan": _("Perempuan"), "disabilitas": _("Penyandang disabilitas"), "kepala_keluarga": _("Kepala keluarga"),
    "lanjutan": _("Lanjutan, subsidi pernah putus"), "desil": _("Desil kesejahteraan"),
    "risiko": _("Pekerjaan berisiko"),
}  # fmt: skip


@register.filter
def pembayar(letter: str) -> object:
    """Who a letter of the strip is."""
    return PAYERS.get(letter, "–")


@register.filter
def kata_poin(name: str) -> object:
    """What gives points."""
    return _POINTS.get(name, name.replace("_", " ").capitalize())
