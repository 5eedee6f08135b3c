"""A batch from the promise to the payment: answers in any order and number, money that balances, one effect a step."""

import itertools
from collections.abc import Callable
from datetime import date

import enrolled
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from enrolled import DAY, START, nik

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.models import Event
from jangkau.apps.enrolment.batches import answer, make, mappings, pay, send
from jangkau.apps.enrolment.models import (
    Answer,
    AnswerRow,
    AnswerState,
    Batch,
    BatchLine,
    BatchState,
    Enrolment,
    PersonMonth,
    Step,
)
from jangkau.apps.enrolment.trial import verify
from jangkau.apps.linkage.models import Person
from jangkau.apps.registry.keeping import kept
from jangkau.apps.registry.models import Fund
from jangkau.core.kernel.problems import Problem

Users = Callable[..., User]
ANI, BUDI = f"{nik(1)};Diterima;24010000001;", f"{nik(2)};Ditolak;;E02"


@pytest.fixture(autouse=True)
def data(settings, tmp_path, regions):
    settings.DATA = str(tmp_path)


def told(action: Callable[[], object]) -> str:
    with pytest.raises(Problem) as caught:
        action()
    return caught.value.kind.kode


def states() -> dict[str, str]:
    return dict(Enrolment.objects.order_by("person__nama").values_list("person__nama", "state"))


def lines(batch: Batch) -> dict[str, tuple[str, str, str]]:
    rows = batch.lines.values_list("nama", "answer", "code", "kpj")
    return {name[:4].strip(): rest for name, *rest in map(list, rows)}  # type: ignore[misc]


def months(state: str) -> int:
    return PersonMonth.objects.filter(state=state).count()


def test_a_batch_holds_the_promised_months_of_one_fund_and_its_file(user: Users) -> None:
    batch = enrolled.made(user)
    assert (batch.number, batch.year, batch.state) == (1, 2027, BatchState.MADE)
    rows = batch.lines.values_list("row", "nama", "first", "months", "amount")
    assert list(rows) == [(1, "ANI CONTOH", START + 6, 6, 100_800), (2, "BUDI CONTOH", START, 12, 201_600)]
    assert kept(batch.sha256).is_file()
    with kept(batch.sha256).open("rb") as handle:
        head, first, *_ = openpyxl.load_workbook(handle)["Peserta"].iter_rows(values_only=True)
    assert (first[head.index("NIK")], first[head.index("Bulan Mulai")]) == (nik(1), "07-2027")
    assert len({line.signature for line in batch.lines.all()}) == 2


def test_what_is_sent_once_is_not_due_again(user: Users) -> None:
    batch = enrolled.made(user)
    again = make.Asked(batch.fund, "1705", START, 12)
    assert told(lambda: make.make(again, by=user("operator_kab"))) == "PENGAJUAN_KOSONG"
    send.cancel(batch, "keliru", by=user("pengelola"))
    assert make.make(again, by=user("operator_kab")).number == 2


def test_months_of_a_member_who_is_active_are_sent_without_a_step(user: Users) -> None:
    enrolled.in_force(user)
    Enrolment.objects.filter(person__nama="BUDI CONTOH").update(state="aktif")
    fund = Fund.objects.get(kode="DANA_A")
    first = make.make(make.Asked(fund, "1705", START, 3), by=user("pengelola"))
    assert list(first.lines.values_list("nama", "months")) == [("BUDI CONTOH", 3)]
    send.submit(first, by=user("pengelola"))
    enrolled.brought(first, user, f"{nik(2)};Ditolak;;E10")
    assert states()["BUDI CONTOH"] == "aktif"
    second = make.make(make.Asked(fund, "1705", START + 3, 9), by=user("pengelola"))
    assert sorted(second.lines.values_list("nama", "months")) == [("ANI CONTOH", 6), ("BUDI CONTOH", 9)]


def test_a_batch_sends_a_person_as_known_now(user: Users) -> None:
    enrolled.in_force(user)
    Person.objects.filter(nama="BUDI CONTOH").update(nik="1705014101909999")
    batch = make.make(make.Asked(Fund.objects.get(kode="DANA_A"), "1705", START, 12), by=user("pengelola"))
    assert "1705014101909999" in batch.lines.values_list("nik", flat=True)


