"""An example for every address with arguments, so that the test of access can try it.

When you add such an address, add to `tests/web/<app>/examples.py` (found by itself, nothing to import):

    from examples import example

    @example("people.person")                    # the name of the url
    def person(user) -> dict:                    # user("operator_kab") makes a user, as the fixture does
        made = Person.objects.create(region_code="1705012002", ...)
        return {"pk": made.pk}                   # the url's arguments

Make the thing in desa Niur (1705012002), in kabupaten Seluma: every role of the cast may reach it there if it has the
permission, and everyone in Kaur (1704) and in the next desa must get 403 or 404. A thing of the whole province (a
snapshot of a register) is declared `@example("registers.snapshot", shared=True)`: neighbours with the role see it.
What belongs to one user (a token) is `personal=True`: made for `user("operator_kab")`, everyone else gets 404.
"""

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Make = Callable[[Callable[..., Any]], dict[str, Any]]


@dataclass(frozen=True)
class Example:
    make: Make
    shared: bool
    personal: bool


EXAMPLES: dict[str, Example] = {}


def example(*names: str, shared: bool = False, personal: bool = False) -> Callable[[Make], Make]:
    """Declare what makes the arguments of the urls named."""

    def declare(make: Make) -> Make:
        EXAMPLES.update(dict.fromkeys(names, Example(make, shared, personal)))
        return make

    return declare


def load() -> dict[str, Example]:
    """Every example, by the name of its url."""
    for path in sorted((Path(__file__).parent / "web").glob("*/examples.py")):
        spec = importlib.util.spec_from_file_location(f"examples_of_{path.parent.name}", path)
        assert spec
        assert spec.loader
        spec.loader.exec_module(importlib.util.module_from_spec(spec))
    return EXAMPLES
