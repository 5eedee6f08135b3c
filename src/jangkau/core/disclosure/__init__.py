"""Tables that may be published: small counts closed, and what would give them away."""

from jangkau.core.disclosure.edition import OF_PEOPLE, Edition, make, publishable
from jangkau.core.disclosure.rules import Rules

__all__ = ["OF_PEOPLE", "Edition", "Rules", "make", "publishable"]