def test_submitting_moves_people_once_whoever_presses(user: Users) -> None:
    batch = enrolled.made(user)
    send.submit(batch, by=user("pengelola"))
    counts = Step.objects.count(), Event.objects.count()
    assert send.submit(batch, by=user("operator_kab")).state == BatchState.SENT
    assert (Step.objects.count(), Event.objects.count()) == counts
    assert set(states().values()) == {"diajukan"}


def test_a_batch_whose_people_changed_is_not_submitted(user: Users) -> None:
    from jangkau.apps.enrolment import ledger

    batch = enrolled.made(user)
    ledger.release(PersonMonth.objects.filter(person__nama="BUDI CONTOH", month=START + 11), by=None)
    assert told(lambda: send.submit(batch, by=user("pengelola"))) == "PENGAJUAN_BERUBAH"


def test_a_batch_given_up_gives_its_people_back(user: Users) -> None:
    batch = enrolled.sent(user)
    send.cancel(batch, "berkas salah", by=user("pengelola"))
    assert set(states().values()) == {"ditetapkan"}
    assert told(lambda: answer.receive(batch, enrolled.file(ANI), DAY, by=user("bpjs"))) == "PENGAJUAN_KEADAAN"


def test_an_answer_accepts_with_kpj_and_refuses_with_our_code(user: Users) -> None:
    batch = enrolled.answered(user)
    assert batch.state == BatchState.ANSWERED
    assert lines(batch) == {"ANI": ["diterima", "", "24010000001"], "BUDI": ["ditolak", "TOLAK_NAMA", ""]}
    assert states() == {"ANI CONTOH": "diterima", "BUDI CONTOH": "ditolak"}
    assert Enrolment.objects.get(person__nama="ANI CONTOH").kpj == "24010000001"
    counts = Answer.objects.get().counts
    assert {name: counts[name] for name in ("baris", "diterima", "ditolak", "tak_dikenal", "berubah")} == {
        "baris": 2, "diterima": 1, "ditolak": 1, "tak_dikenal": 0, "berubah": 2,
    }  # fmt: skip


def test_the_same_file_twice_changes_nothing(user: Users) -> None:
    batch = enrolled.answered(user)
    before = Step.objects.count(), Event.objects.count(), AnswerRow.objects.count()
    got, fresh = answer.receive(batch, enrolled.file(ANI, BUDI), DAY, by=user("operator_kab"))
    answer.read(got)
    assert not fresh
    assert (Step.objects.count(), Event.objects.count(), AnswerRow.objects.count()) == before


def test_a_file_is_read_again_where_the_mapping_is_another(user: Users) -> None:
    batch = enrolled.sent(user)
    row = f"{nik(1)};Lolos;24010000001;"
    enrolled.brought(batch, user, row)
    assert lines(batch)["ANI"] == ["", "", ""]
    text = mappings.text("jawaban").replace("diterima: [Diterima", "diterima: [Lolos, Diterima")
    mappings.edit("jawaban", text, by=user("pengelola"))
    got, fresh = answer.receive(batch, enrolled.file(row), DAY, by=user("bpjs"))
    answer.read(got)
    assert fresh
    assert lines(batch)["ANI"][0] == "diterima"
    assert AnswerRow.objects.count() == 1


FILES = [
    (date(2027, 1, 10), [f"{nik(2)};Ditolak;;E02"]),
    (date(2027, 1, 20), [f"{nik(1)};Diterima;24010000001;", f"{nik(2)};Diterima;24010000002;"]),
    (date(2027, 1, 20), [f"{nik(1)};Diterima;24010000001;"]),
]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_answers_in_any_order_end_in_the_same(user: Users, order: tuple[int, ...]) -> None:
    batch = enrolled.sent(user)
    for at in (*order, order[0]):
        day, rows = FILES[at]
        enrolled.brought(batch, user, *rows, day=day)
    assert lines(batch) == {"ANI": ["diterima", "", "24010000001"], "BUDI": ["diterima", "", "24010000002"]}
    assert set(states().values()) == {"diterima"}


def test_a_part_of_the_rows_may_be_answered(user: Users) -> None:
    batch = enrolled.sent(user)
    enrolled.brought(batch, user, ANI)
    batch.refresh_from_db()
    assert batch.state == BatchState.ANSWERED
    assert states() == {"ANI CONTOH": "diterima", "BUDI CONTOH": "diajukan"}


