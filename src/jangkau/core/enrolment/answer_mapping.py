"""How an answer of the insurer is written: its headings, its words, its codes, in a file that can be edited."""

from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, field_validator

from jangkau.core.enrolment.mapping import read_yaml
from jangkau.core.kernel.problems import catalogue

AnswerField = Literal["kunci", "tanda", "nik", "nama", "kpj", "hasil", "kode", "keterangan", "tanggal"]
FIELDS: tuple[AnswerField, ...] = (
    "kunci", "tanda", "nik", "nama", "kpj", "hasil", "kode", "keterangan", "tanggal",
)  # fmt: skip
OTHER = "TOLAK_LAIN"


def refusals() -> list[str]:
    """Our reasons of a refusal, as codes of the catalogue."""
    return [kode for kode in catalogue() if kode.startswith("TOLAK_")]


class Results(BaseModel):
    """The insurer's words for its two answers."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)

    diterima: list[str] = Field(min_length=1)
    ditolak: list[str] = Field(min_length=1)


class AnswerMapping(BaseModel):
    """The whole mapping, as `jawaban.yaml` explains it."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)

    kolom: dict[AnswerField, list[str]]
    hasil: Results
    kode: dict[str, str] = Field(default_factory=dict)
    kata: dict[str, str] = Field(default_factory=dict)

    @field_validator("kode", "kata")
    @classmethod
    def _ours(cls, codes: dict[str, str]) -> dict[str, str]:
        known = refusals()
        for theirs, ours in codes.items():
            if ours not in known:
                raise ValueError(f"{theirs}: tidak ada kode {ours}; pilih {', '.join(known)}")
        return codes


_ADAPTER = TypeAdapter(AnswerMapping)


def default_text() -> str:
    """Our mapping as it is written."""
    return (files("jangkau.core.enrolment") / "jawaban.yaml").read_text("utf-8")


def parse_answer_mapping(text: str, name: str) -> AnswerMapping:
    """The mapping in a text, `name` being its file. Raises PEMETAAN_JAWABAN_SALAH, naming what is wrong."""
    words = {"literal_error": f"pilih {', '.join(FIELDS)}"}
    return read_yaml(text, _ADAPTER, "PEMETAAN_JAWABAN_SALAH", name, **words)
