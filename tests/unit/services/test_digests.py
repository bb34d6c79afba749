"""Digests are those of any other program, whichever SHA-256 this Python takes."""

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from workloom.services.digests import digest


@given(st.text())
def test_a_digest_is_the_sha_256_of_the_text_in_utf_8(text: str) -> None:
    assert digest(text) == sha256(text.encode()).hexdigest()


def test_half_a_character_has_a_digest_too() -> None:
    assert digest("\ud83d") != digest("\ude00")
