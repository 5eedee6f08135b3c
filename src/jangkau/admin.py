"""The console script `jangkau-admin`: Django's side of Jangkau."""

import argparse
import os
import sys

from jangkau.usage import in_indonesian


def main() -> None:
    """Run a management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jangkau.settings")
    in_indonesian(argparse)
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
