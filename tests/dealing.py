"""How tests are dealt to workers: a file goes to one worker, so that its world is made once; the dearest begin."""

from typing import Any

from xdist.scheduler import LoadScopeScheduling

# Worlds that several files share go together. First stands what takes longest, so that the small fill up the end.
TOGETHER = ("tests/integration/", "tests/browser/")
FIRST = (
    "tests/integration/", "tests/browser/", "tests/unit/linkage/test_spark_engine.py", "tests/web/frame/test_access.py",
    "tests/unit/linkage/", "tests/golden/", "tests/property/", "tests/unit/planning/", "tests/web/",
)  # fmt: skip


class ByFile(LoadScopeScheduling):
    """Whole files, in the order of `FIRST` (pytest-xdist itself orders them by their number of tests)."""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.split("::", maxsplit=1)[0]
        return next((folder for folder in TOGETHER if path.startswith(folder)), path)

    def _assign_work_unit(self, node: Any) -> None:
        self.workqueue.move_to_end(min(self.workqueue, key=_turn), last=False)
        super()._assign_work_unit(node)


def _turn(nodeid: str) -> int:
    return next((turn for turn, beginning in enumerate(FIRST) if nodeid.startswith(beginning)), len(FIRST))
