"""YAML that Jangkau ships."""

from typing import Any

import yaml


def load_yaml(text: str) -> Any:
    """The content of a YAML text, read by libyaml: a tenth of the time of the loader in Python, which every command
    that starts would pay again.
    """
    return yaml.load(text, yaml.CSafeLoader)
