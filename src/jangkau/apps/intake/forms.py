"""What is asked on the pages of lists."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.intake.listing import places
from jangkau.apps.intake.models import FileState
from jangkau.apps.regions.widgets import PlaceSelect


class FilterForm(forms.Form):
    """Which lists to show."""

    wilayah = forms.ChoiceField(label=_("Kecamatan"), required=False, widget=PlaceSelect)
    keadaan = forms.ChoiceField(label=_("Keadaan"), required=False, choices=[("", _("semua")), *FileState.choices])
    cari = forms.CharField(label=_("Desa atau nama berkas"), required=False, max_length=80)
    masalah = forms.BooleanField(label=_("hanya yang bermasalah"), required=False)

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        self.fields["wilayah"].choices = [("", _("semua")), *places(user)]  # type: ignore[attr-defined]


class SendForm(forms.Form):
    """For which desa or kecamatan the files are; the files themselves are read from the request."""

    untuk = forms.ChoiceField(
        label=_("Daftar ini untuk"), required=False, widget=PlaceSelect,
        help_text=_("Boleh dibiarkan: desa dicari dalam kolom, judul, nama lembar dan nama berkas."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data)
        choices = [("", _("dicari dalam berkas")), *places(user, "intake.upload", ("kecamatan", "desa"))]
        self.fields["untuk"].choices = choices  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why a list is withdrawn."""

    alasan = forms.CharField(label=_("Alasan"), min_length=5, max_length=200)


def names_of(uploads: "list[UploadedFile[Any]]", paths: list[Any]) -> list[str]:
    """The names of uploaded files with the folders they lay in, where the browser told them."""
    bare = [upload.name or "berkas" for upload in uploads]
    told = [path if isinstance(path, str) else "" for path in paths]
    if len(told) != len(bare):
        return bare
    return [path if path.rsplit("/", 1)[-1] == name else name for path, name in zip(told, bare, strict=True)]
