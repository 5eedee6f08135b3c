"""How many examples a property test tries: a fifth of what it asks for, or all where JANGKAU_TES_TUNTAS is set.

Which are tried differs from run to run, so that many short runs see what one long run sees.
"""

import os

THOROUGH = bool(os.environ.get("JANGKAU_TES_TUNTAS"))


def tries(most: int) -> int:
    """Of the examples that a thorough run tries, the number of this run; the few of a dear test stay."""
    return most if THOROUGH else max(most // 5, min(most, 3))
