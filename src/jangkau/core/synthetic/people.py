"""The population register: households, ages, numbers, names, cards, deaths, people who moved.

Everything here is drawn for all people at once; a person's number is its place in the frame.
"""

from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jangkau.core.synthetic.data import load, mortality
from jangkau.core.synthetic.names import draw_cultures, draw_names
from jangkau.core.synthetic.places import Places

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
RELATIONS = ("KEPALA", "PASANGAN", "ANAK", "LAIN")
HOUSEHOLD_SIZES = (1, 2, 3, 4, 5, 6, 7, 8)
HOUSEHOLD_SHARES = (0.08, 0.15, 0.22, 0.25, 0.16, 0.08, 0.04, 0.02)
ISSUED_ELSEWHERE = 0.12
MOVED_AWAY = 0.012
TWINS = 0.012
CARD_DIFFERS = 0.01
DEAD_WITHIN_DAYS = 900
_EPOCH = np.datetime64("1970-01-01", "D")


def make_people(places: Places, per: date, rng: np.random.Generator) -> pl.DataFrame:
    """The register (PENDUDUK's columns) and, behind an underscore, what only the generator knows.

    `_desa` and `_asal` number and code of the village a person comes from, `_tag` the work really done, `_rumah` the
    household, `_usia` the age in years, `_budaya` the culture.
    """
    village = np.repeat(np.arange(len(places.villages)), places.population)
    home, place_in = _households(village, rng)
    households = int(home[-1]) + 1
    relation, female, age = _family(home, place_in, rng)
    culture = draw_cultures(places.province, households, rng)[home]
    born = _birth_dates(age, per, rng)
    _make_twins(home, relation, age, born, rng)
    card = _cards(places, village, female, age, rng)
    frame = pl.DataFrame(
        {
            "nik": _niks(places, village, female, born, rng),
            "no_kk": _family_cards(places, village, home, rng),
            "nama": draw_names(culture, female, age, home, rng),
            "tanggal_lahir": born,
            "jenis_kelamin": _pick(("L", "P"), female.astype(np.int64)),
            "kode_desa": _addresses(places, village, home, rng),
            "hubungan": _pick(RELATIONS, relation),
            "pekerjaan": card,
            "tanggal_meninggal": _deaths(female, age, per, rng),
            "_desa": village,
            "_asal": _pick(places.villages, village),
            "_rumah": home,
            "_usia": age,
            "_budaya": culture,
        }
    )
    return frame.with_columns(_real_work(card, rng)).with_row_index("_orang")


def _pick(words: tuple[str, ...] | list[str], index: Ints) -> pl.Series:
    return pl.Series(words).gather(pl.Series(index))


