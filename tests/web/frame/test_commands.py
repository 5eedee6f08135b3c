"""The commands of `jangkau-admin` for whoever looks after an installation."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from jangkau.apps.accounts.models import Assignment, User
from jangkau.apps.audit.models import Event


@pytest.fixture
def password(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("JANGKAU_PASSWORD", "kata-sandi-panjang-7")
    return "kata-sandi-panjang-7"


def test_setup_makes_regions_and_the_first_admin_can_sign_in(db: None, password: str, client, capsys) -> None:
    call_command("setup", province="17")
    call_command("user", "ibu-admin", region="17")
    assert "1653 wilayah siap." in capsys.readouterr().out
    answer = client.post("/masuk/", {"login": "ibu-admin", "password": password})
    assert answer.headers["Location"] == "/"
    assert Assignment.objects.get().role == "admin"
    assert Event.objects.get(tindakan="users.command").sesudah == {"role": "admin", "region": "17"}


def test_a_weak_password_or_an_unknown_region_makes_no_user(regions: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JANGKAU_PASSWORD", "pendek")
    for region, words in (("99", "setup"), ("17", "10")):
        with pytest.raises(CommandError, match=words):
            call_command("user", "ibu-admin", region=region)
    assert not User.objects.exists()


def test_periodic_work_is_safe_at_any_time(db: None, capsys) -> None:
    call_command("run-periodic")
    assert "0 pekerjaan dilanjutkan." in capsys.readouterr().out


def test_backup_and_restore_say_what_they_did(transactional_db: None, tmp_path: Path, settings, capsys) -> None:
    settings.DATA = tmp_path / "data"
    file = tmp_path / "salinan.tar.gz"
    call_command("backup", str(file))
    call_command("restore", str(file))
    told = capsys.readouterr().out
    assert "tersalin ke" in told
    assert "tabel kembali." in told
    file.write_bytes(b"bukan")
    with pytest.raises(SystemExit):
        call_command("restore", str(file))
