"""Answers of APIs and other forms of JSON: the records are found by what their list is called, a
page of many is told, and what no name tells is refused with the lists that there are."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.reading import json_records
from helpers.words.errors import InputRefused

from .conftest import Reader, codes, names, repair, rows

TWO = [{"namn": "Badet", "ort": "Ekvik"}, {"namn": "Parken", "ort": "Bro"}]
CELLS = [("Badet", "Ekvik"), ("Parken", "Bro")]
LISTS = [["Badet", "Ekvik"], ["Parken", "Bro"]]
LONG = [{"kod": number, "text": "ok"} for number in range(5)]
FORMS: dict[str, Any] = {
    "CKAN": {"result": {"fields": [{"id": name} for name in "abcdef"], "records": TWO}},
    "messages": {"meddelanden": LONG, "data": TWO},
    "PxWeb": {
        "columns": [{"code": "n", "text": "namn"}, {"code": "o", "text": "ort"}],
        "data": [{"key": [name], "values": [place]} for name, place in LISTS],
    },
    "pandas split": {"columns": ["namn", "ort"], "index": [0, 1], "data": LISTS},
    "pandas columns": {
        "namn": {"0": "Badet", "1": "Parken"},
        "ort": {"0": "Ekvik", "1": "Bro"},
    },
    "pandas list": {"namn": ["Badet", "Parken"], "ort": ["Ekvik", "Bro"]},
    "pandas table": {"schema": {"fields": LONG, "primaryKey": ["namn"]}, "data": TWO},
    "Socrata": {
        "meta": {"view": {"columns": [{"id": -1, "name": "namn"}, {"id": -2, "name": "ort"}]}},
        "data": LISTS,
    },
    "Datasette": {"columns": ["namn", "ort"], "rows": LISTS, "truncated": False},
    "SPARQL": {
        "head": {"vars": ["namn", "ort"], "link": []},
        "results": {
            "bindings": [
                {key: {"type": "literal", "value": text} for key, text in one.items()}
                for one in TWO
            ]
        },
    },
    "Google": {
        "version": "0.6",
        "table": {
            "cols": [{"id": "A", "label": "namn"}, {"id": "B", "label": "ort"}],
            "rows": [{"c": [{"v": text} for text in one]} for one in LISTS],
        },
    },
    "OData": {"@odata.context": "$metadata#x", "value": TWO},
    "OData 2": {"d": {"results": TWO, "__count": "2"}},
    "HAL": {"_embedded": {"platser": TWO}, "_links": {"self": {"href": "/"}}, "page": {"size": 20}},
    "FHIR": {"resourceType": "Bundle", "entry": [{"fullUrl": "u", "resource": one} for one in TWO]},
    "Elasticsearch": {"hits": {"total": {"value": 2}, "hits": [{"_source": one} for one in TWO]}},
    "GraphQL": {"data": {"platser": {"edges": [{"node": one} for one in TWO]}}},
    "ArcGIS": {"fields": LONG, "features": [{"attributes": one} for one in TWO]},
    "Opendatasoft 2": {"links": LONG, "records": [{"record": {"fields": one}} for one in TWO]},
    "a list around the answer": {"RESPONSE": {"RESULT": [{"Plats": TWO, "INFO": {"a": 1}}]}},
    "World Bank": [{"page": 1, "pages": 1, "total": 2}, TWO],
    "an answer in a list": [{"total": 2, "records": TWO}],
    "answers on lines": [{"total": 2, "records": TWO[:1]}, {"total": 2, "records": TWO[1:]}],
    "names in an answer": {"result": {"columns": ["namn", "ort"], "rows": LISTS}},
    "lists of numbers beside": {"bbox": {"min": [1, 2], "max": [3, 4]}, "records": TWO},
    "a summary beside": {"data": TWO, "summary": {"columns": ["a"], "rows": [[1], [2], [3]]}},
    "faults beside": {"errors": [], "warnings": LONG, "poster": TWO},
}


@pytest.mark.parametrize("form", FORMS)
def test_the_records_of_a_form(read: Reader, form: str):
    found = read(json.dumps(FORMS[form], ensure_ascii=False), "x.json")
    cells = ", ".join(found.main.column(name).text for name in ("namn", "ort"))
    assert rows(found, cells) == CELLS and len(found.main.columns) == 2
    assert not {"page_of_many", "more_pages"} & set(codes(found))


def test_the_id_of_json_api_is_a_column(read: Reader):
    listed = [{"type": "plats", "id": str(i), "attributes": one} for i, one in enumerate(TWO)]
    found = read(json.dumps({"data": listed, "included": LONG}), "x.json")
    assert names(found) == ["id", "type", "namn", "ort"] and found.main.rows == 2


CATEGORIES = {
    "Region": {
        "label": "region",
        "category": {"index": {"1081": 1, "1080": 0}, "label": {"1080": "K", "1081": "R"}},
    },
    "Tid": {"label": "år", "category": {"index": ["2021", "2022"]}},
}


@pytest.mark.parametrize(
    "document",
    [
        {"class": "dataset", "id": ["Region", "Tid"], "size": [2, 2], "dimension": CATEGORIES},
        {"dataset": {"dimension": {**CATEGORIES, "id": ["Region", "Tid"], "size": [2, 2]}}},
    ],
    ids=["version 2", "version 1"],
)
@pytest.mark.parametrize("values", [[1, 2, None, 4], {"0": 1, "1": 2, "3": 4}], ids=["all", "few"])
def test_the_dimensions_of_json_stat_are_columns(read: Reader, document: Any, values: Any):
    document = json.loads(json.dumps(document))
    document.get("dataset", document)["value"] = values
    found = read(json.dumps(document), "x.json")
    assert names(found) == ["region_kod", "region", "år", "value"]
    assert rows(found, "t0, t1, t2, t3") == [
        ("1080", "K", "2021", "1"),
        ("1080", "K", "2022", "2"),
        ("1081", "R", "2021", None),
        ("1081", "R", "2022", "4"),
    ]


def test_a_record_that_has_a_list_is_a_record(read: Reader):
    order = {"ordernummer": 7, "items": [{"a": 1}, {"a": 2}]}
    found = read(json.dumps([order, {**order, "ordernummer": 8}]), "x.json")
    assert names(found) == ["ordernummer", "items"] and found.main.rows == 2
    assert names(read(json.dumps([order]), "x.json")) == ["ordernummer", "items"]


def test_a_map_in_an_answer_is_a_map(read: Reader):
    place = {**PLACE, "geometry": {"type": "Point", "coordinates": [15.5, 56.1]}}
    inner = {"type": "FeatureCollection", "features": [place, place]}
    found = read(json.dumps({"success": True, "data": inner}), "x.json")
    assert found.format == "geojson" and found.main.geometry is not None
    assert repair(found, "wrapped").count == 1


def test_several_cubes_are_named(read: Reader):
    one = {"id": ["Tid"], "size": [2], "dimension": CATEGORIES, "value": [1, 2]}
    with pytest.raises(InputRefused) as refused:
        read(json.dumps({"a": one, "b": one}), "x.json")
    assert refused.value.key == "reading.several_lists" and "a (2), b (2)" in str(refused.value)


PLACE = {"type": "Feature", "properties": {"n": 1}, "geometry": None}
PAGES: list[tuple[Any, int | None]] = [
    ({"success": True, "result": {"total": 5230, "records": TWO}}, 5230),
    ({"resultCount": 1480, "offset": 0, "limit": 2, "results": TWO}, 1480),
    ({"total_count": 3, "results": TWO}, 3),
    ({"@odata.count": 9, "value": TWO}, 9),
    ({"@odata.nextLink": "https://x.example/?$skip=2", "value": TWO}, None),
    ({"meta": {"total": 12}, "data": TWO}, 12),
    ([{"page": 1, "pages": 3, "total": 6}, TWO], 6),
    ({"rows": TWO, "total": "5 230"}, 5230),
    ({"resultCount": 2, "totalPages": 12, "currentPage": 1, "content": TWO}, None),
    ({"data": TWO, "links": {"next": "/?page=2"}}, None),
    ({"count": 2, "next_page": "/?page=2", "values": TWO}, None),
    ({"resourceType": "Bundle", "entry": TWO, "link": [{"relation": "next", "url": "u"}]}, None),
    ({"_embedded": {"x": TWO}, "page": {"size": 2, "totalElements": 7}}, 7),
    ({"hits": {"total": {"value": 40}, "hits": [{"_source": one} for one in TWO]}}, 40),
    ({"data": {"x": {"pageInfo": {"hasNextPage": True}, "edges": TWO}}}, None),
    ({"exceededTransferLimit": True, "features": [{"attributes": one} for one in TWO]}, None),
    ({"type": "FeatureCollection", "numberMatched": 4, "features": [PLACE, PLACE]}, 4),
    (
        {"type": "FeatureCollection", "features": [PLACE], "links": [{"rel": "next", "href": "u"}]},
        None,
    ),
]
WHOLE: list[Any] = [
    {"result": {"total": 2, "records": TWO, "_links": {"next": "/?offset=100"}}},  # CKAN, always
    {"resultCount": 2, "offset": 0, "limit": 100, "results": TWO},
    {"data": TWO, "links": {"next": None}, "meta": {"size": 100, "antal": 2}},
    {"content": TWO, "totalPages": 1},
    {"exceededTransferLimit": False, "features": [{"attributes": one} for one in TWO]},
    {"type": "FeatureCollection", "numberReturned": 1, "features": [PLACE], "links": []},
]


@pytest.mark.parametrize(("document", "total"), PAGES, ids=lambda it: json.dumps(it)[:50])
def test_a_page_of_many_is_told_with_the_total_that_it_names(
    read: Reader, document: Any, total: int | None
):
    found = read(json.dumps(document), "x.json")
    if total is None:
        assert repair(found, "more_pages").count == 1 and "page_of_many" not in codes(found)
    else:
        assert repair(found, "page_of_many").count == total


@pytest.mark.parametrize("document", WHOLE, ids=lambda it: json.dumps(it)[:50])
def test_an_answer_that_is_whole_is_no_page(read: Reader, document: Any):
    assert not {"page_of_many", "more_pages"} & set(codes(read(json.dumps(document), "x.json")))


def test_lists_whose_names_do_not_tell_are_named_and_the_entry_picks_one(read: Reader):
    document = json.dumps({"svar": {"platser": TWO, "skötare": LONG}, "id": "x"})
    with pytest.raises(InputRefused) as refused:
        read(document, "x.json")
    assert refused.value.key == "reading.several_lists"
    for language in ("sv", "en"):
        text = refused.value.text(language)
        assert "svar.platser (2)" in text and "svar.skötare (5)" in text
    assert rows(read(document, "x.json", hints={"records": "svar.platser"}), "t0, t1") == CELLS
    with pytest.raises(InputRefused) as refused:
        read(document, "x.json", hints={"records": "svar.parker"})
    assert refused.value.key == "reading.no_list" and "svar.platser (2)" in refused.value.text("sv")


def test_a_key_may_hold_a_full_stop_and_a_list_has_places(read: Reader):
    document = json.dumps({"a.b": [{"c": TWO, "x": 1}], "c": LONG})
    assert rows(read(document, "x.json", hints={"records": "a.b.0.c"}), "t0, t1") == CELLS


@pytest.mark.parametrize(
    "document",
    [{"success": False, "errors": LONG}, {"data": [], "messages": LONG}, {"data": ["a"], "m": []}],
    ids=json.dumps,
)
def test_an_answer_that_failed_or_holds_nothing_is_no_table(read: Reader, document: Any):
    with pytest.raises(InputRefused):
        read(json.dumps(document), "x.json")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
def test_json_of_two_bytes_a_letter_is_json(read: Reader, encoding: str):
    found = read(json.dumps([{"namn": "Håbo"}], ensure_ascii=False).encode(encoding), "x.json")
    assert found.format == "json" and rows(found, "t0") == [("Håbo",)]


@pytest.mark.parametrize("text", ["42", '"text"', "true", "null", "-1.5e3"])
def test_a_value_alone_is_no_table(read: Reader, text: str):
    with pytest.raises(InputRefused) as refused:
        read(text, "x.json")
    assert refused.value.key == "reading.no_records"


def test_a_text_sequence_is_a_map(read: Reader):
    found = read("".join(f"\x1e{json.dumps(PLACE)}\n" for _ in range(3)), "x.geojsons")
    assert found.format == "geojson" and found.main.rows == 3


WORDS = st.sampled_from(sorted(json_records.ASIDE - json_records.FAULTS))


@given(
    wanted=st.sampled_from(sorted(json_records.DATA)),
    others=st.dictionaries(WORDS, st.integers(1, 9), max_size=4),
    depth=st.lists(st.sampled_from(["svar", "result", "x"]), max_size=2, unique=True),
    first=st.booleans(),
)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_length_and_no_place_takes_the_records_from_the_list_that_means_them(
    wanted: str, others: dict[str, int], depth: list[str], first: bool
):
    beside = {name: [{"kod": str(i), "text": "x"} for i in range(n)] for name, n in others.items()}
    document: Any = {wanted: [dict(one) for one in TWO]}
    document = {**document, **beside} if first else {**beside, **document}
    for key in depth:
        document = {key: document, "status": {"kod": "1"}}
    assert json_records.find(document).rows == TWO


@pytest.mark.parametrize(
    ("script", "name"),
    [
        ("callback(%s);", "x.js"),
        ("/**/jQuery12_3(%s)", "x.json"),
        ("var data = %s;\n", "x.js"),
        ("export default %s", "x.txt"),
        ("window.a.b = %s;", "x.json"),
    ],
)
def test_json_within_a_script_is_read_and_never_run(read: Reader, script: str, name: str):
    found = read(script % json.dumps(TWO), name)
    assert found.format == "json" and rows(found, "t0, t1") == CELLS
    assert codes(found) == ["script"]


def test_a_header_with_brackets_is_no_script(read: Reader):
    assert read("antal (2023);namn\n1;A\n2;B\n").format == "csv"
    with pytest.raises(InputRefused):
        read("cb([1, 2]); alert(1)", "x.json")


def test_a_list_of_records_in_a_cell_is_told_and_a_list_of_values_is_not(read: Reader):
    inspected = [{"date": "2024-01-15"}, {"date": "2024-02-15"}]
    records = [
        {"id": n, "types": ["a", "b"], "at": {"inspections": inspected if n < 3 else []}}
        for n in range(4)
    ]
    found = read(json.dumps(records), "x.json")
    assert names(found) == ["id", "types", "at.inspections"] and found.main.rows == 4
    assert codes(found) == ["nested_lists"]
    told = repair(found, "nested_lists")
    assert (told.column, told.count) == ("at.inspections", 3)
