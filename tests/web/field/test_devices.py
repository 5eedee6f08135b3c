"""Phones are let in with a token that is shown once."""

import json

import pytest
from django.core.management import CommandError, call_command

from jangkau.apps.field.actions import devices
from jangkau.apps.field.models import Device
from jangkau.core.kernel.problems import Problem


def test_the_console_gives_a_desa_a_token(client, form, capsys):
    call_command("device-token", desa="1705012002")
    token = capsys.readouterr().out.strip()
    assert client.get(f"/k/{token}/formList").status_code == 200
    assert Device.objects.get().user is None


def test_the_console_gives_an_enumerator_a_token_as_json(client, form, user, capsys):
    user("pendata")
    call_command("device-token", "--json", desa="1705012002", user="pendata")
    told = json.loads(capsys.readouterr().out)
    assert told["alamat"].endswith(f"/k/{told['token']}")
    assert Device.objects.get(username=told["nama_pengguna"]).user.username == "pendata"


@pytest.mark.parametrize("asked", [{"desa": "1705019999"}, {"desa": "1705"}, {"desa": "1705012002", "user": "nobody"}])
def test_the_console_knows_neither_such_a_place_nor_such_a_user(regions, asked):
    with pytest.raises(CommandError) as error:
        call_command("device-token", **asked)
    assert error.value.returncode == 2


def test_nobody_collects_where_they_have_no_such_role(regions, user):
    for who in (user("operator_kab"), user("pendata", "1704012001")):
        with pytest.raises(Problem, match="PERANGKAT_TANPA_PENDATA"):
            devices.make(who, "1705012002", "HP", by=None)
    with pytest.raises(CommandError, match="tidak bertugas"):
        call_command("device-token", desa="1705012002", user="operator_kab")
