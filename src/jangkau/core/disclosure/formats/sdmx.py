"""SDMX 3.0 with pysdmx: one structure for all datasets, data as SDMX-ML and SDMX-CSV 2.0, `Q` where it is closed."""

from datetime import UTC, datetime, time
from functools import cache

import polars as pl
from pysdmx.io import write_sdmx
from pysdmx.io.format import Format
from pysdmx.io.pd import PandasDataset
from pysdmx.model import (
    Code,
    Codelist,
    Component,
    Components,
    Concept,
    ConceptScheme,
    Dataflow,
    DataStructureDefinition,
    DataType,
    Organisation,
    Role,
)
from pysdmx.model.dataflow import Schema
from pysdmx.model.message import Header

from jangkau.core.disclosure.formats.about import MEASURES, About, Dataset
from jangkau.core.tables.open_data import OPEN

AGENCY, FLOW, VERSION = "JANGKAU", "TERBUKA", "1.0"
STATUSES = {"A": "terbit", "Q": "ditutup agar tidak membuka keterangan tentang orang"}
_CONCEPTS = {
    "INDIKATOR": "Indikator", "WILAYAH": "Wilayah (kode Kemendagri)", "KELAS": "Kelas", "UKURAN": "Ukuran",
    "TIME_PERIOD": "Tanggal", "OBS_VALUE": "Nilai", "OBS_STATUS": "Status", "UNIT_MEASURE": "Satuan",
}  # fmt: skip
_DIMENSIONS = ("INDIKATOR", "WILAYAH", "KELAS", "UKURAN", "TIME_PERIOD")


def structure(found: list[Dataset], about: About) -> str:
    """The structure message: codelists, concepts, the data structure and its dataflow."""
    lists = _codelists(found, about)
    dsd = DataStructureDefinition(
        id="DSD_TERBUKA", agency=AGENCY, version=VERSION, name="Data terbuka", components=_components(lists)
    )
    flow = Dataflow(id=FLOW, agency=AGENCY, version=VERSION, name="Data terbuka", structure=dsd)
    parts = [*lists.values(), _concepts(), dsd, flow]
    return str(write_sdmx(parts, Format.STRUCTURE_SDMX_ML_3_0, header=_header(about)))


def xml(one: Dataset) -> str:
    """The figures as SDMX-ML 3.0."""
    return str(write_sdmx([_dataset(one)], Format.DATA_SDMX_ML_3_0, header=_header(one.about)))


def csv(one: Dataset) -> str:
    """The figures as SDMX-CSV 2.0."""
    return str(write_sdmx([_dataset(one)], Format.DATA_SDMX_CSV_2_0_0))


def _dataset(one: Dataset) -> PandasDataset:
    schema = Schema(
        context="dataflow", agency=AGENCY, id=FLOW, version=VERSION, components=_components({}), artefacts=[]
    )
    return PandasDataset(structure=schema, data=_observations(one).to_pandas())


def _observations(one: Dataset) -> pl.DataFrame:
    """One row a number; what an open figure does not have is left out."""
    rows = one.coded.select(
        *one.measures, WILAYAH="wilayah", KELAS="kelas_kode", TIME_PERIOD=pl.col("per").cast(pl.String),
        INDIKATOR=pl.lit(one.code.upper()), buka=pl.col("status") == OPEN,
    )  # fmt: skip
    keys = ("WILAYAH", "KELAS", "TIME_PERIOD", "INDIKATOR", "buka")
    long = rows.unpivot(list(one.measures), index=list(keys), variable_name="UKURAN", value_name="n")
    kept = long.filter(pl.col("n").is_not_null() | ~pl.col("buka"))
    unit = pl.when(pl.col("UKURAN") == "nilai").then(pl.lit(one.unit)).otherwise(pl.lit(""))
    told = kept.with_columns(
        pl.col("UKURAN").str.to_uppercase(), UNIT_MEASURE=unit,
        OBS_VALUE=pl.col("n").cast(pl.String).str.replace(r"\.0$", "").fill_null(""),
        OBS_STATUS=pl.when(pl.col("n").is_null()).then(pl.lit("Q")).otherwise(pl.lit("A")),
    )  # fmt: skip
    return told.select(*_DIMENSIONS, "OBS_VALUE", "OBS_STATUS", "UNIT_MEASURE").sort(*_DIMENSIONS)


def _codelists(found: list[Dataset], about: About) -> dict[str, Codelist]:
    regions = sorted({code for one in found for code in one.rows["wilayah"].unique()})
    classes = {code: name for one in found for code, name in one.classes.items()}
    lists = {
        "INDIKATOR": {one.code.upper(): one.name for one in found},
        "WILAYAH": {code: about.regions.get(code, code) for code in regions},
        "KELAS": dict(sorted(classes.items())),
        "UKURAN": {name.upper(): label for name, label in MEASURES.items()},
        "OBS_STATUS": STATUSES,
    }
    return {
        concept: Codelist(
            id=f"CL_{concept}", agency=AGENCY, version=VERSION, name=_CONCEPTS[concept],
            items=[Code(id=code, name=name) for code, name in codes.items()],
        )
        for concept, codes in lists.items()
    }  # fmt: skip


@cache
def _concepts() -> ConceptScheme:
    urn = f"urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept={AGENCY}:CS_TERBUKA({VERSION})."
    items = [Concept(id=code, name=name, urn=urn + code, dtype=_type(code)) for code, name in _CONCEPTS.items()]
    return ConceptScheme(id="CS_TERBUKA", agency=AGENCY, version=VERSION, name="Konsep", items=items)


def _type(code: str) -> DataType:
    return {"TIME_PERIOD": DataType.DATE, "OBS_VALUE": DataType.DOUBLE}.get(code, DataType.STRING)


def _components(lists: dict[str, Codelist]) -> Components:
    return Components([_component(concept, lists.get(concept.id)) for concept in _concepts().items])


def _component(concept: Concept, codes: Codelist | None) -> Component:
    if concept.id in _DIMENSIONS:
        role = Role.DIMENSION
    else:
        role = Role.MEASURE if concept.id == "OBS_VALUE" else Role.ATTRIBUTE
    return Component(
        id=concept.id, required=role is Role.DIMENSION, role=role, concept=concept, local_codes=codes,
        local_dtype=_type(concept.id), attachment_level="O" if role is Role.ATTRIBUTE else None,
    )  # fmt: skip


def _header(about: About) -> Header:
    made = datetime.combine(about.day, time(), UTC)
    return Header(id=f"EDISI_{about.number}", sender=Organisation(id=AGENCY), prepared=made)
