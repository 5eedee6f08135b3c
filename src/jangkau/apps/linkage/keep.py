"""Bringing the database to what a run found: only what differs is written, inside the caller's transaction."""

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Any

import polars as pl
from django.db import connection
from django.db.models import Model

from jangkau.apps.linkage import bulk
from jangkau.apps.linkage.models import Decision, Link, Member, Person, PersonState, PersonWord, Turn, WordCount
from jangkau.apps.linkage.run import Found
from jangkau.apps.linkage.words import words_of

TWICE = frozenset("0")  # first hex digits of the print of pairs that two clerks look at: one in sixteen
SETTLED = (
    "nik", "nik_balik", "nama", "tanggal_lahir", "jenis_kelamin", "kode_desa", "pekerjaan", "desil", "disabilitas",
    "hubungan", "status_tautan", "layak", "alasan", "poin", "rincian_poin",
)  # fmt: skip
PERSON = ("id", "id_pekerja", "region_code", "state", *SETTLED)
MEMBER = ("id", "id_usulan", "person", "region_code", "fingerprint", "sidik")
PAIR = ("member", "register", "id_register")
LINK = (*PAIR, "peluang", "keputusan", "cara", "region_code", "turn", "urutan", "ganda", "tanda")
CONTENT = ("isi", "bukti")


def keep(found: Found) -> dict[str, int]:
    """Write persons, rows and links; returns how many of each were new, changed and gone.

    A person whose rows now name another points to that one.
    """
    people, touched = _keep_persons(found)
    old = _known(Member, found.members.select(MEMBER).schema)
    rows, moved = _keep_members(found, old)
    _keep_lost(found, old)
    words = _keep_words(found, pl.concat([touched, moved]).unique())
    return people | rows | {"kata": words} | _keep_links(found)


def _keep_persons(found: Found) -> tuple[dict[str, int], pl.Series]:
    """The counts, and the persons that are new or changed."""
    new = found.persons.with_columns(state=pl.lit(PersonState.HERE.value)).select(PERSON)
    both = _differing(new, _known(Person, new.schema), ("id",))
    added, changed = (some.with_columns(pl.col("tanggal_lahir").cast(pl.String)) for some in both)
    bulk.insert(Person, PERSON, added.iter_rows())
    names = (*PERSON[2:], "merged_into")
    bulk.update(Person, names, changed.with_columns(merged_into=pl.lit(None)).select(*names, "id").iter_rows())
    counts = {"orang": len(new), "orang_baru": len(added), "orang_berubah": len(changed)}
    return counts, pl.concat([added["id"], changed["id"]])


def _keep_words(found: Found, touched: pl.Series) -> int:
    """The words of these persons anew, by their settled name and by every name on a list; how many persons."""
    people = found.persons.select("nama", "region_code", person="id").filter(pl.col("person").is_in(touched.implode()))
    bulk.delete(PersonWord, people["person"].to_list(), by="person")
    listed = found.names.join(people, on="person", how="semi")
    names = pl.concat([people.select("person", "nama"), listed]).drop_nulls()
    words = words_of(names).join(people.select("person", "region_code"), on="person")
    bulk.insert(
        PersonWord, ("word", "region_code", "person"), words.select("word", "region_code", "person").iter_rows()
    )
    return len(people)


def count_words() -> None:
    """Count anew how many persons each word has."""
    counts, words = WordCount._meta.db_table, PersonWord._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {counts}")
        cursor.execute(
            f"INSERT INTO {counts} (word, persons) SELECT word, count(*) FROM {words} "
            "WHERE word NOT LIKE '%% %%' GROUP BY word",
            [],
        )


def _keep_members(found: Found, old: pl.DataFrame) -> tuple[dict[str, int], pl.Series]:
    """The counts, and the persons whose rows are not what they were."""
    new = found.members.select(MEMBER)
    added, changed = _differing(new, old, ("id",))
    lost = old.join(new, on="id", how="anti")
    gone = lost["id"].to_list()
    bulk.delete(Link, gone, by="member")
    bulk.delete(Member, gone)
    bulk.insert(Member, MEMBER, added.iter_rows())
    bulk.update(Member, MEMBER[2:], changed.select(*MEMBER[2:], "id").iter_rows())
    before = old.join(changed, on="id", how="semi")
    touched = pl.concat([some["person"] for some in (added, changed, lost, before)])
    return {"baris": len(new), "baris_baru": len(added), "baris_hilang": len(gone)}, touched


def _keep_lost(found: Found, old: pl.DataFrame) -> None:
    """Persons that no row names any more: part of whoever has most of their rows now, or gone with them."""
    here = Person.objects.filter(state=PersonState.HERE).values_list("pk", flat=True)
    lost = pl.DataFrame({"lama": list(here)}, schema={"lama": pl.Int64})
    lost = lost.join(found.persons.select(lama="id"), on="lama", how="anti")
    moved = old.select("id", lama="person").join(lost, on="lama").join(found.members.select("id", "person"), on="id")
    ranked = moved.group_by("lama", "person").len().sort("lama", "len", "person", descending=[False, True, False])
    heirs = dict(ranked.unique("lama", keep="first").select("lama", "person").iter_rows())
    rows = [
        ((PersonState.MERGED if key in heirs else PersonState.GONE).value, heirs.get(key), key) for key in lost["lama"]
    ]
    bulk.update(Person, ("state", "merged_into"), rows)
    bulk.delete(PersonWord, lost["lama"].to_list(), by="person")


