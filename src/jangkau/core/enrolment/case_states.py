"""The states of a claim and the steps between them, as `klaim.yaml` declares them."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from jangkau.core.kernel.problems import Problem
from jangkau.core.kernel.yaml_text import load_yaml

FIRST, EXPIRED = "dilaporkan", "kedaluwarsa"


@dataclass(frozen=True)
class State:
    """One state: its words, where it may go, and what the step into it must say."""

    name: str
    words: str
    to: tuple[str, ...]
    asks_reason: bool
    asks_day: bool

    @property
    def final(self) -> bool:
        """Nothing follows."""
        return not self.to


@cache
def data() -> dict[str, Any]:
    """What `klaim.yaml` says."""
    text = (files("jangkau.core.enrolment") / "klaim.yaml").read_text("utf-8")
    return dict(load_yaml(text))


@cache
def states() -> dict[str, State]:
    """Every state by name, in the order a claim goes through them."""
    return {
        name: State(name, told["kata"], tuple(told["ke"]), told.get("alasan", False), told.get("tanggal", False))
        for name, told in data()["keadaan"].items()
    }


def step(before: str, after: str, *, reason: str = "", day: date | None = None, today: date) -> None:
    """Let a step pass, or say why not. Raises KLAIM_LANGKAH, KLAIM_ALASAN, KLAIM_TANGGAL."""
    known = states()
    if after not in known[before].to:
        ways = ", ".join(known[name].words for name in known[before].to) or "tidak ada, kasus ini selesai"
        raise Problem("KLAIM_LANGKAH", dari=known[before].words, ke=known[after].words, jalan=ways)
    if known[after].asks_reason and not reason.strip():
        raise Problem("KLAIM_ALASAN", ke=known[after].words)
    if known[after].asks_day and (day is None or day > today):
        raise Problem("KLAIM_TANGGAL", ke=known[after].words)
