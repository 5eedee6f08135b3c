"""Decisions take effect at once, and any of them can be taken back later with everything as it was.

Between runs the effects of decisions lie on one another like layers. To change one, the layers above that touch the
same rows or persons are lifted, it is changed, and they are laid on again: the result is as if it had always been so.
A run knows all decisions of its time; their effects are then its own, and taking one back asks for the next run.
"""

from collections.abc import Collection

from jangkau.apps.linkage.decisions import Pair, pair_of, standing, verdict
from jangkau.apps.linkage.keep import is_twice
from jangkau.apps.linkage.local import put_back, reopen, row_content, say
from jangkau.apps.linkage.models import Decision, Link, Member, Turn
from jangkau.core.tables.common import PROPOSALS

_THINGS = ("links", "members", "persons")


def renew(changed: Collection[Pair]) -> None:
    """Bring the pairs, and what is laid on them, to what the standing decisions say."""
    layers = _connected(changed)
    pairs = dict.fromkeys([*(pair_of(layer) for layer in layers), *changed])
    for layer in reversed(layers):
        put_back(layer.before)
        layer.before = {}
        layer.save(update_fields=["before"])
    last = {key: max((word.pk for word in standing(key)), default=0) for key in pairs}
    for key in sorted(pairs, key=lambda key: last[key]):
        _lay(key)


def apply_again() -> None:
    """After a run: lay on what was decided while it ran."""
    late = list(Decision.objects.filter(run=None, undone_at=None))
    Decision.objects.filter(pk__in=[word.pk for word in late]).update(before={})
    for pair in dict.fromkeys(pair_of(word) for word in late):
        _lay(pair)


def _layers() -> list[Decision]:
    """Decisions whose effect lies on the last run's result, in the order in which it was laid."""
    return [word for word in Decision.objects.filter(run=None).order_by("id") if word.before]


def _connected(pairs: Collection[Pair]) -> list[Decision]:
    """The layers that touch what these pairs touch, directly or through one another."""
    layers = _layers()
    named = {row for pair in pairs for row in (pair[0], pair[2] if pair[1] == PROPOSALS else pair[0])}
    touched: set[tuple[str, str]] = set()
    for member in Member.objects.filter(id_usulan__in=named):
        touched |= {("members", str(member.pk)), ("persons", str(member.person_id))}
    chosen: set[int] = {word.pk for word in layers if pair_of(word) in pairs}
    for word in layers:
        touched |= _things(word) if word.pk in chosen else set()
    while more := [word for word in layers if word.pk not in chosen and _things(word) & touched]:
        chosen |= {word.pk for word in more}
        touched = touched.union(*(_things(word) for word in more))
    return [word for word in layers if word.pk in chosen]


def _things(word: Decision) -> set[tuple[str, str]]:
    own = {(kind, key) for kind in _THINGS for key in word.before.get(kind, {})}
    return own | {("persons", str(key)) for key in word.before.get("new_persons", [])}


def _lay(pair: Pair) -> None:
    """The effect of a pair's standing decisions, kept with the last of them."""
    link = link_of(pair)
    words = [word for word in standing(pair) if link and word.sidik in {"", link.member.sidik}]
    if link is None or not words or all(word.run_id for word in words):
        return
    held = verdict(words)
    if held is None:
        before = reopen(link, Turn.THIRD, words[0].peluang)
    elif link.cara == "petugas" and link.keputusan == held.keputusan:
        before = reopen(link, Turn.NONE)
    else:
        before = say(link, held.keputusan, _next_turn(pair, words))
    last = words[-1]
    last.before = before
    last.save(update_fields=["before"])


def _next_turn(pair: Pair, words: list[Decision]) -> str:
    return Turn.SECOND if len(words) == 1 and not words[0].reason and is_twice(*pair) else Turn.NONE


def link_of(pair: Pair) -> Link | None:
    """The pair's link; a new one, not yet kept, where no run proposed the pair; None where the row is gone."""
    usulan, register, row = pair
    member = Member.objects.filter(id_usulan=usulan).select_related("person").first()
    if member is None:
        return None
    known = Link.objects.filter(member=member, register=register, id_register=row).first()
    made = known or Link(
        member=member, register=register, id_register=row, region_code=member.region_code, peluang=0,
        isi=row_content(row) if register == PROPOSALS else None,
    )  # fmt: skip
    made.member = member
    return made