def _households(village: Ints, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Household number and place in it (0 the head) of each person; a household stays in one village."""
    n = len(village)
    sizes = rng.choice(HOUSEHOLD_SIZES, size=n, p=HOUSEHOLD_SHARES)
    starts = np.zeros(n, dtype=bool)
    ends = np.cumsum(sizes)
    starts[ends[ends < n]] = True
    starts[1:] |= village[1:] != village[:-1]
    starts[0] = True
    home = np.cumsum(starts) - 1
    return home, np.arange(n) - np.flatnonzero(starts)[home]


def _family(home: Ints, place_in: Ints, rng: np.random.Generator) -> tuple[Ints, Bools, Ints]:
    """Relation to the head, sex and age of each person."""
    n, first = len(home), np.flatnonzero(place_in == 0)
    size = np.bincount(home)
    head_age = np.clip(rng.gamma(9.5, 5.0, len(first)), 19, 92).astype(np.int64)
    head_female = rng.random(len(first)) < np.where(size == 1, 0.45, 0.13)
    u = rng.random((n, 4))
    spouse = (place_in == 1) & (u[:, 0] < np.where(head_female[home], 0.12, 0.93))
    child = (place_in > 0) & ~spouse & (u[:, 1] < np.where(head_age[home] > 22, 0.86, 0.3))
    relation = np.select([place_in == 0, spouse, child], [0, 1, 2], 3)
    female = np.select([place_in == 0, spouse], [head_female[home], ~head_female[home]], u[:, 2] < 0.49)
    mother = head_age[home] - 3
    born_at = 18 + u[:, 3] * np.clip(mother - 18, 1, 22)
    child_age = np.where(mother - born_at < 0, u[:, 2] * 4, mother - born_at)
    other_age = np.where(u[:, 2] < 0.35, head_age[home] + 20 + u[:, 3] * 15, u[:, 3] * 60)
    spouse_age = head_age[home] + np.where(head_female[home], 3, -3) + (u[:, 3] - 0.5) * 9
    age = np.select([place_in == 0, spouse, child], [head_age[home], np.maximum(17, spouse_age), child_age], other_age)
    return relation, female.astype(bool), np.clip(age, 0, 104).astype(np.int64)


def _birth_dates(age: Ints, per: date, rng: np.random.Generator) -> NDArray[np.datetime64]:
    """Dates that give the ages on `per`; some of the old got 1 January, 1 July or 31 December."""
    n = len(age)
    days = (np.datetime64(per, "D") - _EPOCH).astype(np.int64) - np.floor((age + rng.random(n)) * 365.25)
    born = _EPOCH + days.astype("timedelta64[D]")
    rounded = rng.random(n) < np.where(age > 40, 0.06, 0.005)
    year = born.astype("datetime64[Y]").astype("datetime64[D]")
    chosen = rng.choice(np.array([0, 181, 364]), size=n, p=[0.5, 0.2, 0.3]).astype("timedelta64[D]")
    return np.where(rounded & (year + chosen < np.datetime64(per, "D")), year + chosen, born)


def _make_twins(home: Ints, relation: Ints, age: Ints, born: NDArray[np.datetime64], rng: np.random.Generator) -> None:
    """Give some children the age and birth date of the child before them, in place."""
    after = np.arange(1, len(home))
    siblings = (home[after] == home[after - 1]) & (relation[after] == 2) & (relation[after - 1] == 2)
    twin = after[siblings & (rng.random(len(after)) < TWINS)]
    age[twin], born[twin] = age[twin - 1], born[twin - 1]


def _niks(
    places: Places, village: Ints, female: Bools, born: NDArray[np.datetime64], rng: np.random.Generator
) -> pl.Series:
    """Unique numbers: region of first issue, birth date (+40 for women), running serial.

    One in eight was issued in another region, one in a hundred holds a date corrected since.
    """
    n = len(village)
    district = np.array([int(code[:6]) for code in places.villages])[village]
    moved = np.flatnonzero(rng.random(n) < ISSUED_ELSEWHERE)
    far = np.array([int(code[:6]) for code in places.elsewhere])
    near = np.array([int(code) for code in places.districts])
    inside = rng.random(len(moved)) < 0.5
    district[moved] = np.where(inside, rng.choice(near, len(moved)), rng.choice(far, len(moved)))
    shift = np.where(rng.random(n) < CARD_DIFFERS, rng.integers(-400, 400, n), 0)
    prefix = district * 10**6 + _date_digits(born - shift.astype("timedelta64[D]"), female)
    return _serials(prefix)


def _date_digits(day: NDArray[np.datetime64], female: Bools) -> Ints:
    year = day.astype("datetime64[Y]").astype(np.int64) + 1970
    month = day.astype("datetime64[M]").astype(np.int64) % 12 + 1
    date_in = (day - day.astype("datetime64[M]").astype("datetime64[D]")).astype(np.int64) + 1
    digits: Ints = (date_in + 40 * female) * 10000 + month * 100 + year % 100
    return digits


def _serials(prefix: Ints) -> pl.Series:
    """Twelve digits and a serial that counts those who share them, as text."""
    order = np.argsort(prefix, kind="stable")
    ordered = prefix[order]
    first = np.r_[True, ordered[1:] != ordered[:-1]]
    rank = np.arange(len(prefix)) - np.flatnonzero(first)[np.cumsum(first) - 1]
    serial = np.empty(len(prefix), dtype=np.int64)
    serial[order] = rank + 1
    return pl.Series(prefix * 10000 + serial).cast(pl.String)


def _family_cards(places: Places, village: Ints, home: Ints, rng: np.random.Generator) -> pl.Series:
    first = np.flatnonzero(np.r_[True, home[1:] != home[:-1]])
    district = np.array([int(code[:6]) for code in places.villages])[village[first]]
    issued = np.datetime64("2008-01-01") + rng.integers(0, 6700, len(first)).astype("timedelta64[D]")
    prefix = district * 10**6 + _date_digits(issued, np.zeros(len(first), dtype=bool))
    return _serials(prefix).gather(pl.Series(home))


def _addresses(places: Places, village: Ints, home: Ints, rng: np.random.Generator) -> pl.Series:
    """Village codes; a few households and persons have moved out of the province."""
    gone_homes = rng.random(int(home[-1]) + 1) < MOVED_AWAY * 0.7
    target = rng.integers(0, len(places.elsewhere), int(home[-1]) + 1)[home]
    gone = gone_homes[home] | (rng.random(len(home)) < MOVED_AWAY * 0.3)
    codes = places.villages + places.elsewhere
    return _pick(codes, np.where(gone, len(places.villages) + target, village))


def _cards(places: Places, village: Ints, female: Bools, age: Ints, rng: np.random.Generator) -> pl.Series:
    """The identity card's occupation."""
    town = np.array([code[6] == "1" for code in places.villages])[village]
    data = load("jobs")
    words = list(data["nyata"])
    number = {word: i for i, word in enumerate(words)}
    job = np.zeros(len(village), dtype=np.int64)
    for key, weights in data["dewasa"].items():
        here = np.flatnonzero((town == key.startswith("kota")) & (female == key.endswith("P")))
        shares = np.array(list(weights.values()), dtype=float)
        job[here] = rng.choice([number[w] for w in weights], size=len(here), p=shares / shares.sum())
    u = rng.random(len(village))
    student = (age >= 6) & (u < np.interp(age, [5, 15, 17, 18, 20, 23, 25], [1, 1, 0.93, 0.6, 0.25, 0.05, 0]))
    retired = (age >= 60) & (u < np.where(town, 0.12, 0.05))
    civil = np.isin(job, [number[w] for w in data["aparatur"]]) & (age >= 60)
    job[(age < 18) & ~student] = number["BELUM/TIDAK BEKERJA"]
    job[student] = number["PELAJAR/MAHASISWA"]
    job[retired | civil] = number["PENSIUNAN"]
    return _pick(words, job)


def _real_work(card: pl.Series, rng: np.random.Generator) -> pl.Series:
    """The tag of the work a person really does, given the card."""
    words, tag = card.to_numpy(), np.full(len(card), "LAIN", dtype=object)
    for word, weights in load("jobs")["nyata"].items():
        at = np.flatnonzero(words == word)
        shares = np.array(list(weights.values()), dtype=float)
        tag[at] = rng.choice(np.array(list(weights), dtype=object), size=len(at), p=shares / shares.sum())
    return pl.Series("_tag", tag.tolist(), dtype=pl.String)


def _deaths(female: Bools, age: Ints, per: date, rng: np.random.Generator) -> pl.Series:
    """Date of death for those who died in the last two and a half years and are still in the register."""
    yearly = np.zeros(len(age))
    for sex, is_female in (("L", False), ("P", True)):
        first, rate = zip(*mortality()[sex], strict=True)
        here = female == is_female
        yearly[here] = np.array(rate)[np.searchsorted(first, age[here], side="right") - 1]
    years = DEAD_WITHIN_DAYS / 365.25
    dead = rng.random(len(age)) < 1 - np.exp(-yearly * years)
    day = np.datetime64(per, "D") - rng.integers(1, DEAD_WITHIN_DAYS, len(age)).astype("timedelta64[D]")
    return pl.Series(day).set(pl.Series(~dead | (age < 3)), None)
