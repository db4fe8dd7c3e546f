"""Zoom's signature: real deliveries are accepted, anything changed in them is refused."""

from __future__ import annotations

import string
from random import Random

import pytest

from zoom_provider.webhook.signature import MAX_AGE, Signature, encrypt_token

SECRET = "4fv1RkqGQUq5sWbEz6hA5A"
TIMESTAMP = "1720705455"
BODY = (
    b'{"payload":{"plainToken":"xys8n8PGS7mAU0m5-YJjRA"},'
    b'"event_ts":1720705455858,"event":"endpoint.url_validation"}'
)
SIGNATURE = "v0=93a1a675965ceb9c5a50c5dfb31f20e50f763be37a54ef74cd2d16a1a8e5c0d6"
"""A delivery that Zoom really made, in July 2024."""

TOKEN_SECRET = "UB_rdTwhTruoYCMr6x6-MQ"
TOKEN = "qgg8vlvZRS6UYooatFL8Aw"
ENCRYPTED = "439d1ed256e8d5513d2acd195e0adc64bbbfeb6b795b9d1880534610b58c674c"
"""A URL validation that Zoom really accepted."""

PARTS = ("secret", "timestamp", "body", "signature")


def accepted(secret: str, timestamp: str, body: bytes, signature: str) -> bool:
    headers = {"x-zm-request-timestamp": timestamp, "x-zm-signature": signature}
    found = Signature.of(headers)
    return found is not None and found.fits(secret, body)


def changed(text: str, rng: Random, letters: str = string.printable) -> str:
    """Replace, insert, remove or swap something; never the text itself."""
    place, letter = rng.randrange(len(text)), rng.choice(letters)
    ways = [
        text[:place] + letter + text[place + 1 :],
        text[:place] + letter + text[place:],
        text[:place] + text[place + 1 :],
        text[place:] + text[:place],
        text.swapcase(),
        text[:place],
    ]
    other = [way for way in ways if way != text]
    return rng.choice(other)


def test_a_real_delivery_is_accepted() -> None:
    assert accepted(SECRET, TIMESTAMP, BODY, SIGNATURE)


def test_a_real_token_is_answered() -> None:
    assert encrypt_token(TOKEN_SECRET, TOKEN) == ENCRYPTED


@pytest.mark.parametrize("part", PARTS)
def test_two_hundred_and_fifty_changes_of_each_part_are_refused(part: str) -> None:
    rng = Random(part)
    genuine = {"secret": SECRET, "timestamp": TIMESTAMP, "signature": SIGNATURE}
    letters = string.digits if part == "timestamp" else string.printable
    for _ in range(250):
        text = genuine | {"body": BODY.decode()}
        text[part] = changed(text[part], rng, letters)
        assert not accepted(**text | {"body": text["body"].encode()}), text[part]


@pytest.mark.parametrize("part", ["secret", "token"])
def test_another_secret_or_token_is_answered_otherwise(part: str) -> None:
    rng = Random(part)
    for _ in range(250):
        text = {"secret": TOKEN_SECRET, "plain_token": TOKEN}
        name = "secret" if part == "secret" else "plain_token"
        text[name] = changed(text[name], rng)
        assert encrypt_token(**text) != ENCRYPTED


@pytest.mark.parametrize("timestamp", ["", "now", "-1720705455", "1720705455.5", "١٧٢٠", "1" * 13])
def test_a_timestamp_that_is_none_is_no_signature(timestamp: str) -> None:
    assert Signature.of({"x-zm-request-timestamp": timestamp, "x-zm-signature": SIGNATURE}) is None


@pytest.mark.parametrize(
    ("late", "fresh"),
    [(0, True), (MAX_AGE, True), (-MAX_AGE, True), (MAX_AGE + 1, False), (-MAX_AGE - 1, False)],
)
def test_age(late: int, fresh: bool) -> None:
    assert Signature(TIMESTAMP, SIGNATURE).is_fresh(int(TIMESTAMP) + late) is fresh


@pytest.mark.parametrize("value", ["ä", "v0=ä", "v1=" + SIGNATURE[3:], SIGNATURE.upper()])
def test_a_signature_of_another_form_is_refused(value: str) -> None:
    assert not accepted(SECRET, TIMESTAMP, BODY, value)


def test_the_raw_bytes_count_not_the_json_they_mean() -> None:
    assert not accepted(SECRET, TIMESTAMP, BODY.replace(b'":', b'": '), SIGNATURE)
