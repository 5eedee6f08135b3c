"""What is asked on the pages of monitoring."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jangkau.core.coverage import indicators
from jangkau.core.kernel.formats import long_date
from jangkau.core.tables.figures import CUTS

_DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class BoardForm(forms.Form):
    """Which indicator, as of when, cut by what."""

    indikator = forms.ChoiceField(label=_("Indikator"), required=False)
    per = forms.DateField(label=_("Keadaan"), required=False)
    potong = forms.ChoiceField(label=_("Dipotong menurut"), required=False, choices=[(c, c) for c in CUTS])

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        names = [("", ""), *((known.kode, known.nama) for known in indicators().values())]
        self.fields["indikator"].choices = names  # type: ignore[attr-defined]

    @classmethod
    def shown(cls, board: Any) -> "BoardForm":
        """The form as it stands on a board: only what there is to choose from."""
        form = cls({"indikator": board.indicator.kode, "per": board.per, "potong": board.cut})
        days = sorted({*board.line["per"].to_list()}, reverse=True)
        form.fields["indikator"].choices = [(k.kode, k.nama) for k in indicators().values() if k.kode in board.facts]  # type: ignore[attr-defined]
        form.fields["per"].widget = forms.Select(choices=[(day.isoformat(), long_date(day)) for day in days])
        form.fields["potong"].choices = [(cut, cut.replace("_", " ")) for cut in board.cuts]  # type: ignore[attr-defined]
        if not board.cuts:
            del form.fields["potong"]
        return form
