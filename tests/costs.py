"""What a run spent most of its time on, told at its end, so that growth is seen while it is small."""

import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

MOST = 15


class Costs:
    """Seconds by test (with the fixtures made for it), fixture (without those it asks for) and folder."""

    def __init__(self) -> None:
        self.tests: Counter[str] = Counter()
        self.fixtures: Counter[str] = Counter()
        self._inner = [0.0]

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Iterator[None]:
        """Measure a fixture."""
        began = time.perf_counter()
        self._inner.append(0.0)
        try:
            return (yield)
        finally:
            spent = time.perf_counter() - began
            self.fixtures[f"{fixturedef.baseid or 'plugin'}: {fixturedef.argname}"] += spent - self._inner.pop()
            self._inner[-1] += spent

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Measure a test; where there are workers, this is asked of the one that deals."""
        self.tests[report.nodeid] += report.duration

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """A worker hands its fixtures over."""
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["fixtures"] = dict(self.fixtures.most_common(5 * MOST))

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take over the fixtures of a worker."""
        self.fixtures.update(getattr(node, "workeroutput", {}).get("fixtures", {}))

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """The dearest of each, after long runs."""
        folders: Counter[str] = Counter()
        for test, spent in self.tests.items():
            folders[test.split("::")[0].rpartition("/")[0]] += spent
        if sum(folders.values()) < 60:
            return
        for title, costs in (("folders", folders), ("tests", self.tests), ("fixtures", self.fixtures)):
            terminalreporter.section(f"dearest {title}, seconds of {sum(costs.values()):.0f}")
            for name, spent in costs.most_common(MOST):
                terminalreporter.write_line(f"{spent:7.1f}  {name}")
