"""What one decision changes at once: the pair, its rivals, who is one person; and how it is put back exactly."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import polars as pl

from jangkau.apps.intake.selectors import effective_rows, usulan_frame
from jangkau.apps.linkage import bulk
from jangkau.apps.linkage.identity import person_key, person_text
from jangkau.apps.linkage.models import Link, Member, Person, PersonState, PersonWord, Turn
from jangkau.apps.linkage.words import words_of
from jangkau.core.engine import frame, polars
from jangkau.core.linkage.people import persons
from jangkau.core.tables.common import PROPOSALS
from jangkau.core.tables.registers import KESEJAHTERAAN, PENDUDUK
from jangkau.core.tables.results import TAUTAN
from jangkau.core.tables.schema import Frame, Table

Before = dict[str, Any]
SINGLE = ("penduduk", "kesejahteraan")  # one row of these is one person
_FACTS = (
    "nik", "nik_balik", "nama", "tanggal_lahir", "jenis_kelamin", "kode_desa", "pekerjaan", "desil", "disabilitas",
    "hubungan", "status_tautan",
)  # fmt: skip
_LINK = ("peluang", "keputusan", "cara", "turn")
_JUDGED = {"layak": None, "alasan": "", "poin": None, "rincian_poin": ""}
_PERSON = ("state", "merged_into_id", "region_code", *_FACTS, *_JUDGED)


class Record:
    """Remembers what things were before they changed, each once."""

    def __init__(self) -> None:
        self.before: Before = {"links": {}, "members": {}, "persons": {}, "new_links": [], "new_persons": []}

    def link(self, link: Link) -> None:
        """A link is about to change."""
        self.before["links"].setdefault(str(link.pk), [getattr(link, name) for name in _LINK])

    def member(self, member: Member) -> None:
        """A row is about to name another person."""
        self.before["members"].setdefault(str(member.pk), member.person_id)

    def person(self, person: Person) -> None:
        """A person is about to change."""
        values = [getattr(person, name) for name in _PERSON]
        plain = [value.isoformat() if hasattr(value, "isoformat") else value for value in values]
        self.before["persons"].setdefault(str(person.pk), plain)


def say(link: Link, keputusan: str, turn: str) -> Before:
    """Make the pair what a clerk says it is, with all that follows at once; returns what was before.

    In: `keputusan` cocok or tidak. Inside the caller's transaction.
    """
    record = Record()
    if link._state.adding:
        link.save()
        record.before["new_links"].append(link.pk)
    else:
        record.link(link)
    was = link.keputusan
    link.peluang, link.keputusan, link.cara, link.turn = float(keputusan == "cocok"), keputusan, "petugas", turn
    link.save(update_fields=_LINK)
    if keputusan == "cocok" and link.register in SINGLE:
        _refuse_rivals(link, record)
    if link.register == PROPOSALS:
        _pair(link, record)
    elif link.register == "penduduk" and keputusan == "cocok":
        _join(link, record)
    elif link.register == "penduduk" and was == "cocok":
        _leave(link, record)
    elif link.register != "peserta":
        _settle([link.member.person], record)
    return record.before


def reopen(link: Link, turn: str, peluang: float | None = None) -> Before:
    """Give the pair's turn to somebody else; with `peluang` it is undecided again, as the model had it."""
    record = Record()
    record.link(link)
    link.turn = turn
    if peluang is not None:
        link.peluang, link.keputusan, link.cara = peluang, "tinjau", "model"
    link.save(update_fields=_LINK)
    return record.before


def put_back(before: Before) -> None:
    """Restore what `say` or `reopen` changed, exactly."""
    for key, values in before.get("links", {}).items():
        Link.objects.filter(pk=key).update(**dict(zip(_LINK, values, strict=True)))
    touched = [int(key) for key in before.get("persons", {})]
    for key, values in before.get("persons", {}).items():
        Person.objects.filter(pk=key).update(**dict(zip(_PERSON, values, strict=True)))
    for key, person in before.get("members", {}).items():
        Member.objects.filter(pk=key).update(person_id=person)
    Link.objects.filter(pk__in=before.get("new_links", [])).delete()
    new = before.get("new_persons", [])
    PersonWord.objects.filter(person_id__in=new).delete()
    Person.objects.filter(pk__in=new).delete()
    write_words(touched)


def _refuse_rivals(link: Link, record: Record) -> None:
    """One row of the register is the person, so the row's other candidates are not."""
    for rival in Link.objects.filter(member=link.member, register=link.register).exclude(pk=link.pk):
        record.link(rival)
        rival.peluang, rival.keputusan, rival.turn = 0.0, "tidak", Turn.NONE
        rival.save(update_fields=_LINK)


