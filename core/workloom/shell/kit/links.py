"""The one way in which a web address leaves the desktop."""

from PyQt6.QtCore import QUrl
from PyQt6.QtGui import QDesktopServices

from workloom.domain.links import web_address


def safe_open(address: str) -> bool:
    """Open an address in the browser; False if it is none that may be opened, or there is no browser."""
    allowed = web_address(address)
    url = QUrl(allowed, QUrl.ParsingMode.StrictMode)
    return bool(allowed) and url.isValid() and QDesktopServices.openUrl(url)
