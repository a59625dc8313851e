"""Whether an answer of an API is one page of many: by the total that it names, or by its word that
more follows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from helpers.reading.snapshot import Repair

# Letters alone, small ones. The first name the records of all pages; the others may name those of
# the page, so that they tell only where they are more.
TOTALS = frozenset(
    "total totalcount totalresults totalitems totalelements totalhits totalrecords totalrows"
    " totalfeatures nhits numbermatched resultcount odatacount recordstotal recordcount numfound"
    " totalt totalantal totalmatched totalentries".split()
)
PAGES = frozenset(
    "totalpages pagecount pagestotal numpages lastpage pages sidor antalsidor".split()
)
COUNTS = frozenset("count antal hits antalposter antaltraffar antalrader".split())
NEXT = frozenset(
    "next nextlink odatanextlink nexturl nextpage nextpageurl nextpagetoken nextcursor"
    " continuation continuationtoken nasta".split()
)
MORE = frozenset("exceededtransferlimit hasnextpage hasmore hasnext morerecords truncated".split())
OFFSETS = frozenset("offset skip startindex".split())
# what answers say of themselves beside that
SAID = frozenset(
    "success status limit page pages perpage pagesize version help querytime took type".split()
)
HOLDERS = frozenset(
    "meta metadata page pagination paging pageinfo links link info properties hits cursor"
    " responsemetadata result response search cursors".split()
)
INTEGER = re.compile(r"\d{1,15}\Z")


def repairs_of_pages(holders: Sequence[dict[str, Any]], count: int) -> list[Repair]:
    """The repair for an answer that holds ``count`` records of more, which lie in ``holders``.

    >>> repairs_of_pages([{"total": "5230", "records": []}], 3)
    [Repair(code='page_of_many', count=5230, rows=[], column=None)]
    >>> repairs_of_pages([{"next": None, "count": "3"}], 3)
    []
    >>> repairs_of_pages([{"next": "/?page=2"}], 3)[0].code
    'more_pages'
    """
    members = [member for holder in holders for member in _members(holder, 0)]
    totals = [number for key, value in members if key in TOTALS and (number := _number(value))]
    counts = [number for key, value in members if key in COUNTS and (number := _number(value))]
    most = max([*totals, *counts], default=0)
    if most > count:
        return [Repair("page_of_many", most)]
    several = any(key in PAGES and (_number(value) or 0) > 1 for key, value in members)
    if totals and not several:
        return []  # all of them; CKAN names a next page always
    more = several or any(
        (key in NEXT and _leads_on(value))
        or (key in MORE and value in (True, "true"))
        or (key in OFFSETS and (_number(value) or 0) > 1)
        for key, value in members
    )
    return [Repair("more_pages", 1)] if more else []


def _name(key: str) -> str:
    return "".join(letter for letter in key.casefold() if letter.isalpha())


def is_told(key: str) -> bool:
    """True for a member that says something of an answer or its pages, not of a record."""
    return _name(key) in TOTALS | COUNTS | NEXT | MORE | OFFSETS | PAGES | SAID


def _members(holder: dict[str, Any], depth: int) -> Iterator[tuple[str, Any]]:
    """Names and values of an object, of what tells of pages in it, and of links by their
    relation."""
    for key, value in holder.items():
        name = _name(key)
        yield name, value
        if isinstance(value, dict) and name in HOLDERS and depth < 2:
            yield from _members(value, depth + 1)
        elif isinstance(value, list) and name in ("links", "link"):
            yield from (
                (str(link.get("rel") or link.get("relation") or "").casefold(), link)
                for link in value
                if isinstance(link, dict)
            )


def _leads_on(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_leads_on, value.values()))
    return isinstance(value, str) and value.strip() not in ("", "0", "false", "null")


def _number(value: Any) -> int | None:
    """A number of records; of Elasticsearch in ``value``."""
    if isinstance(value, dict):
        value = value.get("value")
    text = re.sub(r"(?<=\d)[ \u00a0](?=\d{3})", "", str(value).strip())
    text = text if isinstance(value, (str, int)) else ""
    return int(text) if INTEGER.match(text) and not isinstance(value, bool) else None
