"""Who is told that something was asked: filled in by the desk, of which what is public knows nothing."""

from collections.abc import Callable

from jangkau.apps.requests.models import Petition

Listener = Callable[[Petition], object]
LISTENERS: list[Listener] = []


def on_arrival(listener: Listener) -> Listener:
    """Declare what is done, in the same transaction, with every petition that arrives."""
    LISTENERS.append(listener)
    return listener


def arrived(petition: Petition) -> None:
    """Say so."""
    for listener in LISTENERS:
        listener(petition)