def _anchor(members: Iterable[Member]) -> dict[str, set[int]]:
    """Residents that these rows are settled on: the resident's key, and the rows."""
    found: dict[str, set[int]] = {}
    links = Link.objects.filter(member__in=list(members), register="penduduk", keputusan="cocok")
    for member, resident in links.values_list("member_id", "id_register"):
        found.setdefault(resident, set()).add(member)
    return found


def _join(link: Link, record: Record) -> None:
    """The row is that resident: it joins whoever else is, with its whole person unless that is another resident."""
    own = list(link.member.person.members.all())
    others = [key for key in _anchor([m for m in own if m.pk != link.member_id]) if key != link.id_register]
    moving = [link.member] if others else own
    holders = Link.objects.filter(register="penduduk", id_register=link.id_register, keputusan="cocok")
    holder = holders.exclude(member__in=own).select_related("member__person").first()
    there = list(holder.member.person.members.all()) if holder else []
    staying = [m for m in own if m not in moving]
    _regroup([moving + there, staying], record)


def _leave(link: Link, record: Record) -> None:
    """The row is not that resident: it leaves a person that is it through other rows."""
    own = list(link.member.person.members.all())
    staying = [m for m in own if m.pk != link.member_id]
    if link.id_register in _anchor(staying):
        _regroup([[link.member], staying], record)
    else:
        _settle([link.member.person], record)


def _pair(link: Link, record: Record) -> None:
    """Two rows: one person with all others that either is; or the first one leaves the other's. Residents stand."""
    other = Member.objects.filter(id_usulan=link.id_register).select_related("person").first()
    if other is None:
        return
    row, own, there = link.member, list(link.member.person.members.all()), list(other.person.members.all())
    apart = row.person_id != other.person_id
    if link.keputusan == "cocok" and apart and len(_anchor([*own, *there])) < 2:
        _regroup([[*own, *there]], record)
    elif link.keputusan == "tidak" and not apart and not any({row.pk, other.pk} <= s for s in _anchor(own).values()):
        _regroup([[m for m in own if m.pk == row.pk], [m for m in own if m.pk != row.pk]], record)


def row_content(id_usulan: str) -> dict[str, Any] | None:
    """What a row says of its person, as a link keeps it of a register row."""
    names = ("nama", "nik", "tanggal_lahir", "jenis_kelamin", "kode_desa", "pekerjaan")
    row = effective_rows().filter(id_usulan=id_usulan).values(*names).first()
    return row and {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}


def _regroup(groups: list[list[Member]], record: Record) -> None:
    """Each group of rows is one person; its id is that of the row that came first."""
    groups = [group for group in groups if group]
    before = {m.person_id: m.person for group in groups for m in group}
    for person in before.values():
        record.person(person)
    after = {}
    for group in groups:
        person = _person_of(group, record)
        after[person.pk] = person
        for member in group:
            if member.person_id != person.pk:
                record.member(member)
                member.person = person
                member.save(update_fields=["person"])
    for key, person in before.items():
        if key not in after:
            heir = next(m.person for group in groups for m in group if str(m.pk) in record.before["members"]
                        and record.before["members"][str(m.pk)] == key)  # fmt: skip
            Person.objects.filter(pk=person.pk).update(state=PersonState.MERGED, merged_into=heir)
            PersonWord.objects.filter(person=person).delete()
    _settle(list(after.values()), record)


def _person_of(group: list[Member], record: Record) -> Person:
    text = person_text([m.id_usulan for m in group])
    known = Person.objects.filter(id_pekerja=text).first()
    if known is None:
        first = min(group, key=lambda m: m.id_usulan)
        known = Person.objects.create(pk=person_key(text), id_pekerja=text, region_code=first.region_code)
        record.before["new_persons"].append(known.pk)
        return known
    record.person(known)
    if known.state != PersonState.HERE:
        known.state, known.merged_into = PersonState.HERE, None
        known.save(update_fields=["state", "merged_into"])
    return known


def _settle(people: list[Person], record: Record) -> None:
    """What is known of these persons, by the same rules as a run."""
    for person in people:
        if person.pk not in record.before["new_persons"]:
            record.person(person)
    rows = settled(people, record.before)
    named = [person.pk for person in people if _take(person, rows[person.pk])]
    moved = set(record.before["members"].values())
    write_words([person.pk for person in people] if moved else named)


def _take(person: Person, values: dict[str, Any]) -> bool:
    """Bring the person to these values; whether search must know it by other words or in another place."""
    before = (person.nama, person.region_code)
    for name in _FACTS:
        setattr(person, name, values[name])
    for name, unknown in _JUDGED.items():  # the next run judges again
        setattr(person, name, unknown)
    person.region_code = values["region_code"]
    person.save(update_fields=[*_FACTS, *_JUDGED, "region_code"])
    return (person.nama, person.region_code) != before


