"""Which texts of customers may be opened as web addresses."""

import pytest

from workloom.domain.links import host_of, web_address


@pytest.mark.parametrize(
    "text",
    ["https://photos.example.org/C-1?a=b#c", "http://example.org", " https://example.org:8443/x ", "https://[::1]/"],
)
def test_an_address_with_a_host_may_be_opened(text: str) -> None:
    assert web_address(text) == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "//example.org",
        "https://",
        "https:///path",
        "https://bank.example@evil.example/",
        "https://example.org/a b",
        "https://example.org/\nhttps://evil.example",
        "https://example.org\\@evil.example",
        "https://example.org:port/",
        "see https://example.org",
        "https://example.org/\u202egro.live",
    ],
)
def test_what_hides_where_it_leads_or_is_no_web_address_may_not(text: str) -> None:
    assert web_address(text) == ""


def test_the_host_is_what_people_know() -> None:
    assert host_of("https://photos.example.org/C-1") == "photos.example.org"
