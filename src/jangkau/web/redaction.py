"""Logs without personal data."""

import logging
import re
import traceback

from jangkau.apps.audit.masking import mask_text

_TOKEN = re.compile(r"(/k/)[^/\s]+(?=/)")  # addresses of phones


class Redact(logging.Filter):
    """Masks every long number and every phone's token in a record; of an error it leaves the places and kinds, never
    the words: an error's words may quote a person's data, and so may those of the error behind it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true; the record is changed in place."""
        record.msg, record.args = _TOKEN.sub(r"\1•", mask_text(record.getMessage())), ()
        if record.exc_info and record.exc_info[1]:
            record.exc_text = "\n".join(_places(record.exc_info[1]))
            record.exc_info = None
        return True


def _places(error: BaseException) -> list[str]:
    """Where each error of the chain was raised, the first cause first."""
    behind = error.__cause__ or error.__context__
    told = ["".join(traceback.format_tb(error.__traceback__)).rstrip(), type(error).__name__]
    return [*(_places(behind) if behind else []), *told]
