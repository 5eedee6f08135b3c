"""Every verb that our code writes into the log has words for those who read it."""

import re
from pathlib import Path

import jangkau
from jangkau.apps.audit.words import VERBS

_RECORD = re.compile(r"""(?:\brecord\(\s*|^VERB = |_on_someone\()"([a-z_]+(?:\.[a-z_]+)?)\"""", re.M)


def test_every_verb_has_words() -> None:
    source = [path.read_text() for path in Path(jangkau.__file__).parent.rglob("*.py")]
    written = {verb for text in source for verb in _RECORD.findall(text)}
    assert len(written) > 20
    assert not written - set(VERBS), "add them to jangkau/apps/audit/words.py"
