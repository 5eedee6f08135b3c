"""Which pairs are worth scoring: rules that share a key, each capped and each reported."""

from dataclasses import dataclass

from jangkau.core.linkage.normalise import Connection


@dataclass(frozen=True)
class Rule:
    """Two rows meet where every key is equal; keys shared by more than `cap` rows of the right side say too little."""

    name: str
    keys: tuple[str, ...]
    cap: int = 300
    words: bool = False


RULES = (
    Rule("NIK sama", ("nik",)),
    Rule("NIK 15 angka pertama", ("n15",)),
    Rule("NIK 12 angka pertama, kata", ("n12", "kata_kunci"), words=True),
    Rule("NIK 10 angka pertama, kata pertama", ("n10", "awal"), cap=60),
    Rule("NIK 10 angka terakhir, kata", ("z10", "kata_kunci"), words=True),
    Rule("lahir, kata", ("lahir", "kata_kunci"), words=True),
    Rule("lahir, kata pertama", ("lahir", "awal"), cap=60),
    Rule("lahir, kata terakhir", ("lahir", "akhir"), cap=60),
    Rule("lahir, desa", ("lahir", "desa"), cap=60),
    Rule("lahir, kabupaten", ("lahir", "kab"), cap=30),
    Rule("huruf, kecamatan", ("huruf", "kec"), cap=30),
    Rule("huruf, tahun", ("huruf", "year(lahir)"), cap=30),
    Rule("huruf, kabupaten", ("huruf", "kab"), cap=10),
    Rule("awal kata pertama dan terakhir, desa", ("left(awal, 3)", "left(akhir, 1)", "desa"), cap=20),
    Rule("bunyi, kecamatan", ("bunyi", "kec"), cap=60),
    Rule("bunyi, tahun", ("bunyi", "year(lahir)"), cap=60),
    Rule("bunyi, kabupaten", ("bunyi", "kab"), cap=15),
    Rule("kata, desa", ("kata_kunci", "desa"), words=True, cap=20),
    Rule("kata, tahun, desa", ("kata_kunci", "year(lahir)", "desa"), words=True, cap=60),
    Rule("kata pertama, tahun, kecamatan", ("awal", "year(lahir)", "kec"), cap=60),
    Rule("KK, tahun", ("kk", "year(lahir)"), cap=60),
    Rule("KK, kata", ("kk", "kata_kunci"), words=True, cap=60),
    Rule("telepon, kata", ("hp", "kata_kunci"), words=True, cap=20),
)


def candidates(
    con: Connection, left: str, right: str, rules: tuple[Rule, ...] = RULES, *, own: bool = False
) -> dict[str, int]:
    """Fill table `calon` (l, r, sekata) with the distinct pairs of `rules`; returns pairs per rule as they came.

    `sekata`: a rule found a telling word of the name on both sides, so that scoring need not look for one again.

    `own`: left and right are one list; each pair once, the earlier row on the left.
    """
    con.execute("CREATE OR REPLACE TABLE calon_semua (l INTEGER, r INTEGER, sekata BOOLEAN)")
    counts = {rule.name: _meet(con, rule, left, right, own=own) for rule in rules}
    con.execute(
        "CREATE OR REPLACE TABLE calon AS SELECT l, r, bool_or(sekata) AS sekata FROM calon_semua GROUP BY l, r"
    )
    con.execute("DROP TABLE calon_semua")
    return counts


def _meet(con: Connection, rule: Rule, left: str, right: str, *, own: bool) -> int:
    asked = con.execute(f"CREATE OR REPLACE TEMP TABLE kunci_l AS {keys_sql(rule, left)}").fetchone()
    if not asked or not asked[0]:
        return 0
    con.execute(
        "CREATE OR REPLACE TEMP TABLE kunci_r AS "
        f"SELECT rid, kunci FROM ({keys_sql(rule, right)}) SEMI JOIN kunci_l USING (kunci)"
    )
    order = "WHERE kunci_l.rid < kunci_r.rid" if own else ""
    found = con.execute(
        f"INSERT INTO calon_semua SELECT kunci_l.rid, kunci_r.rid, {rule.words} FROM kunci_l "
        "JOIN kunci_r ON kunci_l.kunci = kunci_r.kunci "
        "JOIN (SELECT kunci FROM kunci_r GROUP BY kunci HAVING count(*) <= "
        f"{rule.cap}) sempit ON sempit.kunci = kunci_r.kunci {order}"
    ).fetchone()
    return int(found[0]) if found else 0


def keys_sql(rule: Rule, table: str) -> str:
    """SQL of the rows of a table and their keys by a rule: rid, kunci; rows that lack a key are left out."""
    present = " AND ".join(f"({key}) IS NOT NULL" for key in rule.keys)
    source = f"(SELECT *, unnest(kata) AS kata_kunci FROM {table})" if rule.words else table
    if rule.words and table == EXPLODED:
        source = f"{table}_kata"
    return f"SELECT rid, hash({', '.join(rule.keys)}) AS kunci FROM {source} WHERE {present}"


# The population is searched again and again: its name words stand one a row (`explode`).
EXPLODED = "penduduk"


def explode(con: Connection) -> None:
    """Table `penduduk_kata`: a row per person and telling name word."""
    con.execute(
        f"CREATE OR REPLACE TABLE {EXPLODED}_kata AS "
        f"SELECT rid, n12, z10, lahir, desa, kk, hp, unnest(kata) AS kata_kunci FROM {EXPLODED}"
    )
