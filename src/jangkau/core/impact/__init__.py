"""Expected extreme poverty averted by a plan's cover: closed form, ranges, who gains. Never more than `expected`."""

from jangkau.core.impact.family import EVENTS, Event, Household, family
from jangkau.core.impact.parameters import parameters
from jangkau.core.impact.read import read_plan
from jangkau.core.impact.report import DRAWS, beside, impact

__all__ = ["DRAWS", "EVENTS", "Event", "Household", "beside", "family", "impact", "parameters", "read_plan"]
