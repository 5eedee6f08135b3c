"""Who wants to know that the rows that count have changed, other than by a list that was read."""

from collections.abc import Callable

from jangkau.apps.accounts.models import User

Listener = Callable[[User | None], object]
LISTENERS: list[Listener] = []


def on_change(listener: Listener) -> Listener:
    """Declare what is done, in the same transaction, when someone changes rows that count."""
    LISTENERS.append(listener)
    return listener


def changed(by: User | None) -> None:
    """Say that rows have changed: by a mend, or by a list that counts now or no more."""
    for listener in LISTENERS:
        listener(by)
