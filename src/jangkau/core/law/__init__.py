"""The law as dated, cited data, and what follows from it: contributions, membership, benefits, duties."""

from jangkau.core.law.book import Book, LawUndefinedOn
from jangkau.core.law.contributions import contributions

__all__ = ["Book", "LawUndefinedOn", "contributions"]
