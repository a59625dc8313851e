"""Which part of a JSON document is its records: told by what its members are called, never by
length.

A list alone is taken; of several the one whose name means data, or the one that is left where the
others' names mean something else. Where no name tells, the lists are named and none is taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from helpers.reading import json_forms, json_pages, names_of_columns
from helpers.reading.json_forms import Records, of_lists, scalar
from helpers.words import personal_numbers
from helpers.words.errors import InputRefused

MAX_DEPTH = 4  # how deep a list of records may lie
LISTED = 8  # lists that a refusal names
# Names that mean records (CKAN, OData, HAL, FHIR, JSON:API, Esri, Opendatasoft, Elasticsearch,
# GraphQL, JSON-LD), and those that mean what goes with them; letters alone, small ones.
DATA = frozenset(
    "data records record results result resultat value values items item features rows row entries"
    " entry hits elements objects content bindings observations embedded list edges nodes graph"
    " members poster rader objekt dataset resources".split()
)
ASIDE = frozenset(
    "fields field columns cols schema schemas fieldaliases uniqueidfield meta metadata"
    " messages message meddelanden meddelande links link facets facetgroups facetresults"
    " aggregations included parameters params query sort errors error fel warnings warning"
    " varningar notes exceptions exception comments kommentarer info status issues context"
    " responseheader request head headers extra extras pagination paging page pageinfo"
    " licenses license aliases legend falt kolumner lankar noter spatialreference crs"
    " relationfields dimensions dimension suggestions log logg".split()
)
FAULTS = frozenset(
    "exceptions exception errors error fel warnings warning varningar issues".split()
)
# members in which APIs wrap each record: Opendatasoft, Esri, FHIR, Elasticsearch, GraphQL
WRAPPING = ("fields", "attributes", "resource", "_source", "node")


@dataclass(frozen=True)
class Candidate:
    """A list, or an object of objects, that may be the records; ``path``: the keys that lead to
    it."""

    path: tuple[str, ...]
    value: Any
    holders: tuple[dict[str, Any], ...]

    @property
    def aside(self) -> bool:
        """Lies under a name that means something else than records."""
        return any(_plain(key) in ASIDE for key in self.path)

    @property
    def data(self) -> bool:
        """Its own name means records, or that of what it lies in right away (HAL)."""
        return not self.aside and (
            _plain(self.path[-1]) in DATA or "_embedded" in self.path or self.path == ("d",)
        )

    @property
    def readable(self) -> bool:
        """Objects, or lists under a list of names."""
        if isinstance(self.value, dict):
            return True
        listed = bool(self.value) and all(isinstance(item, dict) for item in self.value)
        return listed or _names_first(self.value) is not None


def _plain(key: str) -> str:
    folded = key.casefold().replace("ä", "a").replace("å", "a").replace("ö", "o")
    return "".join(letter for letter in folded if letter.isalpha())


def _names_first(lists: Any) -> list[str] | None:
    """The names, of a list of lists of which the first holds names alone."""
    if not isinstance(lists, list) or len(lists) < 2:
        return None
    if not all(isinstance(item, list) for item in lists):
        return None
    names = [name for name in lists[0] if isinstance(name, str)]
    whole = (
        bool(names) and len(names) == len(lists[0]) and all(map(names_of_columns.is_name, names))
    )
    return names if whole else None


def _by_keys(value: dict[str, Any]) -> bool:
    """An object of objects that are alike: some member most of them have."""
    if len(value) < 2 or not all(isinstance(child, dict) and child for child in value.values()):
        return False
    counts = Counter(key for child in value.values() for key in child)
    return max(counts.values()) > len(value) / 2


def _candidates(
    value: dict[str, Any], path: tuple[str, ...] = (), holders: tuple[dict[str, Any], ...] = ()
) -> Iterator[Candidate]:
    """What may be records in an object, at most four levels down; what is in records is theirs."""
    holders = (*holders, value)
    for key, child in value.items():
        here = (*path, key)
        if isinstance(child, list):
            inner = child[0] if len(child) == 1 and isinstance(child[0], dict) else None
            if inner and len(here) < MAX_DEPTH and not any(map(scalar, inner.values())):
                # a list around an answer
                yield from _candidates(inner, (*here, "0"), holders)
            else:
                yield Candidate(here, child, holders)
        elif isinstance(child, dict) and len(here) < MAX_DEPTH:
            if _by_keys(child) and not child.keys() & {"data", "records", "results", "meta"}:
                yield Candidate(here, child, holders)
            else:
                yield from _candidates(child, here, holders)


def find(document: Any, path: str | None = None) -> Records:
    """The records of a document; none where it holds none. ``path`` is that of the entry, keys with
    full stops between.

    Raises ``InputRefused`` where several lists may be the records and no name tells which, or
    nothing that is records lies at ``path``.

    >>> listed = [{"a": "1"}, {"a": "2"}]
    >>> fields = [{"id": "a"}, {"id": "b"}, {"id": "c"}]
    >>> find({"success": True, "result": {"fields": fields, "records": listed}}).rows
    [{'a': '1'}, {'a': '2'}]
    >>> find({"nhits": "1", "records": [{"recordid": "x", "fields": {"namn": "Ringdans"}}]}).rows
    [{'namn': 'Ringdans'}]
    >>> find([["namn", "antal"], ["Lekplats", "3", "stängd"]]).rows
    [{'namn': 'Lekplats', 'antal': '3', 'kolumn_3': 'stängd'}]
    """
    if path is not None:
        return _at_path(document, path)
    if isinstance(document, list):
        inner, holders = _in_list(document)
        if isinstance(inner, list):
            return _of(Candidate(("",), inner, holders))
        document = inner
    if not isinstance(document, dict):
        return Records()
    found = json_forms.recognise(document)
    if found is not None:
        return replace(found, holders=(document,))
    forms = list(_in_form(document))
    if len(forms) > 1:
        listed = [Candidate(at, records.rows, ()) for at, records in forms]
        raise InputRefused("reading.several_lists", {"lists": _listed(listed)})
    if forms:
        return forms[0][1]
    if _by_keys(document) and not document.keys() & {"data", "records", "results", "meta"}:
        return _of(Candidate(("",), document, ()))
    chosen = _chosen(list(_candidates(document)))
    if chosen is None:
        return Records()
    beside = json_forms.named(chosen.holders[-1]) if chosen.holders else None
    return _of(chosen) if beside is None else replace(beside, holders=chosen.holders)


def _in_list(document: list[Any]) -> tuple[Any, tuple[dict[str, Any], ...]]:
    """What a list is: an answer alone in it, several one after another, what tells of pages and
    then the records (the World Bank's), or the records themselves."""
    if len(document) == 2 and isinstance(document[0], dict) and isinstance(document[1], list):
        return document[1], (document[0],)
    if not document or not all(isinstance(item, dict) and _is_answer(item) for item in document):
        return document, ()
    if len(document) == 1:
        return document[0], ()
    pages = [_chosen(list(_candidates(item))) for item in document]
    lists = [page.value for page in pages if page and isinstance(page.value, list)]
    return [record for listed in lists for record in listed], tuple(document[:1])


def _is_answer(item: dict[str, Any]) -> bool:
    """An object of which one list means records, and all else what an answer tells beside them: a
    record that has a list says more of itself."""
    listed = [one for one in _candidates(item) if one.data and one.readable]
    beside = [key for key, value in item.items() if scalar(value)]
    return len(listed) == 1 and all(json_pages.is_told(key) for key in beside)


def _in_form(
    value: dict[str, Any], path: tuple[str, ...] = (), holders: tuple[dict[str, Any], ...] = ()
) -> Iterator[tuple[tuple[str, ...], Records]]:
    """The paths and records of forms that their members tell for sure, in an object of the
    document."""
    holders = (*holders, value)
    found = json_forms.marked(value)
    if found is not None:
        yield path, replace(found, holders=holders)
    elif len(path) < MAX_DEPTH:
        for key, child in value.items():
            if isinstance(child, dict) and _plain(key) not in ASIDE:
                yield from _in_form(child, (*path, key), holders)


def _chosen(candidates: list[Candidate]) -> Candidate | None:
    """The candidate whose name tells; None where there is none at all."""
    by_name = [candidate for candidate in candidates if candidate.data]
    if by_name:
        depth = min(len(candidate.path) for candidate in by_name)
        nearest = [candidate for candidate in by_name if len(candidate.path) == depth]
        filled = [candidate for candidate in nearest if candidate.value]
        if len(filled) < 2:
            return (filled or nearest)[0]
        return _only([one for one in filled if one.readable], filled)
    readable = [candidate for candidate in candidates if candidate.readable]
    others = [candidate for candidate in readable if not candidate.aside]
    if others or not readable:
        return _only(others, others)
    return _only([one for one in readable if _plain(one.path[-1]) not in FAULTS], readable)


def _only(left: list[Candidate], known: list[Candidate]) -> Candidate | None:
    if not left and len(known) == 1:
        return None  # the faults of an answer that failed
    if len(left) > 1 or (known and not left):
        raise InputRefused("reading.several_lists", {"lists": _listed(known)})
    return left[0] if left else None


def _listed(candidates: list[Candidate]) -> str:
    """The lists by their paths, each with how many it holds."""
    shown = [
        f"{personal_numbers.hide('.'.join(candidate.path))[:80]} ({len(candidate.value)})"
        for candidate in candidates[:LISTED]
    ]
    return ", ".join([*shown, *(["…"] if len(candidates) > LISTED else [])])


def _at_path(document: Any, path: str) -> Records:
    """The records at the path of an entry. Raises ``InputRefused`` where none lie there."""
    for value, holders in _followed(document, path, ()):
        if isinstance(value, dict) and (found := json_forms.recognise(value)) is not None:
            return replace(found, holders=(*holders, value))
        if isinstance(value, (list, dict)):
            candidate = Candidate(("",), value, holders)
            if candidate.readable and (isinstance(value, list) or _by_keys(value)):
                return _of(candidate)
    known = list(_candidates(document)) if isinstance(document, dict) else []
    raise InputRefused(
        "reading.no_list",
        {
            "path": personal_numbers.hide(path)[:80],
            "lists": _listed([one for one in known if one.readable]) or "-",
        },
    )


def _followed(
    value: Any, path: str, holders: tuple[dict[str, Any], ...]
) -> Iterator[tuple[Any, tuple[dict[str, Any], ...]]]:
    """Each value that a path may mean: a key may hold full stops itself; a number is a place in a
    list."""
    if not path:
        yield value, holders
    elif isinstance(value, dict):
        for key, child in value.items():
            if path == key or path.startswith(f"{key}."):
                yield from _followed(child, path[len(key) + 1 :], (*holders, value))
    elif isinstance(value, list):
        place, _, rest = path.partition(".")
        if place.isascii() and place.isdecimal() and len(place) < 9 and int(place) < len(value):
            yield from _followed(value[int(place)], rest, holders)


def _of(candidate: Candidate) -> Records:
    """The records of a candidate; none where it is no list of them."""
    chosen = candidate.value
    if isinstance(chosen, dict):
        return replace(_by_key(chosen), holders=candidate.holders)
    if not candidate.readable:
        return Records()  # coordinates, or a matrix of numbers
    names = _names_first(chosen)
    if names is not None:
        return replace(of_lists(names, chosen[1:], {id(chosen)}), holders=candidate.holders)
    for member in WRAPPING:
        if all(isinstance(row.get(member), dict) for row in chosen):
            inner = [_own(row, member) for row in chosen]
            return Records(inner, {id(row[member]) for row in chosen}, holders=candidate.holders)
    if all(isinstance(row.get("record"), dict) for row in chosen):  # Opendatasoft's second one
        inner = [row["record"] for row in chosen]
        return _of(replace(candidate, value=inner))
    return Records(chosen, {id(chosen)}, holders=candidate.holders)


def _own(row: dict[str, Any], member: str) -> dict[str, Any]:
    """What is wrapped, and of JSON:API the id and kind that stand beside it."""
    inner: dict[str, Any] = row[member]
    if member != "attributes":
        return inner
    beside: dict[str, Any] = {
        key: row.pop(key)
        for key in ("id", "type")
        if key in row and key not in inner and scalar(row[key])
    }
    return {**beside, **inner}


def _by_key(records: dict[str, dict[str, Any]]) -> Records:
    """Records under a key each, which is a column of its own."""
    name = "nyckel"
    while any(name in record for record in records.values()):
        name += "_"
    return Records([{name: key, **record} for key, record in records.items()], {id(records)})
