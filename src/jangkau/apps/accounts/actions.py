"""What is done to accounts."""

from django.db import transaction

from jangkau.apps.accounts.models import Assignment, User


@transaction.atomic
def make_user(username: str, password: str, role: str, region_code: str, nama: str = "") -> User:
    """A user with one role in one region; the same username again keeps the user and sets password and role."""
    user, _ = User.objects.get_or_create(username=username, defaults={"nama": nama})
    user.set_password(password)
    user.nama = nama or user.nama
    user.save()
    Assignment.objects.get_or_create(user=user, role=role, region_code=region_code)
    return user
