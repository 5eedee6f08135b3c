"""Logs without personal data."""

import logging

from jangkau.apps.audit.masking import mask_text


class Redact(logging.Filter):
    """Masks every long number in a record before it is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true; the message is changed in place."""
        record.msg, record.args = mask_text(record.getMessage()), ()
        return True
