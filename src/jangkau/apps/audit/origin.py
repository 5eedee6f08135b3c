"""Where the present request comes from, for whoever records an event in it."""

from contextvars import ContextVar

ORIGIN: ContextVar[str] = ContextVar("origin", default="")
