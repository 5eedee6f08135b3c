"""What every command shares: `--json`, problems to exit codes, progress on a terminal."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bars

from jangkau.core.kernel.problems import Problem
from jangkau.core.kernel.progress import Progress, Silent

F = TypeVar("F", bound=Callable[..., Any])

minutes_option = click.option(
    "--menit-per-pasangan",
    "menit",
    default=1.0,
    show_default=True,
    type=click.FloatRange(min=0, min_open=True),
    help="Lamanya melihat satu pasangan.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Keluaran JSON.")
model_option = click.option(
    "--model",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Model pencocokan hasil `jangkau link belajar`; bawaan: model_tautan.json di RUANG, lalu model Jangkau.",
)


def say_problems(command: F) -> F:
    """A `Problem` becomes one sentence (or JSON) and its exit code, never a traceback."""

    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except Problem as problem:
            _say(problem, as_json=bool(kwargs.get("as_json")))
            sys.exit(problem.kind.keluar)

    return wrapped  # type: ignore[return-value]


def _say(problem: Problem, *, as_json: bool) -> None:
    if as_json:
        print_json({"galat": {"kode": problem.kind.kode, "pesan": problem.pesan, "saran": problem.saran}})
    else:
        click.echo(f"{problem.pesan}\n{problem.saran}", err=True)


def print_json(value: object) -> None:
    """One JSON document on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def too_short(keluaran: Path) -> dict[str, str]:
    """`peringatan` of a plan that gives fewer months than a full death benefit needs; else nothing."""
    from jangkau.core.outputs import read_json

    path = keluaran / "rencana.json"
    words = read_json(path).get("peringatan") if path.is_file() else None
    return {"peringatan": words} if words else {}


def say_too_short(keluaran: Path) -> None:
    """The same in red words."""
    for words in too_short(keluaran).values():
        click.secho(words, fg="red", bold=True)


@contextmanager
def progress(*, quiet: bool) -> Iterator[Progress]:
    """Bars with counts and time left on a terminal; silence elsewhere."""
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield Silent()
        return
    spinner, text = SpinnerColumn(finished_text="✓"), TextColumn("{task.description}")
    with Bars(
        spinner, text, BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn(), console=console
    ) as bars:
        shown = _Shown(bars)
        yield shown
        shown.finish()


class _Shown:
    """One bar a step."""

    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._task: Any = None
        self._total = 0

    def step(self, name: str, total: int | None = None) -> None:
        """Close the bar of the last step and open one for this."""
        self.finish()
        self._total = total or 1
        self._task = self._bars.add_task(name, total=self._total)

    def advance(self, count: int = 1) -> None:
        """Move the bar."""
        self._bars.advance(self._task, count)

    def finish(self) -> None:
        """Fill the bar of the step that ends."""
        if self._task is not None:
            self._bars.update(self._task, completed=self._total)
