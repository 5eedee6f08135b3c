"""Who is told that something was asked: filled in by the desk, of which what is public knows nothing."""

from collections.abc import Callable

from jangkau.apps.requests.models import Petition

Listener = Callable[[Petition], object]
LISTENERS: list[Listener] = []


def on_arrival(listener: Listener) -> Listener:
    """Declare what is done, in the same transaction, with every petition that arrives."""
    LISTENERS.append(listener)
    return listener


LEAVERS: list[Listener] = []


def on_withdrawal(listener: Listener) -> Listener:
    """Declare what is done, in the same transaction, with every petition that is taken back."""
    LEAVERS.append(listener)
    return listener


def withdrawn(petition: Petition) -> None:
    """Say so."""
    for listener in LEAVERS:
        listener(petition)


def arrived(petition: Petition) -> None:
    """Say so."""
    for listener in LISTENERS:
        listener(petition)
