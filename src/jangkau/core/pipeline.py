"""The whole flow, top to bottom: lists, registers and funds in; people, plan, coverage and documents out."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from jangkau.core import (
    coverage,
    eligibility,
    enrolment,
    impact,
    intake,
    linkage,
    outputs,
    planning,
    priority,
)
from jangkau.core.engine import frame, polars
from jangkau.core.identity.regions import Regions
from jangkau.core.kernel.progress import Progress
from jangkau.core.law.book import Book
from jangkau.core.problem_rows import duplicates, together
from jangkau.core.publish import staging
from jangkau.core.reporting.closing import closing_table, of_the_plan
from jangkau.core.reporting.figures import Run
from jangkau.core.reporting.line import write_line
from jangkau.core.reporting.report import write_report
from jangkau.core.tables import results as t
from jangkau.core.tables.schema import Frame
from jangkau.core.workspace import Workspace, fingerprint, open_workspace, register_files

EXPLORED = "jelajah"
_DRAWS = 2_000  # random draws behind the range of expected impact in the report


@dataclass(frozen=True)
class Setting:
    """What every stage is given: the workspace, its regions, the law, and someone who listens."""

    ws: Workspace
    regions: Regions
    book: Book
    progress: Progress
    model: linkage.Model

    @classmethod
    def open(cls, folder: Path, progress: Progress, model: Path | None = None) -> "Setting":
        """Open a workspace; `model`: a linkage model, else the workspace's own, else the one shipped.

        Raises the problems of `open_workspace` and `linkage.read_model`.
        """
        progress.step("Membuka ruang kerja")
        ws = open_workspace(folder)
        known = linkage.model_in(folder, model)
        return cls(ws, Regions.load(ws.settings.provinsi), Book.load(), progress, known)


@dataclass(frozen=True)
class People:
    """What is known of the people proposed."""

    usulan: Frame
    tautan: Frame
    pekerja: Frame
    kelayakan: Frame


@dataclass(frozen=True)
class Planned:
    """Who is paid, the coverage it reaches, the content of rencana.json, and the line of budgets if it is known."""

    rencana: Frame
    cakupan: Frame
    ringkasan: dict[str, Any]
    garis: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What a run came to: the closing table of the command line, the files written, the pairs weighed."""

    ringkasan: list[dict[str, Any]]
    berkas: list[str]
    blok: list[dict[str, Any]] = field(default_factory=list)


def run(
    folder: Path, out: Path, progress: Progress, *, engine: linkage.Engine | None = None, model: Path | None = None
) -> Outcome:
    """Read a workspace and write every table and document of OUT. Raises the problems of `Setting.open`."""
    s = Setting.open(folder, progress, model)
    read = read_lists(s)
    linked = link_people(s, read, engine)
    masalah = all_problems(s, read, linked)
    people = judge(s, read, linked)
    with staging(out) as draft:
        _write_lists(read, masalah, draft, progress)
        _write_links(linked, draft)
        outputs.write_parquet(people.kelayakan, t.KELAYAKAN, draft)
        closing = _plan_and_after(s, people, masalah, draft)
        return Outcome(closing, _names(draft), linked.catatan["blok"])


def check(folder: Path, progress: Progress) -> Frame:
    """The problems of the lists alone: MASALAH."""
    s = Setting.open(folder, progress)
    return all_problems(s, read_lists(s), None)


def link(
    folder: Path, out: Path, progress: Progress, *, engine: linkage.Engine | None = None, model: Path | None = None
) -> Outcome:
    """Lists read and matched: usulan, masalah, tautan, pekerja."""
    s = Setting.open(folder, progress, model)
    read = read_lists(s)
    linked = link_people(s, read, engine)
    with staging(out) as draft:
        _write_lists(read, all_problems(s, read, linked), draft, progress)
        _write_links(linked, draft)
        return Outcome([], _names(draft), linked.catatan["blok"])


def plan(folder: Path, out: Path, progress: Progress) -> Outcome:
    """A new plan, coverage and documents from the tables of OUT and the workspace's funds and settings."""
    s = Setting.open(folder, progress)
    people = read_people(out)
    masalah = _renewed(s, outputs.read_table(out, t.MASALAH))
    with staging(out) as draft:
        outputs.write_csv(masalah, t.MASALAH, draft)
        closing = _plan_and_after(s, people, masalah, draft)
        return Outcome(closing, _names(draft))


