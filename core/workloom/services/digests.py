"""Secrets are kept as digests. They have 192 bits of chance, so that a plain hash is enough and quick."""

from hashlib import sha256


def digest(secret: str) -> str:
    """SHA-256 in hexadecimal digits."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
