"""Addresses that come out of reports, as far as a page may link to them."""

import re
from urllib.parse import urlsplit

__all__ = ["safe_href"]

_PLAIN = re.compile(r"[^\x00-\x20\x7f-\xa0\\<>\"'`{}|^]+")


def safe_href(address: object) -> str | None:
    """An address that is safe to link to, or None.

    Only whole addresses of http and https are; anything else (`javascript:`, `//host`, a path, one
    with blanks or control characters that browsers drop) is shown as text.
    """
    if not isinstance(address, str) or not _PLAIN.fullmatch(address):
        return None
    if not address.lower().startswith(("http://", "https://")):
        return None
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return None
    return address if host and parts.scheme in ("http", "https") else None
