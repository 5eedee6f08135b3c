"""`jangkau.yaml`: the programme's settings, strictly read."""

from collections.abc import Iterator
from datetime import date
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from jangkau.core.kernel.month import month_index
from jangkau.core.kernel.problems import Problem

SETTINGS = "jangkau.yaml"


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Ages(_Strict):
    """Age in whole years at `mulai`, both ends included."""

    min: int = Field(18, ge=0, le=120)
    maks: int = Field(64, ge=0, le=120)


class Weights(_Strict):
    """Priority points."""

    desil: dict[int, int] = Field(default_factory=dict)
    perempuan: int = 0
    disabilitas: int = 0
    kepala_keluarga: int = 0
    lanjutan: int = 0
    risiko: dict[str, int] = Field(default_factory=dict)


class Limits(_Strict):
    """Chances from which a pair is the same person (`cocok`), and from which a clerk should look (`tinjau`)."""

    cocok: float = Field(ge=0.5, lt=1)
    tinjau: float = Field(gt=0, lt=1)

    @model_validator(mode="after")
    def _in_order(self) -> "Limits":
        if self.tinjau > self.cocok:
            raise ValueError("tinjau tidak boleh lebih besar dari cocok")
        return self


class Settings(_Strict):
    """One programme: where, as of when, for whom, for how long, in which order."""

    provinsi: str
    per: date
    mulai: str
    bulan: int = Field(12, ge=1, le=60)
    usia: Ages = Ages(min=18, maks=64)
    bobot: Weights = Weights()
    penyebut: str | None = None
    benih: int | str = 0
    dasar_iuran: str = Field("minimum", pattern="^(minimum|penghasilan)$")
    ambang: Limits | None = None

    pemerataan: str | None = Field(None, pattern="^kabupaten$")

    @field_validator("provinsi", mode="before")
    @classmethod
    def _province_text(cls, value: object) -> str:
        text = str(value).strip()
        if not (text.isdigit() and len(text) == 2):
            raise ValueError("provinsi harus dua angka")
        return text

    @field_validator("mulai", mode="before")
    @classmethod
    def _month(cls, value: object) -> str:
        text = str(value).strip()
        try:
            month_index(text)
        except Problem as problem:
            raise ValueError(problem.pesan) from None
        return text

    @property
    def start(self) -> int:
        """Index of the first month planned."""
        return month_index(self.mulai)


def unknown_settings(given: Any, model: type[BaseModel] = Settings, above: str = "") -> Iterator[Problem]:
    """PENGATURAN_TIDAK_DIKENAL for each name in the content of jangkau.yaml that no setting has, also inside a part."""
    for name, value in given.items() if isinstance(given, dict) else ():
        field = model.model_fields.get(str(name))
        if field is None:
            yield Problem("PENGATURAN_TIDAK_DIKENAL", nama=f"{above}{name}", kenal=", ".join(model.model_fields))
        elif part := _part(field.annotation):
            yield from unknown_settings(value, part, f"{above}{name}.")


def _part(annotation: Any) -> type[BaseModel] | None:
    """The model among the kinds that a setting may be."""
    kinds = (annotation, *get_args(annotation))
    return next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)), None)
