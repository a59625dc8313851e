"""The IRIs of a catalogue: one for each thing, absolute, encoded, the same every year.

They are made of the organisation's own base and the candidate's id, which nobody changes, and of
nothing that does change: no date, title or version. Source: DCAT-AP-SE, docs/harvesting.md.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit, urlunsplit

from helpers.declared.organisations import Organisation

# Nothing answers there, ever (RFC 2606): a draft without a base of its own
NOWHERE = "https://utkast.invalid"
EXAMPLE = "https://data.example.org"  # for what is synthetic; reserved too
PUBLISHER = "http://dataportal.se/organisation/SE"
# What may stand in a part of an IRI as it is: the reserved and unreserved signs of RFC 3986, and %
# where it begins an encoded byte. All else is written by its bytes in UTF-8 (RFC 3987, 3.1).
_RESERVED = "!$&'()*+,;=:@/?[]-._~"
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def encoded(text: str) -> str:
    """The address with nothing in it that an IRI may not hold; what is encoded already stays so.

    >>> encoded("https://håbo.se/öppna data/a%20b.csv")
    'https://xn--hbo-ula.se/%C3%B6ppna%20data/a%20b.csv'
    """
    plain = _LONE_PERCENT.sub("%25", text.strip())
    if not plain.lower().startswith(("http:", "https:")):
        return quote(plain.encode("utf-8", "replace"), safe=f"{_RESERVED}%#")
    try:
        parts = urlsplit(plain)
        host = _host(parts.hostname or "")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:  # no address after all
        return quote(plain.encode("utf-8", "replace"), safe=f"{_RESERVED}%#")
    rest = [
        quote(part.encode("utf-8", "replace"), safe=f"{_RESERVED}%")
        for part in (parts.path, parts.query, parts.fragment)
    ]
    return urlunsplit((parts.scheme.lower(), f"{host}{port}", *rest))


def _host(name: str) -> str:
    try:
        return name if name.isascii() else name.encode("idna").decode("ascii")
    except UnicodeError:
        return quote(name.encode("utf-8", "replace"), safe="")


def is_absolute(text: str) -> bool:
    """True for an IRI with a scheme, and of the web with a host, that holds no forbidden sign.

    >>> is_absolute("mailto:a@example.se"), is_absolute("/datasets/1"), is_absolute("https:///x")
    (True, False, False)
    """
    if not _SCHEME.match(text) or re.search(r"[\s<>\"{}|\\^`\x00-\x20\x7f]", text):
        return False
    try:
        return not text.lower().startswith("http") or bool(urlsplit(text).hostname)
    except ValueError:
        return False


def base_of(organisation: Organisation | None, *, synthetic: bool = False) -> str:
    """What the organisation's IRIs begin with, without a slash at the end: its own base; without
    one an address that is reserved and leads nowhere."""
    own = organisation.publishing.base if organisation else None
    if own:
        return encoded(own).rstrip("/")
    id = organisation.id if organisation else "okand"
    return f"{EXAMPLE if synthetic else NOWHERE}/{id}"


def publisher(organisation: Organisation | None, base: str) -> str:
    """The publisher's IRI: that of its organisation number on the data portal; without a number
    one of ``base``."""
    number = organisation.organisationsnummer if organisation else None
    return f"{PUBLISHER}{number}" if number else f"{base}/publisher"


def catalogue(base: str) -> str:
    """The IRI of the organisation's catalogue."""
    return f"{base}/catalog"


def dataset(base: str, id: str) -> str:
    """The IRI of the dataset of a candidate."""
    return f"{base}/dataset/{encoded(id)}"


def distribution(dataset_iri: str, form: str) -> str:
    """The IRI of one form of a dataset: csv, geojson ..."""
    return f"{dataset_iri}/{encoded(form)}"


def file(organisation: Organisation | None, base: str, id: str, name: str) -> str:
    """Where a file of that name of the candidate ``id`` is to lie: in a folder of its own, as in
    the package."""
    folder = organisation.publishing.files if organisation else None
    return f"{encoded(folder).rstrip('/') if folder else f'{base}/files'}/{id}/{encoded(name)}"