def test_rows_of_people_whom_we_did_not_send_are_kept_veiled(user: Users) -> None:
    batch = enrolled.sent(user)
    got = enrolled.brought(batch, user, "1705019999999999;Diterima;24010000009;")
    row = got.rows.get()
    assert (row.line, row.problem, row.nik) == (None, "JAWABAN_TIDAK_DIKENAL", "1705••••••••9999")
    assert got.counts["tak_dikenal"] == 1
    batch.refresh_from_db()
    assert batch.state == BatchState.SENT


def test_a_file_that_is_no_answer_is_refused_and_changes_nothing(user: Users) -> None:
    batch = enrolled.sent(user)
    got, _ = answer.receive(batch, SimpleUploadedFile("a.csv", b"Nama;Alamat\na;b\n"), DAY, by=user("bpjs"))
    assert "ditolak" in answer.read(got)
    got.refresh_from_db()
    assert (got.state, got.notes[0]["kode"]) == (AnswerState.REFUSED, "JAWABAN_TANPA_KOLOM")
    for name, content in (("a.xlsx", b"PK\x03\x04rusak"), ("b.pdf", b"%PDF"), ("c.csv", b"")):
        try:
            bad, _ = answer.receive(batch, SimpleUploadedFile(name, content), DAY, by=user("bpjs"))
        except Problem:
            continue
        assert "ditolak" in answer.read(bad)


def test_answers_that_contradict_wait_for_a_person(user: Users) -> None:
    batch = enrolled.sent(user)
    enrolled.brought(batch, user, ANI)
    enrolled.brought(batch, user, f"{nik(1)};Ditolak;;E05", day=date(2027, 2, 1))
    line = batch.lines.get(nama="ANI CONTOH")
    assert (line.answer, line.doubt) == ("bertentangan", "JAWABAN_BERTENTANGAN")
    assert states()["ANI CONTOH"] == "diterima"
    answer.decide(line, "ditolak", "", "meninggal menurut cabang", by=user("operator_kab"))
    assert states()["ANI CONTOH"] == "ditolak"
    enrolled.brought(batch, user, f"{nik(1)};Diterima;24010000005;", day=date(2027, 3, 1))
    line.refresh_from_db()
    assert (line.answer, line.decided_by) == ("ditolak", user("operator_kab"))
    assert told(lambda: answer.decide(line, "diterima", "1", "x", by=user("bpjs"))) == "PENGAJUAN_BERSENGKETA"


def test_a_number_that_somebody_else_bears_waits_for_a_person(user: Users) -> None:
    batch = enrolled.sent(user)
    other = Enrolment.objects.create(
        person=Person.objects.get(nama="CICI CONTOH"), region_code="1705", kpj="24010000001"
    )
    enrolled.brought(batch, user, ANI)
    assert batch.lines.get(nama="ANI CONTOH").doubt == "JAWABAN_KPJ_GANDA"
    assert Enrolment.objects.filter(kpj="24010000001").get() == other


def test_a_bill_is_for_the_accepted_and_a_difference_needs_a_reason(user: Users) -> None:
    batch = enrolled.answered(user)
    by = user("pengelola")
    assert pay.ours(batch) == 100_800
    assert told(lambda: pay.bill(batch, "KI-1", 100_000, " ", by=by)) == "TAGIHAN_SELISIH"
    billed = pay.bill(batch, "KI-1", 100_000, "pembulatan BPJS", by=by)
    assert (billed.state, months("ditagih"), months("komitmen")) == (BatchState.BILLED, 6, 18)
    assert states() == {"ANI CONTOH": "ditagih", "BUDI CONTOH": "ditolak"}
    events = Event.objects.count()
    pay.bill(batch, "KI-1", 100_000, "", by=user("operator_kab"))
    assert (Event.objects.count(), months("ditagih")) == (events, 6)
    assert told(lambda: pay.bill(batch, "KI-2", 100_800, "", by=by)) == "PENGAJUAN_KEADAAN"
    assert verify(Fund.objects.all()) == []


def test_one_code_is_for_one_batch(user: Users) -> None:
    batch = enrolled.answered(user)
    Batch.objects.create(fund=batch.fund, month=START, year=2027, number=9, region_code="1705", billing_code="KI-1")
    assert told(lambda: pay.bill(batch, "KI-1", 100_800, "", by=user("pengelola"))) == "TAGIHAN_KODE_DIPAKAI"
    assert months("ditagih") == 0


