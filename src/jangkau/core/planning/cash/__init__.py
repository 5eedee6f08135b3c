"""When the money is needed, how long it lasts, and who falls out of membership when it ends."""

from jangkau.core.planning.cash.calendar import Cash, cash_calendar

__all__ = ["Cash", "cash_calendar"]