def read_lists(s: Setting) -> intake.Intake:
    """usulan/** -> proposal rows and problems."""
    s.progress.step("Membaca daftar", len(intake.list_files(s.ws.usulan)))
    return intake.read_folder(s.ws.usulan, s.regions, s.ws.settings, on_file=lambda _name: s.progress.advance())


def link_people(s: Setting, read: intake.Intake, engine: linkage.Engine | None = None) -> linkage.Linked:
    """Proposal rows and registers -> links and distinct people."""
    return linkage.link(
        read.usulan,
        s.ws.penduduk,
        s.ws.peserta,
        s.ws.kesejahteraan,
        s.ws.settings,
        tinjauan=s.ws.tinjauan,
        model=s.model,
        on_step=lambda name: s.progress.step(f"Mencocokkan: {name}"),
        engine=engine or linkage.kept(register_files(s.ws.folder)),
    )


def judge(s: Setting, read: intake.Intake, linked: linkage.Linked) -> People:
    """People and their links -> verdict, reasons, points."""
    s.progress.step("Menilai kelayakan")
    ws = s.ws
    fakta = eligibility.gather(
        linked.pekerja, read.usulan, linked.usulan, linked.tautan, ws.penduduk, ws.peserta, ws.settings, s.book
    )
    verdicts = eligibility.decide(fakta, ws.settings)
    points = priority.score(fakta, ws.settings)
    kelayakan = verdicts.join(points, on="id_pekerja", how="left").sort("id_pekerja")
    return People(linked.usulan, linked.tautan, linked.pekerja, t.KELAYAKAN.check(kelayakan))


def cover(folder: Path, out: Path, progress: Progress) -> Outcome:
    """Coverage again, from the people and the plan of OUT."""
    s = Setting.open(folder, progress)
    people, rencana = read_people(out), outputs.read_table(out, t.RENCANA)
    with staging(out) as draft:
        outputs.write_csv(coverage_with(s, people, rencana), t.CAKUPAN, draft)
        return Outcome([], _names(draft))


def report(folder: Path, out: Path, progress: Progress) -> Outcome:
    """Decree annexes, insurer's uploads and the report again, from the tables of OUT."""
    s = Setting.open(folder, progress)
    people, masalah = read_people(out), outputs.read_table(out, t.MASALAH)
    summary = outputs.read_json(out / "rencana.json")
    planned = Planned(
        outputs.read_table(out, t.RENCANA), outputs.read_table(out, t.CAKUPAN), summary, _known_line(out / EXPLORED)
    )
    with staging(out) as draft:
        closing = _write_documents(s, people, masalah, planned, draft)
        return Outcome(closing, _names(draft))


def frontier(folder: Path, out: Path, progress: Progress) -> Frame:
    """GARIS_ANGGARAN of the plan in OUT, also written there: people, points and coverage at 0 to 200 % of the money."""
    s = Setting.open(folder, progress)
    line = budget_line(s, out)
    with staging(out) as draft:
        (draft / EXPLORED).mkdir()
        outputs.write_csv(line, t.GARIS_ANGGARAN, draft / EXPLORED)
        write_line(list(line.rows(named=True)), draft / EXPLORED / "garis_anggaran.svg")
    return line


def budget_line(s: Setting, out: Path) -> Frame:
    """GARIS_ANGGARAN of the plan in OUT."""
    record, cakupan = read_record(out), outputs.read_table(out, t.CAKUPAN)
    s.progress.step("Menghitung garis anggaran")
    everyone = frame(record.rencana.with_columns(dana=pl.lit("semua")))
    new = coverage.would_cover(
        s.ws.peserta, frame(record.pekerja), frame(record.usulan), frame(record.tautan), everyone, s.ws.settings, s.book
    )
    line = frame(pl.DataFrame(planning.frontier(record, polars(new)["id_pekerja"])))
    return t.GARIS_ANGGARAN.check(coverage.along(line, cakupan, s.ws.settings.provinsi))


def _plan_and_after(s: Setting, people: People, masalah: Frame, draft: Path) -> list[dict[str, Any]]:
    """The plan, the coverage it reaches, and the documents; returns the closing table."""
    for name in (EXPLORED, outputs.FIGURES):
        (draft / name).mkdir()  # what was made from an earlier plan goes with it
    made = make_plan(s, people, fingerprint(s.ws.folder), draft)
    return _write_documents(s, people, masalah, made, draft)


