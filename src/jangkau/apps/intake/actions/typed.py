"""People who are proposed one by one, as a list like any other: the same headings, the same way in."""

import csv
import io
from collections.abc import Iterable, Mapping

HEAD = {  # what a row may tell -> its heading
    "nik": "NIK", "no_kk": "No KK", "nama": "Nama", "tanggal_lahir": "Tanggal Lahir", "jenis_kelamin": "Jenis Kelamin",
    "desa": "Desa", "pekerjaan": "Pekerjaan", "penghasilan": "Penghasilan", "no_hp": "No HP",
}  # fmt: skip


def as_csv(rows: Iterable[Mapping[str, str]]) -> bytes:
    """The list of these people; what a row does not tell is left empty."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEAD.values())
    writer.writerows([row.get(name, "") for name in HEAD] for row in rows)
    return text.getvalue().encode()
