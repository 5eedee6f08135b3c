"""The same linkage on PySpark: Spark reads, joins on keys, counts, shuffles; each bucket is linked by our own code.

Results equal those of one machine by construction: names, keys, guard, weights, probabilities and decisions come from
the very functions that the engine of one machine calls, applied to buckets of rows that no decision crosses.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from jangkau.core.linkage.linker import Engine
from jangkau.core.linkage.model import Model
from jangkau.core.linkage.search import Search
from jangkau.core.linkage.spark.session import Options, opened
from jangkau.core.tables.schema import Frame

__all__ = ["Options", "on_spark"]


def on_spark(options: Options) -> Engine:
    """The engine for `link`. Opening it raises SPARK_TIDAK_SIAP where PySpark or Java is missing."""

    @contextmanager
    def engine(rows: Frame, registers: dict[str, Frame], model: Model) -> Iterator[Search]:
        with opened(options) as work:
            # Only now: these modules import PySpark, which a machine without this engine need not have.
            from jangkau.core.linkage.spark.prepare import prepare

            yield prepare(work, rows, registers, model)

    return engine