def test_a_bill_that_is_not_paid_can_be_taken_back(user: Users) -> None:
    batch = pay.unbill(enrolled.billed(user), "salah kode", by=user("pengelola"))
    assert (batch.state, batch.billing_code, months("ditagih")) == (BatchState.ANSWERED, "", 0)
    assert states()["ANI CONTOH"] == "diterima"
    assert pay.bill(batch, "KI-0001", 100_800, "", by=user("pengelola")).state == BatchState.BILLED


def test_a_payment_is_entered_by_one_and_approved_by_another_once(user: Users) -> None:
    batch = enrolled.entered(user)
    assert kept(batch.proof_sha256).read_bytes() == enrolled.PDF
    assert told(lambda: pay.approve(batch, by=user("pengelola"))) == "SETUJU_SENDIRI"
    paid = pay.approve(batch, by=user("penyetuju"))
    assert (paid.state, months("dibayar"), states()["ANI CONTOH"]) == (BatchState.PAID, 6, "dibayar")
    counts = Step.objects.count(), Event.objects.count()
    pay.approve(batch, by=user("penyetuju", "17"))
    assert (Step.objects.count(), Event.objects.count()) == counts
    assert verify(Fund.objects.all()) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "BUKTI_JENIS"), (b"MZ program", "BUKTI_JENIS"), (b"%PDF-1.7" + b"0" * 2**20 * 11, "BUKTI_BESAR")],
    ids=["empty", "program", "large"],
)
def test_a_proof_is_a_document_or_a_picture(user: Users, content: bytes, code: str) -> None:
    batch = enrolled.billed(user)
    upload = SimpleUploadedFile("bukti.pdf", content)
    assert told(lambda: pay.enter(batch, upload, "1", DAY, by=user("pengelola"))) == code
    assert told(lambda: pay.approve(batch, by=user("penyetuju"))) == "PENGAJUAN_KEADAAN"


def test_the_refused_follow_in_a_batch_of_their_own_once_mended(user: Users) -> None:
    batch = enrolled.answered(user)
    Person.objects.filter(nama="BUDI CONTOH").update(nama="BUDI HARTONO CONTOH")
    again = make.follow_up(batch, by=user("operator_kab"))
    assert (again.follows, list(again.lines.values_list("nama", flat=True))) == (batch, ["BUDI HARTONO CONTOH"])
    assert told(lambda: make.follow_up(batch, by=user("pengelola"))) == "PENGAJUAN_KOSONG"
    send.submit(again, by=user("operator_kab"))
    assert states()["BUDI HARTONO CONTOH"] == "diajukan"
    enrolled.brought(again, user, f"{nik(2)};Diterima;24010000002;")
    assert states()["BUDI HARTONO CONTOH"] == "diterima"


def test_whom_a_bill_left_out_can_follow_too(user: Users) -> None:
    batch = enrolled.sent(user)
    enrolled.brought(batch, user, ANI)
    pay.bill(batch, "KI-1", 100_800, "", by=user("pengelola"))
    again = make.follow_up(batch, by=user("pengelola"))
    assert list(again.lines.values_list("nama", flat=True)) == ["BUDI CONTOH"]
    assert send.submit(again, by=user("pengelola")).state == BatchState.SENT


def test_a_whole_life_leaves_a_ledger_that_balances_and_a_trail(user: Users) -> None:
    batch = pay.approve(enrolled.entered(user), by=user("penyetuju"))
    again = make.follow_up(batch, by=user("pengelola"))
    send.submit(again, by=user("pengelola"))
    enrolled.brought(again, user, f"{nik(2)};Diterima;24010000002;")
    again.refresh_from_db()
    pay.bill(again, "KI-0002", pay.ours(again), "", by=user("pengelola"))
    pay.enter(again, SimpleUploadedFile("b.pdf", enrolled.PDF), "STS-2", DAY, by=user("pengelola"))
    pay.approve(again, by=user("penyetuju"))
    assert (months("dibayar"), months("komitmen")) == (18, 6)
    trail = Step.objects.filter(enrolment__person__nama="BUDI CONTOH").values_list("after", flat=True)
    assert list(trail) == [
        "diusulkan", "terverifikasi", "ditetapkan", "diajukan", "ditolak", "diajukan", "diterima", "ditagih", "dibayar",
    ]  # fmt: skip
    assert BatchLine.objects.count() == 3
    assert verify(Fund.objects.all()) == []
