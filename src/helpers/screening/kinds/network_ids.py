"""An IP address, a device's address, or an opaque id under a header such as cookie or session is a
person's.

Bredbandskollen keeps both IP address and cookie for each measurement: aggregates may be published,
these never.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from helpers.screening.column import Found, Seen, Texts, Weighed, together

COOKIES = (
    "cookie",
    "session",
    "clientid",
    "klientid",
    "deviceid",
    "enhetsid",
    "imei",
    "imsi",
    "msisdn",
    "idfa",
    "adid",
    "gaid",
    "fingerprint",
    "userid",
    "anvandarid",
    "visitor",
    "besokarid",
    "kortnummer",
    "kortid",
    "cardid",
    "identifieringskod",
)
ADDRESSES = (
    "ip",
    "ipadress",
    "ipaddress",
    "ipnr",
    "ipv4",
    "ipv6",
    "host",
    "klient",
    "client",
    "mac",
)
VERSIONS = (
    "version",
    "ver",
    "oid",
    "release",
    "firmware",
    "iso9999",
    "isokod",
    "kapitel",
    "avsnitt",
)
_IP4 = r"\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}"
_COLONS = r"[0-9A-Fa-f]{1,4}:[0-9A-Fa-f:.]{2,}"
_HYPHENS = r"[0-9A-Fa-f]{2}-[0-9A-Fa-f]{2}-[0-9A-Fa-f]{2}-"
SIEVE = f"{_IP4}|{_COLONS}|{_HYPHENS}"
_FOUR = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d]|\.\d)")
_SIX = re.compile(r"(?<![0-9A-Za-z:])[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?![0-9A-Za-z:])")
_MAC = re.compile(r"(?<![0-9A-Fa-f:-])[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}(?![0-9A-Fa-f:-])")
_OPAQUE = re.compile(r"\s*[\w.{}:/+=-]{8,}\s*\Z")


def sieve(column: Seen) -> str | None:
    if column.says(VERSIONS):
        return None
    return r"^\S{8,}$" + "|" + SIEVE if column.says(COOKIES) else SIEVE


def _is_address(text: str) -> bool:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return not (address.is_loopback or address.is_unspecified) and (
        address.version == 4 or text.count(":") > 2 or "::" in text
    )


def find(text: str, column: Seen) -> str | None:
    """address (the whole text) | within (in a longer one) | mac | opaque.

    >>> texts = ("192.0.2.17", "2001:db8::17", "från 192.0.2.17", "00:00:5e:00:53:01", "12:30:45")
    >>> [find(text, Seen("t", "a")) for text in texts]
    ['address', 'address', 'within', 'mac', None]
    """
    if column.says(COOKIES) and _OPAQUE.match(text) and any(map(str.isdigit, text)):
        return "opaque"
    if _MAC.search(text):
        return "mac"
    if _is_address(text.strip()):
        return "address"
    return (
        "within"
        if any(
            _is_address(hit.group()) for pattern in (_FOUR, _SIX) for hit in pattern.finditer(text)
        )
        else None
    )


def weigh(column: Seen, hits: Found, texts: Texts) -> Iterator[Weighed]:
    if "opaque" in hits and together(hits, ["opaque"]).texts >= 0.5 * column.texts:
        yield Weighed("cookie_id", "certain", "stopp", ("opaque",))
    whole = together(hits, ["address", "mac"])
    if whole.count:
        # four numbers with points between are also chapters and versions
        sure = column.says(ADDRESSES) or whole.texts >= 0.5 * column.texts
        yield Weighed("ip_address", "certain" if sure else "probable", "stopp", ("address", "mac"))
    if "within" in hits:
        yield Weighed("ip_address", "probable", "granska", ("within",))
