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
    Rule("NIK sama", ("nikt",)),
    Rule("NIK 15 angka pertama", ("CASE WHEN length(nikt) >= 15 THEN left(nikt, 15) END",)),
    Rule("NIK 12 angka pertama, kata", ("CASE WHEN length(nikt) >= 12 THEN left(nikt, 12) END", "kata_kunci"), words=True),
    Rule("NIK 10 angka pertama, kata pertama", ("left(nikt, 10)", "awal"), cap=100),
    Rule("NIK 10 angka terakhir, kata", ("CASE WHEN length(nikt) >= 15 THEN right(nikt, 10) END", "kata_kunci"), words=True),
    Rule("lahir, kata", ("lahir", "kata_kunci"), words=True),
    Rule("lahir, desa", ("lahir", "desa")),
    Rule("bunyi, kecamatan", ("bunyi", "kec")),
    Rule("bunyi, tahun", ("bunyi", "year(lahir)"), cap=100),
    Rule("bunyi, kabupaten", ("bunyi", "kab"), cap=50),
    Rule("kata, desa", ("kata_kunci", "desa"), words=True, cap=60),
    Rule("kata, tahun, desa", ("kata_kunci", "year(lahir)", "desa"), words=True),
    Rule("kata pertama, tahun, kecamatan", ("awal", "year(lahir)", "kec"), cap=100),
    Rule("KK, tahun", ("kk", "year(lahir)")),
    Rule("KK, kata", ("kk", "kata_kunci"), words=True),
    Rule("telepon, kata", ("hp", "kata_kunci"), words=True, cap=20),
)  # fmt: skip


def candidates(con: Connection, left: str, right: str, *, own: bool = False) -> dict[str, int]:
    """Fill table `calon` (l, r) with the distinct pairs of every rule; returns pairs per rule before de-duplication.

    `own`: left and right are one list; each pair once, the earlier row on the left.
    """
    con.execute("CREATE OR REPLACE TABLE calon_semua (l INTEGER, r INTEGER)")
    counts = {rule.name: _meet(con, rule, left, right, own=own) for rule in RULES}
    con.execute("CREATE OR REPLACE TABLE calon AS SELECT DISTINCT l, r FROM calon_semua")
    con.execute("DROP TABLE calon_semua")
    return counts


def _meet(con: Connection, rule: Rule, left: str, right: str, *, own: bool) -> int:
    con.execute(f"CREATE OR REPLACE TEMP TABLE kunci_l AS {_keys(rule, left)}")
    con.execute(
        "CREATE OR REPLACE TEMP TABLE kunci_r AS "
        f"SELECT rid, kunci FROM ({_keys(rule, right)}) SEMI JOIN kunci_l USING (kunci)"
    )
    order = "AND kunci_l.rid < kunci_r.rid" if own else ""
    con.execute(
        "INSERT INTO calon_semua SELECT kunci_l.rid, kunci_r.rid FROM kunci_l "
        "JOIN kunci_r ON kunci_l.kunci = kunci_r.kunci "
        "JOIN (SELECT kunci FROM kunci_r GROUP BY kunci HAVING count(*) <= "
        f"{rule.cap}) sempit ON sempit.kunci = kunci_r.kunci WHERE TRUE {order}"
    )
    found = con.execute("SELECT count(*) FROM calon_semua").fetchone()
    return int(found[0]) if found else 0


def _keys(rule: Rule, table: str) -> str:
    present = " AND ".join(f"({key}) IS NOT NULL" for key in rule.keys)
    source = f"(SELECT *, unnest(kata) AS kata_kunci FROM {table})" if rule.words else table
    return f"SELECT rid, hash({', '.join(rule.keys)}) AS kunci FROM {source} WHERE {present}"
