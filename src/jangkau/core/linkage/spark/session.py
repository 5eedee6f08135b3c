"""A quiet, offline Spark session that is started only when asked for and leaves nothing behind."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from jangkau.core.kernel.problems import Problem
from jangkau.core.linkage.spark.buckets import plain
from jangkau.core.linkage.spark.java import java_home

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

# Rows that go to Python at once: large enough that a batch shares one dictionary of names.
BATCH = 100_000
_SQL_TYPES = {
    "bool": "boolean",
    "int8": "tinyint",
    "int16": "smallint",
    "int32": "int",
    "int64": "bigint",
    "double": "double",
    "string": "string",
    "date32[day]": "date",
    "list<item: string>": "array<string>",
}


@dataclass(frozen=True)
class Options:
    """Where Spark runs: `master` (its URL), `folder` (scratch space that every executor sees), memory of the driver.

    A cluster's other settings come from its own `spark-defaults.conf`.
    """

    master: str = "local[2]"
    folder: Path | None = None
    memory: str = "2g"
    partitions: int = 2

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Options:
        """JANGKAU_SPARK_MASTER, _FOLDER, _MEMORY, _PARTITIONS. Raises SPARK_TIDAK_SIAP for a value that cannot be."""
        given = {name: environment.get(f"JANGKAU_SPARK_{name.upper()}") for name in cls.__dataclass_fields__}
        told: dict[str, Any] = {name: text for name, text in given.items() if text}
        if not told.get("partitions", "1").isdecimal():
            raise Problem("SPARK_TIDAK_SIAP", sebab="JANGKAU_SPARK_PARTITIONS bukan bilangan")
        if "folder" in told and not Path(told["folder"]).is_dir():
            raise Problem("SPARK_TIDAK_SIAP", sebab="folder JANGKAU_SPARK_FOLDER tidak ada")
        kinds: dict[str, Callable[[str], Any]] = {"folder": Path, "partitions": int}
        return cls(**{name: kinds.get(name, str)(text) for name, text in told.items()})


@dataclass(frozen=True)
class Work:
    """A session and its scratch folder."""

    spark: SparkSession
    folder: Path
    _numbers: Iterator[int] = field(default_factory=count)

    def new_path(self) -> str:
        """A path in the scratch folder that nobody has used."""
        return str(self.folder / f"tabel-{next(self._numbers)}.parquet")

    def frame(self, table: pa.Table) -> DataFrame:
        """An Arrow table of this process as a Spark frame."""
        table = plain(table)
        return self.spark.createDataFrame(table if table.num_rows else [], ddl(table.schema))

    def kept(self, data: DataFrame) -> DataFrame:
        """The frame computed once and written down, so that nothing before it is ever computed again."""
        path = self.new_path()
        data.write.parquet(path)
        return self.spark.read.schema(data.schema).parquet(path)


def ddl(schema: pa.Schema) -> str:
    """The columns of an Arrow schema in Spark's words."""
    return ", ".join(f"{column.name} {_SQL_TYPES[str(column.type)]}" for column in schema)


@contextmanager
def opened(options: Options) -> Iterator[Work]:
    """A session for one job; a session that is already running is used and left running.

    Raises SPARK_TIDAK_SIAP where PySpark or Java is missing and SPARK_BERHENTI where the work fails.
    """
    if find_spec("pyspark") is None:
        raise Problem("SPARK_TIDAK_SIAP", sebab="PySpark belum terpasang")
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    running = SparkSession.getActiveSession()
    with TemporaryDirectory(prefix="jangkau-", dir=options.folder, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        spark = running or _start(options, folder)
        try:
            yield Work(spark, folder)
        except PySparkException as error:
            # Its words come from a Java that is about to stop; they may hold data, so that only its kind is shown.
            raise Problem("SPARK_BERHENTI", sebab=error.getCondition() or "galat") from RuntimeError(str(error))
        finally:
            if running is None:
                _stop(spark)


def _start(options: Options, folder: Path) -> SparkSession:
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkRuntimeError
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    # It works with the pandas that is installed; nothing of ours uses either.
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
    home = java_home(folder)
    if home is None:
        raise Problem("SPARK_TIDAK_SIAP", sebab="Java 17 atau lebih baru tidak ditemukan")
    os.environ["JAVA_HOME"] = str(home)
    if options.master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    conf = SparkConf(loadDefaults=False).setAll(list(_settings(options, folder).items()))
    try:
        with (folder / "catatan.txt").open("w") as log:
            gateway = launch_gateway(conf, {"stdout": log, "stderr": log})  # type: ignore[no-untyped-call]
        return SparkSession(SparkContext(conf=conf, gateway=gateway))
    except PySparkRuntimeError as error:
        raise Problem("SPARK_TIDAK_SIAP", sebab=f"Spark tidak dapat dijalankan ({error.getCondition()})") from None


def _settings(options: Options, folder: Path) -> dict[str, str]:
    settings = {
        "spark.master": options.master,
        "spark.app.name": "jangkau",
        "spark.log.level": "ERROR",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": str(options.partitions),
        "spark.sql.warehouse.dir": str(folder / "gudang"),
        "spark.sql.execution.arrow.pyspark.enabled": "true",
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(BATCH),
    }
    if options.master.startswith("local"):
        settings |= {
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.memory": options.memory,
            "spark.local.dir": str(folder),
        }
    return settings


def _stop(spark: SparkSession) -> None:
    """Stop the session and the Java under it, so that the next one starts from its own settings."""
    from pyspark import SparkContext

    gateway = SparkContext._gateway
    spark.stop()
    if gateway is not None:
        gateway.shutdown()
        gateway.proc.stdin.close()
        gateway.proc.wait()
    SparkContext._gateway = None
    SparkContext._jvm = None