def make_plan(s: Setting, people: People, inputs: str, draft: Path) -> Planned:
    """The plan and the coverage it reaches, written to `draft`: rencana, kas, henti, cakupan, rencana.json.

    `inputs`: the sum of all that it is made from, kept in rencana.json.
    """
    s.progress.step("Menyusun rencana")
    members = eligibility.memberships(people.usulan, people.tautan, s.ws.peserta, s.ws.settings, s.book)
    planned = planning.plan(payable(people, members), s.ws.dana, s.ws.settings, s.book, s.ws.target)
    summary = {**planned.ringkasan, "sidik_masukan": inputs}
    made = Planned(planned.rencana, coverage_with(s, people, planned.rencana), summary)
    outputs.write_parquet(made.rencana, t.RENCANA, draft)
    outputs.write_csv(planned.kas, t.KAS, draft)
    outputs.write_csv(planned.henti, t.HENTI, draft)
    outputs.write_csv(made.cakupan, t.CAKUPAN, draft)
    outputs.write_json(summary, draft / "rencana.json")
    return made


def coverage_with(s: Setting, people: People, rencana: Frame) -> Frame:
    """CAKUPAN before and after those whom RENCANA pays."""
    s.progress.step("Menghitung cakupan")
    return coverage.coverage(
        s.ws.peserta,
        s.ws.angkatan_kerja,
        pekerja=people.pekerja,
        usulan=people.usulan,
        tautan=people.tautan,
        rencana=rencana,
        regions=[(region.code, region.name) for region in s.regions.kabupaten],
        settings=s.ws.settings,
        book=s.book,
        nama_provinsi=s.regions.name(s.ws.settings.provinsi),
    )


def _known_line(explored: Path) -> tuple[dict[str, Any], ...]:
    """GARIS_ANGGARAN of the plan, if somebody has asked for it since the plan was made."""
    there = (explored / f"{t.GARIS_ANGGARAN.name}.csv").is_file()
    return tuple(outputs.read_table(explored, t.GARIS_ANGGARAN).iter_rows(named=True)) if there else ()


def _write_documents(s: Setting, people: People, masalah: Frame, planned: Planned, draft: Path) -> list[dict[str, Any]]:
    """Decree annexes, insurer's uploads, report; returns the closing table."""
    ws = s.ws
    roster = enrolment.roster(people.pekerja, planned.rencana, ws.dana, s.regions.name, people.usulan)
    warning = planned.ringkasan.get("peringatan")
    enrolment.write_annexes(roster, ws.settings, draft / "lampiran_sk", warning=warning, progress=s.progress)
    own_mapping = ws.folder / "unggah.yaml"
    mapping = own_mapping if own_mapping.is_file() else None
    folder = draft / "unggah"
    enrolment.write_uploads(roster, ws.settings, folder, mapping=mapping, warning=warning, progress=s.progress)
    s.progress.step("Laporan")
    run = Run(
        wilayah=s.regions.name(ws.settings.provinsi),
        settings=ws.settings,
        book=s.book,
        usulan=people.usulan,
        masalah=masalah,
        pekerja=people.pekerja,
        kelayakan=people.kelayakan,
        rencana=planned.rencana,
        dana=ws.dana,
        cakupan=planned.cakupan,
        ringkasan=planned.ringkasan,
        garis=planned.garis,
        dampak=_expected(s, people, planned),
    )
    write_report(run, draft / "laporan.pdf")
    return list(closing_table(run))


def _expected(s: Setting, people: People, planned: Planned) -> dict[str, Any]:
    """What the plan is expected to do, by the shipped assumptions."""
    exposed, _ = impact.of_tables(people.pekerja, planned.rencana, s.ws.penduduk)
    return impact.impact(exposed, impact.parameters(exposed.start), _DRAWS)


def read_people(out: Path) -> People:
    """The people of an earlier run. Raises BERKAS_TIDAK_ADA, BERKAS_RUSAK or TABEL_SALAH."""
    tables = (t.USULAN, t.TAUTAN, t.PEKERJA, t.KELAYAKAN)
    return People(*(outputs.read_table(out, table) for table in tables))


