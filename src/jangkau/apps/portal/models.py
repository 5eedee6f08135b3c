"""What the public may ask: months of cover under a keyed sum of number and birth date, and how often was asked."""

from typing import ClassVar

from django.db import models


class Edition(models.Model):
    """Months of cover published from the register known by `source`; the newest that is whole is answered from."""

    source = models.CharField(max_length=80, blank=True)
    as_of = models.DateField()
    whole = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-id"]

    PRIVACY: ClassVar[dict[str, str]] = {"as_of": "public", "source": "public"}

    def __str__(self) -> str:
        return self.as_of.isoformat()


class Cover(models.Model):
    """Months (index) from and to which somebody is covered; not who: `key` is a sum that only this site makes."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE)
    key = models.CharField(max_length=64)
    since = models.IntegerField()
    until = models.IntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["edition", "key"], name="cover_asked")]

    PRIVACY: ClassVar[dict[str, str]] = {"key": "identifier", "since": "personal", "until": "personal"}

    def __str__(self) -> str:
        return self.key[:8]


class Check(models.Model):
    """That somebody asked, from a place known by a sum of the day; not about whom, nor what was answered."""

    kind = models.CharField(max_length=8)
    place = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(db_index=True)

    PRIVACY: ClassVar[dict[str, str]] = {"kind": "public", "place": "personal"}

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"
