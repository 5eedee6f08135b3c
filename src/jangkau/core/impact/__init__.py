"""Expected extreme poverty averted by a plan's cover: closed form, ranges, who gains. Never more than `expected`."""

from jangkau.core.impact.diagnosis import classes
from jangkau.core.impact.family import EVENTS, Event, Household, family
from jangkau.core.impact.fit import fit
from jangkau.core.impact.households import Asked, read_households
from jangkau.core.impact.model import Model, by_survey, model_text, read_model, write_model
from jangkau.core.impact.parameters import parameters
from jangkau.core.impact.read import of_tables, read_plan
from jangkau.core.impact.report import DRAWS, beside, impact, per_person

__all__ = [
    "DRAWS", "EVENTS", "Asked", "Event", "Household", "Model", "beside", "by_survey", "classes", "family", "fit",
    "impact", "model_text", "of_tables", "parameters", "per_person", "read_households", "read_model", "read_plan",
    "write_model",
]  # fmt: skip
