"""`docs/siklus.md`: the life of a membership, drawn from `lifecycle`."""

from jangkau.core.enrolment.lifecycle import END, REASONS, RUNNING, STATES, STEPS, Step

_HEAD = """# Siklus keanggotaan

Dibuat dari `src/jangkau/core/enrolment/lifecycle.py`; jangan diubah dengan tangan.

Setiap langkah mencatat siapa, kapan, dan mengapa. Langkah yang tidak ada di sini ditolak, dengan menyebut langkah yang
boleh. Pembayaran pertama membawa keanggotaan lewat `ditagih` dan `dibayar`; bulan-bulan sesudahnya tidak mengubah
keadaan, melainkan ada di buku besar.

"""


def lifecycle_page() -> str:
    """The page: drawing, states, steps, reasons."""
    parts = (_HEAD + _drawing(), _states(), _steps(), _reasons())
    return "\n".join(parts)


def _drawing() -> str:
    """Ending and reopening are drawn once, around all states that run."""
    lines = ["stateDiagram-v2", "    [*] --> berjalan", "    state berjalan {", f"        [*] --> {_name(RUNNING[0])}"]
    inner = [step for step in STEPS if END not in (step.dari, step.ke)]
    lines += [f"        {_name(step.dari)} --> {_name(step.ke)}: {_label(step)}" for step in inner]
    lines += ["    }", f"    berjalan --> {END}: {_about_end(to_end=True)}"]
    lines += [f"    {END} --> berjalan: {_about_end(to_end=False)}", f"    {END} --> [*]"]
    return "```mermaid\n" + "\n".join(lines) + "\n```\n"


def _name(state: str) -> str:
    return state.replace("-", "_")


def _label(step: Step) -> str:
    return step.kata.replace(":", ",").replace(";", ",")


def _about_end(*, to_end: bool) -> str:
    return next(_label(step) for step in STEPS if (step.ke if to_end else step.dari) == END)


def _states() -> str:
    rows = [f"| `{state.kode}` | {state.arti} |" for state in STATES.values()]
    return "\n".join(["## Keadaan", "", "| keadaan | arti |", "|---|---|", *rows, ""])


def _steps() -> str:
    rows = [
        f"| `{step.dari}` | `{step.ke}` | {step.kata} | {_who(step)} | {'ya' if step.sebab else ''} |"
        for step in STEPS
        if END not in (step.dari, step.ke)
    ]
    rows += [
        f"| semua keadaan lain | `{END}` | {_about_end(to_end=True)} | orang | ya |",
        f"| `{END}` | keadaan sebelum diakhiri | {_about_end(to_end=False)} | orang | ya |",
    ]
    return "\n".join(
        ["## Langkah", "", "| dari | ke | apa | oleh | sebab ditulis |", "|---|---|---|---|---|", *rows, ""]
    )


def _who(step: Step) -> str:
    return " atau ".join(sorted(step.oleh))


def _reasons() -> str:
    rows = [f"| `{kode}` | {words} |" for kode, words in REASONS.items()]
    return "\n".join(["## Alasan selesai", "", "| alasan | arti |", "|---|---|", *rows, ""])