def _keep_links(found: Found) -> dict[str, int]:
    new = _queued(found)
    old = _known(Link, {"id": pl.Int64, **new.select(LINK).schema})
    new = _as_seen(new, old)
    added, changed = _differing(new, old, PAIR, LINK)
    changed = changed.join(old.select("id", *PAIR), on=PAIR)
    gone = old.join(new, on=PAIR, how="anti")
    bulk.delete(Link, gone["id"].to_list())
    bulk.insert(Link, (*LINK, *CONTENT), added.select(*LINK, *CONTENT).iter_rows())
    bulk.update(Link, LINK[3:], changed.select(*LINK[3:], "id").iter_rows())
    told = changed.filter(~_kept_as_seen())
    bulk.update(Link, CONTENT, told.select(*CONTENT, "id").iter_rows())
    return {"tautan": len(new), "tautan_baru": len(added), "tautan_berubah": len(changed), "tautan_hilang": len(gone)}


def _as_seen(new: pl.DataFrame, old: pl.DataFrame) -> pl.DataFrame:
    """A pair that a clerk decided keeps what the clerk saw, for whoever looks at it a second time."""
    before = old.select(*PAIR, lama="tanda", dulu="urutan")
    both = new.join(before, on=PAIR, how="left", maintain_order="left")
    seen = _kept_as_seen() & pl.col("lama").is_not_null()
    tanda = pl.when(seen).then("lama").otherwise("tanda")
    return both.with_columns(tanda=tanda, urutan=pl.when(seen).then("dulu").otherwise("urutan")).drop("lama", "dulu")


def _kept_as_seen() -> pl.Expr:
    return (pl.col("cara") == "petugas") & pl.col("bukti").is_null()


def _queued(found: Found) -> pl.DataFrame:
    """Links with their turn in review, whether two look at them, and a print of what is shown.

    While it is open which resident a row is, its other registers wait: they follow from that.
    """
    links = found.links.join(_words(found), on=["id_usulan", "register", "id_register"], how="left")
    said = pl.col("kata").fill_null(0)
    key = links.select(pl.concat_str("id_usulan", "register", "id_register", separator="|")).to_series().to_list()
    twice = [_print(text)[0] in TWICE for text in key]
    shown = links.select(pl.concat_str(pl.col(CONTENT).fill_null(""), separator="|")).to_series().to_list()
    links = links.with_columns(
        ganda=pl.Series(twice, dtype=pl.Boolean),
        tanda=pl.Series([_print(text) if text != "|" else "" for text in shown], dtype=pl.String),
        urutan=pl.col("urutan").cast(pl.Int64),
    )
    first = (pl.col("register") == "penduduk") & (pl.col("keputusan") == "tinjau")
    derived = (pl.col("register") != "penduduk") & first.any().over("member")
    turn = (
        pl.when((pl.col("keputusan") == "tinjau") & derived & (said == 0)).then(pl.lit(Turn.NONE.value))
        .when((pl.col("keputusan") == "tinjau") & (said >= 2)).then(pl.lit(Turn.THIRD.value))
        .when(pl.col("keputusan") == "tinjau").then(pl.lit(Turn.FIRST.value))
        .when((pl.col("cara") == "petugas") & pl.col("ganda") & (said == 1)).then(pl.lit(Turn.SECOND.value))
        .otherwise(pl.lit(Turn.NONE.value))
    )  # fmt: skip
    return links.with_columns(turn=turn)


def _words(found: Found) -> pl.DataFrame:
    """How many decisions stand on each pair as its row is now: id_usulan, register, id_register, kata."""
    names = ("id_usulan", "register", "id_register", "sidik")
    known = Decision.objects.filter(undone_at=None).values_list(*names)
    said = pl.DataFrame(list(known), schema=dict.fromkeys(names, pl.String), orient="row")
    now = said.join(found.members.select("id_usulan", "sidik"), on=["id_usulan", "sidik"], how="semi")
    return now.group_by(names[:3]).agg(kata=pl.len())


def is_twice(id_usulan: str, register: str, id_register: str) -> bool:
    """Whether two clerks look at this pair; the same pairs in every run."""
    return _print(f"{id_usulan}|{register}|{id_register}")[0] in TWICE


def _print(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()


def _known(model: type[Model], schema: Mapping[str, Any]) -> pl.DataFrame:
    """What the database holds, in these columns and types."""
    rows = model._default_manager.values_list(*schema).iterator(chunk_size=50_000)
    return pl.DataFrame(list(rows), schema=dict(schema), orient="row")


def _differing(
    new: pl.DataFrame, old: pl.DataFrame, key: Sequence[str], names: Sequence[str] = ()
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows of `new` whose key `old` lacks, and those that say something else than `old` does."""
    added = new.join(old, on=key, how="anti", maintain_order="left")
    rest = new.join(old, on=key, how="semi", maintain_order="left")
    return added, rest.join(old, on=names or new.columns, how="anti", nulls_equal=True, maintain_order="left")
