"""Links by person instead of by proposal row."""

import narwhals as nw

from jangkau.core.tables.schema import Frame


def links_to(register: str, usulan: Frame, tautan: Frame) -> Frame:
    """Links to a register that are not refused: `id_pekerja`, `id_register`, `keputusan`, `peluang`, a pair once.

    In: USULAN, TAUTAN. A register row settled (`cocok`) through one proposal of a person is settled, even if another
    proposal of the same person leaves it under review.
    """
    key = ["id_pekerja", "id_register"]
    return (
        tautan.filter((nw.col("register") == register) & (nw.col("keputusan") != "tidak"))
        .join(usulan.select("id_usulan", "id_pekerja"), on="id_usulan", how="inner")
        .select(*key, "keputusan", "peluang")
        .sort(*key, "keputusan", "peluang", descending=[False, False, False, True])  # "cocok" before "tinjau"
        .unique(subset=key, keep="first", maintain_order=True)
    )
