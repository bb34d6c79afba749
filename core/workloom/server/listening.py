"""Where a node listens: never without TLS off this computer, unless it is told to."""

import ssl
from ipaddress import ip_address
from pathlib import Path
from socket import AF_INET, AF_INET6, SO_REUSEADDR, SOL_SOCKET, socket

from workloom.domain.errors import BadInput
from workloom.server.settings import ServerSettings


def check_safe(settings: ServerSettings) -> None:
    """BadInput for settings under which passwords would travel in the clear, or are known to everybody, or for TLS that
    cannot be set up.
    """
    if settings.demo and not _is_loopback(settings.host):
        raise BadInput(
            f"Everybody knows the passwords of the demo site, and {settings.host} is not only of this computer."
            " Leave it out, and apply a site of your own: workloom site apply FILE.",
            where="demo",
        )
    if bool(settings.tls_certificate) != bool(settings.tls_key):
        raise BadInput("TLS needs both a certificate and its key.", where="tls_certificate")
    if settings.tls_certificate:
        _check_certificate(settings)
    elif not _is_loopback(settings.host) and not settings.allow_plain_http:
        raise BadInput(
            f"Plain HTTP on {settings.host} would show passwords to the network. Give tls_certificate and tls_key,"
            " or set allow_plain_http where something in front of the node does TLS.",
            where="host",
        )


def listen(settings: ServerSettings) -> socket:
    """A socket on host and port; port 0 lets the system choose. BadInput where it cannot be had."""
    listener = socket(AF_INET6 if ":" in settings.host else AF_INET)
    try:
        listener.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        listener.bind((settings.host, settings.port))
        listener.listen(2048)  # all desktops come back at once
    except OSError as error:
        listener.close()
        reason = error.strerror or str(error)
        raise BadInput(f"Port {settings.port} cannot be used ({reason}).", where=settings.host) from error
    return listener


def _check_certificate(settings: ServerSettings) -> None:
    for name in ("tls_certificate", "tls_key"):
        path = Path(getattr(settings, name))
        try:
            path.read_bytes()
        except OSError as error:
            raise BadInput(f"{path} cannot be read ({error.strerror}).", where=name) from error
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(settings.tls_certificate, settings.tls_key)
    except (ssl.SSLError, OSError) as error:
        raise BadInput(
            f"{settings.tls_certificate} and {settings.tls_key} are no certificate and its key in PEM.",
            where="tls_certificate",
        ) from error


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
