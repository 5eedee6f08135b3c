"""The words of many texts as numbers, so that whatever is known of a word is worked out once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Words:
    """The words of text i are `codes[starts[i] : starts[i + 1]]`, numbers in `distinct`."""

    distinct: pl.Series
    codes: Ints
    starts: Ints

    @classmethod
    def of(cls, texts: pl.Series) -> "Words":
        """Texts parted at single blanks; an empty text has one empty word."""
        lists = texts.str.split(" ")
        distinct, codes = encoded(lists.explode())
        return cls(distinct, codes.to_numpy(), _summed(lists.list.len().to_numpy()))

    @property
    def rows(self) -> Ints:
        """The text of each word."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

    def known(self, kind: type[Any], of_each: Iterable[Any]) -> NDArray[Any]:
        """What is known of each word, given what is known of the distinct ones."""
        return np.fromiter(of_each, kind)[self.codes]

    def ends(self) -> tuple[pl.Series, pl.Series]:
        """The first and the last word of each text; no text may be without words."""
        return self.distinct.gather(self.codes[self.starts[:-1]]), self.distinct.gather(self.codes[self.starts[1:] - 1])

    def total(self, values: NDArray[Any]) -> Ints:
        """The sum of a value a word in each text (true counts 1), wrapped to 64 bits."""
        total: Ints = np.diff(_summed(values)[self.starts])
        return total

    def before(self, mask: Bools) -> Ints:
        """How many earlier words of the same text the mask holds for."""
        summed = _summed(mask)
        before: Ints = summed[:-1] - np.repeat(summed[self.starts[:-1]], np.diff(self.starts))
        return before

    def keep(self, mask: Bools) -> "Words":
        """Without the words that the mask leaves out."""
        return Words(self.distinct, self.codes[mask], _summed(mask)[self.starts])

    def take(self, texts: NDArray[Any]) -> "Words":
        """Some texts, by mask or by number, each as often as it is asked for."""
        lengths = np.diff(self.starts)[texts]
        starts = _summed(lengths)
        at = np.arange(starts[-1]) + np.repeat(self.starts[:-1][texts] - starts[:-1], lengths)
        return Words(self.distinct, self.codes[at], starts)

    def to(self, distinct: pl.Series, codes: Ints) -> "Words":
        """Other words in the places of these."""
        return Words(distinct, codes, self.starts)

    def sorted(self) -> "Words":
        """The words of each text in the order of their numbers."""
        return self.to(self.distinct, np.sort(self.rows << 32 | self.codes) & (2**32 - 1))

    def lists(self) -> pl.Series:
        """A list of words a text."""
        flat = self.distinct.gather(self.codes).to_arrow()
        return pl.Series(pa.LargeListArray.from_arrays(pl.Series(self.starts).to_arrow(), flat))

    def texts(self) -> pl.Series:
        """The texts, their words with single blanks between."""
        return self.lists().list.join(" ")


def encoded(texts: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The distinct texts as they come, and the number of each text among them; null for null."""
    coded = texts.to_arrow().dictionary_encode()
    return pl.Series(coded.dictionary, dtype=pl.String), pl.Series(coded.indices, dtype=pl.Int64)


def _summed(values: NDArray[Any]) -> Ints:
    """0 and the running sums."""
    return np.concatenate([[0], np.cumsum(values, dtype=np.int64)])
