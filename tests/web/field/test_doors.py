"""Basic and Digest, for clients that cannot be given an address with a token."""

import base64
import hashlib
import re

import pytest

from jangkau.apps.field.openrosa import doors


def md5(text):
    return hashlib.md5(text.encode()).hexdigest()


def answered(client, device, token, address="/k/-/formList", method="GET", qop="auth"):
    """As Collect answers a challenge."""
    asked = client.generic(method, address)
    assert asked.status_code == 401
    told = dict(re.findall(r'(\w+)="?([^",]+)"?', asked.headers["WWW-Authenticate"]))
    assert (told["domain"], told["qop"], told["algorithm"]) == ("/k/-/", "auth", "MD5")
    ha1, ha2 = md5(f"{device.username}:{told['realm']}:{token}"), md5(f"{method}:{address}")
    middle = f"{told['nonce']}:00000001:abc:auth" if qop else told["nonce"]
    parts = {"username": device.username, "realm": told["realm"], "nonce": told["nonce"], "uri": address,
             "response": md5(f"{ha1}:{middle}:{ha2}")}  # fmt: skip
    header = "Digest " + ", ".join(f'{name}="{text}"' for name, text in parts.items())
    header += ', qop=auth, nc=00000001, cnonce="abc"' if qop else ""
    return client.generic(method, address, HTTP_AUTHORIZATION=header)


@pytest.mark.parametrize("qop", ["auth", ""])
@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/k/-/formList?deviceID=a", 200), ("HEAD", "/k/-/submission", 204)]
)
def test_digest_opens(client, form, phone, qop, method, path, status):
    assert answered(client, *phone, path, method, qop).status_code == status


def test_digest_with_another_password_does_not(client, form, phone):
    assert answered(client, phone[0], "guessed").status_code == 401


def test_an_old_challenge_is_asked_anew(client, form, phone, monkeypatch):
    monkeypatch.setattr(doors, "_NONCE_AGE", -1)
    again = answered(client, *phone)
    assert again.status_code == 401
    assert "stale=true" in again.headers["WWW-Authenticate"]


def basic(client, username, token):
    word = base64.b64encode(f"{username}:{token}".encode()).decode()
    return client.get("/k/-/formList", HTTP_AUTHORIZATION=f"Basic {word}").status_code


def test_basic_opens_with_the_pair_only(client, form, phone):
    device, token = phone
    assert basic(client, device.username, token) == 200
    assert basic(client, "hp-other", token) == 401
    assert basic(client, device.username, "guessed") == 401


@pytest.mark.parametrize("header", ["Basic %%%", "Digest x", "Bearer x", 'Digest nonce="x", username="y"'])
def test_nonsense_is_asked_for_a_password(client, form, header):
    assert client.get("/k/-/formList", HTTP_AUTHORIZATION=header).status_code == 401
