"""Which addresses may be fetched: public web servers, and nothing behind the user's own walls."""

import ipaddress
import re
import socket
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from allegata.errors import InputError

__all__ = ["Guard", "Target", "is_own", "is_public"]

Resolve = Callable[[str, int], Sequence[str]]
"""From host and port to addresses."""

_CLOSED = tuple(
    map(
        ipaddress.ip_network,
        (
            "0.0.0.0/8",  # this host
            "100.64.0.0/10",  # carriers' own, and some clouds' metadata
            "192.0.0.0/24",  # protocol assignments: 192.0.0.192 is a cloud's metadata
            "192.88.99.0/24",  # 6to4 relays
            "::/96",  # IPv4-compatible
            "::ffff:0:0/96",  # IPv4-mapped
            "::ffff:0:0:0/96",  # IPv4-translated
            "64:ff9b::/96",  # NAT64
            "64:ff9b:1::/48",  # NAT64 within a network
            "100::/64",  # discarded
            "2001::/23",  # Teredo, ORCHID and other protocol assignments
            "2002::/16",  # 6to4
            "3fff::/20",  # documentation
            "5f00::/16",  # segment routing
            "fc00::/7",  # private: fd00:ec2::254 is a cloud's metadata
            "fec0::/10",  # site-local
        ),
    )
)
_OWN = tuple(
    map(ipaddress.ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fd00::/8"))
)
_METADATA = frozenset({ipaddress.ip_address("fd00:ec2::254")})
_NUMERIC = re.compile(r"(?:0x[0-9a-f]*|\d+)", re.IGNORECASE)
_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?", re.IGNORECASE)
SCHEMES = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Target:
    """An address that was found to be safe, with the one place to connect to.

    Attributes:
        url: As given.
        scheme: `http` or `https`.
        host: In ASCII, as it belongs in the `Host` header and the certificate.
        port: Where to connect.
        address: The only address to connect to: resolving again could give another.
    """

    url: str
    scheme: str
    host: str
    port: int
    address: str


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet.

    Address families that carry another address inside (mapped, NAT64, 6to4, Teredo) are not
    public, whatever they carry.
    """
    try:
        ip = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if not ip.is_global or ip.is_multicast or ip.is_reserved or "%" in address:
        return False
    return not any(ip.version == net.version and ip in net for net in _CLOSED)


def is_own(address: str) -> bool:
    """Whether an IP address belongs to this machine or to a network that one runs oneself.

    Link-local addresses, where clouds keep their metadata, do not.
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if ip in _METADATA:
        return False
    return ip.is_loopback or any(ip.version == net.version and ip in net for net in _OWN)


def _resolve(host: str, port: int) -> Sequence[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True)
class Guard:
    """What may be fetched. Tests give their own resolver, addresses and ports.

    Attributes:
        resolve: Asked once for each hop.
        allows: Whether an address may be connected to.
        ports: The ports that may be connected to; None for any.
        where: What `allows` asks for, in words.
    """

    resolve: Resolve = _resolve
    allows: Callable[[str], bool] = is_public
    ports: frozenset[int] | None = frozenset(SCHEMES.values())
    where: str = "on the public internet"

    def check(self, url: str) -> Target:
        """Check an address and resolve it, once.

        Args:
            url: Absolute, as the user or a redirect gives it.

        Returns:
            Where to connect.

        Raises:
            InputError: It is no web address, or one of its addresses is not public.
        """
        scheme, host, port = _split(url)
        if self.ports is not None and port not in self.ports:
            raise _refused(url, f"port {port} is not 80 or 443")
        try:
            addresses = [host] if _is_literal(host) else list(self.resolve(host, port))
        except (OSError, UnicodeError) as error:
            raise InputError(url, "cannot be found.", "Check the spelling.") from error
        if not addresses:
            raise InputError(url, "cannot be found.", "Check the spelling.")
        for address in addresses:
            if not self.allows(address):
                raise _refused(url, f"{address} is not {self.where}")
        return Target(url, scheme, host, port, addresses[0])


def _split(url: str) -> tuple[str, str, int]:
    """Scheme, host in ASCII, and port."""
    if re.search(r"[\x00-\x20\x7f\\]", url):
        raise _refused(url, "it holds white space, controls or backslashes")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = unicodedata.normalize("NFKC", parts.hostname or "")
    except ValueError as error:
        raise _refused(url, "it is not an address") from error
    if parts.scheme not in SCHEMES or not host:
        raise _refused(url, "only http:// and https:// are fetched")
    if parts.username is not None or parts.password is not None:
        raise _refused(url, "it holds a user name or password")
    return parts.scheme, _ascii_host(host, url), port or SCHEMES[parts.scheme]


def _ascii_host(host: str, url: str) -> str:
    if _is_literal(host):
        return host
    if not host.isascii():
        import idna

        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError as error:
            raise _refused(url, "its host is not a valid name") from error
    if not _HOST.fullmatch(host) or len(host) > 253:
        raise _refused(url, "its host is not a valid name")
    if _NUMERIC.fullmatch(host.rstrip(".").split(".")[-1]):
        raise _refused(url, "its host is a number in disguise")
    return host.lower()


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _refused(url: str, why: str) -> InputError:
    shown = ascii(url)[1:-1][:200]
    return InputError(shown, f"is not fetched: {why}.", "Save the page and read the file.")
