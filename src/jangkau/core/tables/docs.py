"""The tables and the problem catalogue as Markdown pages, made from their declarations."""

from jangkau.core.kernel.problems import catalogue
from jangkau.core.tables import figures, monitoring, open_data, partners, reconciliation, registers, results
from jangkau.core.tables.schema import Column, Table


def all_tables() -> list[Table]:
    """Every declared table, inputs first, in the order they are declared."""
    modules = (registers, results, reconciliation, figures, monitoring, open_data, partners)
    return [value for module in modules for value in vars(module).values() if isinstance(value, Table)]


def tables_page() -> str:
    """`docs/tabel.md`."""
    intro = "# Tabel\n\nDibuat dari deklarasi di `src/jangkau/core/tables`; jangan diubah dengan tangan.\n"
    return intro + "".join(_section(table) for table in all_tables())


def problems_page() -> str:
    """`docs/masalah.md`."""
    rows = [
        f"| `{kind.kode}` | {kind.tingkat} | {_cell(kind.pesan)} | {_cell(kind.saran)} |"
        for kind in sorted(catalogue().values(), key=lambda kind: kind.kode)
    ]
    head = "# Masalah\n\nDibuat dari `src/jangkau/core/kernel/catalogue`; jangan diubah dengan tangan.\n\n"
    return head + "| kode | tingkat | pesan | saran |\n|---|---|---|---|\n" + "\n".join(rows) + "\n"


def _section(table: Table) -> str:
    key = f" Kunci: {', '.join(f'`{name}`' for name in table.key)}." if table.key else ""
    head = f"\n## {table.name}\n\nSatu baris tiap {table.row}.{key}\n\n"
    head += "| kolom | tipe | wajib | kelas | arti |\n|---|---|---|---|---|\n"
    return head + "".join(_row(column) for column in table.columns)


def _row(column: Column) -> str:
    unit = f" ({column.unit})" if column.unit else ""
    choices = f": {', '.join(column.choices)}" if column.choices else ""
    cells = (f"`{column.name}`", column.dtype, "ya" if column.required else "", column.privacy)
    return f"| {' | '.join(map(str, cells))} | {_cell(column.meaning + choices)}{unit} |\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