def settled(people: list[Person], before: Before) -> dict[int, dict[str, Any]]:
    """PEKERJA of these persons from their rows and links, as a run has it.

    Where a register row is not at hand, what the run settled from it stands in.
    """
    members = list(Member.objects.filter(person__in=people).order_by("id_usulan"))
    of = {m.id_usulan: str(m.person_id) for m in members}
    rows = polars(usulan_frame(ids=list(of)))
    rows = rows.with_columns(pl.Series("id_pekerja", [of[text] for text in rows["id_usulan"]], dtype=pl.String))
    links = list(Link.objects.filter(member__in=members).select_related("member"))
    known = _known_persons(members, before)
    registers = [
        _register(table, key, links, known) for table, key in ((PENDUDUK, "nik"), (KESEJAHTERAAN, "id_individu"))
    ]
    made = polars(persons(frame(rows), _tautan(links), *registers)).to_dicts()
    firsts = {m.person_id: m for m in reversed(members)}
    return {int(row["id_pekerja"]): _complete(row, firsts[int(row["id_pekerja"])], known) for row in made}


def _complete(row: dict[str, Any], first: Member, known: dict[int, Person]) -> dict[str, Any]:
    """`row` with what a run adds to PEKERJA; `first`: the row of the person that comes first in the lists."""
    inside = row["kode_desa"] and row["kode_desa"].startswith(first.region_code)
    return row | {
        "nik_balik": row["nik"] and row["nik"][::-1],
        "pekerjaan": row["pekerjaan"] or known[first.pk].pekerjaan,
        "region_code": row["kode_desa"] if inside else first.region_code,
    }


def _tautan(links: list[Link]) -> Frame:
    rows = [(k.member.id_usulan, k.register, k.id_register, k.peluang, k.keputusan, k.cara) for k in links]
    return frame(pl.DataFrame(rows, schema=_schema(TAUTAN), orient="row"))


def _known_persons(members: list[Member], before: Before) -> dict[int, Person]:
    """Row -> the person it named before, as that one was."""
    was = {m.pk: before["members"].get(str(m.pk), m.person_id) for m in members}
    found = Person.objects.in_bulk(set(was.values()))
    for key, person in found.items():
        for name, value in zip(_PERSON, before["persons"].get(str(key), ()), strict=False):
            setattr(person, name, value)
    return {key: found[person] for key, person in was.items()}


def _register(table: Table, key: str, links: list[Link], known: dict[int, Person]) -> Frame:
    """The register rows that these links settle on."""
    rows = {}
    for link in links:
        if link.register == table.name and link.keputusan == "cocok":
            content = link.isi or _content(link) or _stand_in(known[link.member_id])
            rows[link.id_register] = {name: content.get(name) for name in table.names} | {key: link.id_register}
    read = [
        {name: _read(value) if "tanggal" in name else value for name, value in row.items()} for row in rows.values()
    ]
    return frame(pl.DataFrame(read, schema=_schema(table)))


def _content(link: Link) -> dict[str, Any] | None:
    """What another link to the same register row keeps of it."""
    same = Link.objects.filter(register=link.register, id_register=link.id_register, isi__isnull=False)
    return same.values_list("isi", flat=True).first()


def _stand_in(person: Person) -> dict[str, Any]:
    names = ("nama", "tanggal_lahir", "jenis_kelamin", "kode_desa", "hubungan", "desil", "disabilitas")
    return {name: getattr(person, name) for name in names}


def _read(value: Any) -> Any:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _schema(table: Table) -> dict[str, Any]:
    kinds = {"String": pl.String, "Int64": pl.Int64, "Date": pl.Date, "Float64": pl.Float64}
    return {name: kinds[str(dtype)] for name, dtype in table.schema.items()}


def write_words(people: list[int]) -> None:
    """The words of these persons anew; one that is part of another has none."""
    if not people:
        return
    PersonWord.objects.filter(person__in=people).delete()
    here = dict(Person.objects.filter(pk__in=people, state=PersonState.HERE).values_list("pk", "region_code"))
    ids = dict(Member.objects.filter(person__in=here).values_list("id_usulan", "person_id"))
    told = polars(usulan_frame(ids=list(ids))).select("id_usulan", "nama").rows()
    names = [(ids[text], nama) for text, nama in told]
    names += list(Person.objects.filter(pk__in=here).values_list("pk", "nama"))
    table = pl.DataFrame(names, schema={"person": pl.Int64, "nama": pl.String}, orient="row").drop_nulls()
    rows = [(word, here[person], person) for person, word in words_of(table).iter_rows()]
    bulk.insert(PersonWord, ("word", "region_code", "person"), rows)
