"""How long work says where it is, without knowing who listens."""

from typing import Protocol


class Progress(Protocol):
    """A listener; a count is of the things of the step named last."""

    def step(self, name: str, total: int | None = None) -> None:
        """A new step begins; `total` is how many things it will do, if known."""

    def advance(self, count: int = 1) -> None:
        """`count` more things of this step are done."""


class Silent:
    """Listens to nothing."""

    def step(self, name: str, total: int | None = None) -> None:
        """Ignore it."""

    def advance(self, count: int = 1) -> None:
        """Ignore it."""