def read_record(out: Path) -> planning.Record:
    """An earlier run, to be asked about. Raises BERKAS_TIDAK_ADA, BERKAS_RUSAK or TABEL_SALAH."""
    people = read_people(out)
    links = eligibility.links_to("peserta", people.usulan, people.tautan).filter(nw.col("keputusan") == "cocok")
    goes_on = people.kelayakan.filter(nw.col("rincian_poin").str.contains('"lanjutan":', literal=True))["id_pekerja"]
    flags = {"terdaftar": nw.lit(True), "lanjutan": nw.col("id_pekerja").is_in(goes_on.to_list())}
    flags["tanpa_tunggu"] = nw.lit(False)
    members = links.select("id_pekerja").unique().with_columns(**flags, akhir=nw.lit(None).cast(nw.Int64))
    return planning.Record(
        usulan=polars(people.usulan),
        tautan=polars(people.tautan),
        pekerja=polars(people.pekerja),
        kelayakan=polars(people.kelayakan),
        rencana=polars(outputs.read_table(out, t.RENCANA)),
        people=planning.persons(payable(people, members)),
        run=outputs.read_json(out / "rencana.json"),
        book=Book.load(),
    )


def payable(people: People, members: Frame) -> Frame:
    """Eligible people with all that funds, targets and benefits may ask about."""
    keep = ["id_pekerja", "kode_desa", "pekerjaan", "desil", "jenis_kelamin", "tanggal_lahir", "disabilitas"]
    flags = ["terdaftar", "lanjutan", "tanpa_tunggu"]
    eligible = people.kelayakan.filter(nw.col("layak")).select("id_pekerja", "poin")
    incomes = people.usulan.filter(~nw.col("penghasilan").is_null()).sort("berkas", "lembar", "baris", "id_usulan")
    first = incomes.unique(subset=["id_pekerja"], keep="first", maintain_order=True)
    return (
        eligible.join(people.pekerja.select(keep), on="id_pekerja", how="left")
        .join(first.select("id_pekerja", "penghasilan"), on="id_pekerja", how="left")
        .join(members.select("id_pekerja", *flags, "akhir"), on="id_pekerja", how="left")
        .with_columns(nw.col(*flags).fill_null(value=False))
        .sort("id_pekerja")
    )


def all_problems(s: Setting, read: intake.Intake, linked: linkage.Linked | None) -> Frame:
    """Problems of lists, registers and denominators, and the second and later rows of one person: MASALAH."""
    regions = [(region.code, region.name) for region in s.regions.kabupaten]
    notes = s.ws.catatan + _of_the_plan(s) + coverage.denominator_problems(s.ws.angkatan_kerja, regions, s.ws.settings)
    notes += linked.peringatan if linked else []
    return together(read.masalah, notes, [] if linked is None else [duplicates(linked)])


def _renewed(s: Setting, masalah: Frame) -> Frame:
    """MASALAH of an earlier run; of settings, funds and targets, which a plan reads anew, what is wrong now."""
    notes = [row for row in s.ws.catatan if of_the_plan(row["berkas"])] + _of_the_plan(s)
    older = [name for name in masalah["berkas"].unique().to_list() if of_the_plan(name)]
    return together(masalah.filter(~nw.col("berkas").is_in(older)), notes, [])


def _of_the_plan(s: Setting) -> list[dict[str, Any]]:
    """What is wrong with funds and targets."""

    def known(code: str) -> bool:
        return bool(s.regions.villages(code))

    return planning.fund_problems(s.ws.dana, s.ws.settings, known) + planning.target_problems(s.ws.target, known)


def _write_lists(read: intake.Intake, masalah: Frame, draft: Path, progress: Progress) -> None:
    progress.step("Menulis catatan untuk desa")
    outputs.write_csv(masalah, t.MASALAH, draft)
    intake.write_returns(read, masalah, draft / "masalah.xlsx")


def _write_links(linked: linkage.Linked, draft: Path) -> None:
    outputs.write_parquet(linked.usulan, t.USULAN, draft)
    outputs.write_parquet(linked.tautan, t.TAUTAN, draft)
    outputs.write_parquet(linked.pekerja, t.PEKERJA, draft)
    outputs.write_json(linked.catatan, draft / linkage.RECORD)


def _names(draft: Path) -> list[str]:
    return sorted(path.relative_to(draft).as_posix() for path in draft.rglob("*") if path.is_file())
