"""Telling people what this insurance is: whom it reached, what it changed, messages with true numbers."""

from jangkau.core.outreach.effect import Area, Effect, effect
from jangkau.core.outreach.messages import TEMPLATES, message
from jangkau.core.outreach.reach import Reach, Session, reach

__all__ = ["TEMPLATES", "Area", "Effect", "Reach", "Session", "effect", "message", "reach"]
