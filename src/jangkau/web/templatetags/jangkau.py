"""Numbers, money, dates and long numbers as officials write them."""

from datetime import date
from typing import Any

from django import template
from django.utils.translation import gettext as _

from jangkau.apps.accounts.permissions import allowed
from jangkau.apps.audit.masking import mask_number
from jangkau.apps.claims import words as law
from jangkau.apps.enrolment import words as lifecycle
from jangkau.apps.enrolment.models.membership import OVER
from jangkau.apps.intake.sight import veil
from jangkau.apps.people.months import month_name
from jangkau.apps.regions.selectors import path_name, region_name
from jangkau.core.law.claims import Condition
from jangkau.web.menu import MEMBERSHIP, MONITORING, PARTNERS, Module

register = template.Library()


@register.inclusion_tag("parts/tabs.html", takes_context=True)
def membership(context: dict[str, Any]) -> dict[str, Any]:
    """The tabs of memberships that the user may open."""
    return _tabs(context, MEMBERSHIP, _("Bagian kepesertaan"))


@register.inclusion_tag("parts/tabs.html", takes_context=True)
def monitoring(context: dict[str, Any]) -> dict[str, Any]:
    """The tabs of monitoring that the user may open."""
    return _tabs(context, MONITORING, _("Bagian monev"))


@register.inclusion_tag("parts/tabs.html", takes_context=True)
def mitra(context: dict[str, Any]) -> dict[str, Any]:
    """The tabs of partners that the user may open."""
    return _tabs(context, PARTNERS, _("Bagian mitra"))


def _tabs(context: dict[str, Any], modules: list[Module], label: str) -> dict[str, Any]:
    request = context["request"]
    tabs = [(module.url, module.label) for module in modules if allowed(request.user, module.permission)]
    return {"tabs": tabs, "path": request.path, "label": label}


@register.filter
def angka(value: object) -> str:
    """1234567 -> 1.234.567; 12.5 -> 12,5; nothing -> –; minus as a true minus."""
    if value is None or value == "":
        return "–"
    if isinstance(value, float):
        return _indonesian(f"{value:,.1f}".removesuffix(".0"))
    return _indonesian(f"{int(str(value)):,}")


@register.filter
def terbuka(value: object, status: str) -> str:
    """A number of open data; a closed one as a colon, as statistical offices mark it."""
    return ":" if value is None and status == "ditutup" else angka(value)


@register.filter
def rupiah(value: object) -> str:
    """16800 -> Rp 16.800, with a space that does not break."""
    return f"Rp\N{NO-BREAK SPACE}{angka(value)}"


@register.filter
def nik(value: str | None) -> str:
    """A NIK or other long number, masked."""
    return mask_number(value) if value else "–"


@register.filter
def samar(text: object) -> str:
    """Words as someone wrote them, long numbers in them veiled."""
    return veil(str(text))


@register.filter
def under(path: str, address: str) -> bool:
    """Whether a path is the address or lies below it; home only itself."""
    return path == address if address == "/" else path.startswith(address)


@register.filter
def wilayah(code: str) -> str:
    """The name of a region."""
    return region_name(code)


@register.filter
def jalur_wilayah(code: str) -> str:
    """Its names from kabupaten down."""
    return path_name(code)


@register.filter
def tanggal(value: date | None) -> str:
    """22 November 2026."""
    from django.utils.formats import date_format

    return date_format(value, "j F Y") if value else "–"


@register.filter
def bulan(index: int) -> str:
    """A month index as "Maret 2027"."""
    return month_name(index)


@register.filter
def keadaan(code: str) -> str:
    """The name of a state of a membership."""
    return lifecycle.state(code)


@register.filter
def alasan_selesai(reason: str) -> str:
    """Why a membership ended; without a reason that it did."""
    return lifecycle.meaning(OVER, reason)


@register.filter
def syarat(asked: Condition) -> str:
    """A condition of the law."""
    return law.condition(asked)


@register.filter
def permil(value: float) -> str:
    """A percentage as a length of 1000, for drawings."""
    return f"{min(100.0, max(0.0, float(value))) * 10:.0f}"


@register.filter
def item(names: dict[str, object], key: str) -> object:
    """The value of a key, or the key."""
    return names.get(key, key)


@register.filter
def cut_bars(text: str) -> str:
    """a|b -> a, b."""
    return text.replace("|", ", ")


@register.filter
def persen_teliti(value: float) -> str:
    """0.001166 -> 0,0012: a small percentage with two digits that say something; 0 -> 0."""
    return f"{float(value):.2g}".replace(".", ",") if value >= 0.0001 or not value else "< 0,0001"


@register.filter
def cut_underscores(text: str) -> str:
    """miskin_ekstrem -> miskin ekstrem."""
    return text.replace("_", " ")


def _indonesian(text: str) -> str:
    return text.translate(str.maketrans(",.-", ".,−"))
