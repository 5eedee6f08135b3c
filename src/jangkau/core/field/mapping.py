"""From a submission to the row of a village's list that it is, in the columns that every list has."""

import csv
import io
from collections.abc import Iterable, Mapping

from jangkau.core.field.model import FormModel

# Name in `jangkau:usulan` -> heading of the list; what the reading of lists understands, in this order.
COLUMNS = {
    "nama": "Nama", "nik": "NIK", "no_kk": "No KK", "tanggal_lahir": "Tanggal Lahir", "jenis_kelamin": "L/P",
    "kode_desa": "Desa", "pekerjaan": "Pekerjaan", "penghasilan": "Penghasilan", "no_hp": "No HP",
}  # fmt: skip


def row_of(values: Mapping[str, str], model: FormModel) -> dict[str, str]:
    """The cells of a row, by the names of COLUMNS: `values` by path; of the occupation the words, not the code."""
    row = {}
    for field in model.fields:
        if field.usulan and (text := " ".join(values.get(field.path, "").split())):
            row[field.usulan] = field.choices.get(text, text) if field.usulan == "pekerjaan" else text
    return row


def as_list(rows: Iterable[Mapping[str, str] | None]) -> bytes:
    """Rows as a CSV that reads like any village's; None is a line kept empty, so that the others keep their number."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["No", *COLUMNS.values()])
    for number, row in enumerate(rows, 1):
        writer.writerow(
            [""] * (len(COLUMNS) + 1) if row is None else [number, *(row.get(name, "") for name in COLUMNS)]
        )
    return text.getvalue().encode()
