"""`jangkau-admin words`: the English of the pages, brought up to date."""

from typing import Any

from django.core.management.base import BaseCommand

from jangkau.web.words import compile_words, renew


class Command(BaseCommand):
    """Collect the strings of the pages into the catalogue; list those that have no English yet."""

    help = "Perbarui katalog bahasa Inggris dan sebutkan yang belum diterjemahkan."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it."""
        for text in renew():
            self.stdout.write(text)
        compile_words()
