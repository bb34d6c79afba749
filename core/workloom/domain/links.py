"""Web addresses in customers' texts: which may be opened, and what is said of them before."""

from urllib.parse import urlsplit

SCHEMES = ("https", "http")


def web_address(text: str) -> str:
    """The text as an address that may be opened; empty if it is none, or one that hides where it leads.

    Only http and https with a host; no spaces or control characters, no user name (`https://bank.example@evil.example`).
    """
    text = text.strip()
    if not text.isprintable() or any(sign.isspace() or sign in '<>"\\' for sign in text):
        return ""
    try:
        parts = urlsplit(text)
        host = parts.hostname
        parts.port  # noqa: B018  # raises ValueError for one that is no number
    except ValueError:
        return ""
    return text if parts.scheme in SCHEMES and host and "@" not in parts.netloc else ""


def host_of(address: str) -> str:
    """The host of an address, as people know it: `claims.example.org`."""
    return urlsplit(address).hostname or ""
