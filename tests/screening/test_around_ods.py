"""Whatever part of an ODS holds personal data, its place is named; the same part without them asks
for nothing."""

from __future__ import annotations

import base64
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.screening.beside import HARMLESS, SECRET, content, found
from tests.screening.canaries import sampled

from helpers.running import single
from helpers.words import messages

TYPE = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in "office table text meta style number form script chart config manifest".split()
)
OTHERS = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)
NAMESPACES = f"{SPACES} {OTHERS}"


def text_cell(text: str, inside: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="string">{inside}<text:p>{text}</text:p>'
        "</table:table-cell>"
    )


def number_cell(number: int) -> str:
    return (
        f'<table:table-cell office:value-type="float" office:value="{number}"><text:p>{number}'
        "</text:p></table:table-cell>"
    )


def row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


PARTS = {
    "content.xml": (
        f"<office:document-content {NAMESPACES}>{{styles}}<office:body><office:spreadsheet>{{before}}"
        '<table:table table:name="Parker">{sheet}'
        + row(text_cell("id"), text_cell("namn"), "{cell1}")
        + row(number_cell(1), text_cell("Lekplats"), "{cell2}")
        + row(number_cell(2), text_cell("Bad"), "{cell3}")
        + "</table:table>{after}</office:spreadsheet></office:body></office:document-content>"
    ),
    "styles.xml": f"<office:document-styles {NAMESPACES}>{{pages}}</office:document-styles>",
    "meta.xml": f"<office:document-meta {NAMESPACES}><office:meta>{{meta}}</office:meta></office:document-meta>",
    "settings.xml": f"<office:document-settings {NAMESPACES}>{{settings}}</office:document-settings>",
    "META-INF/manifest.xml": f"<manifest:manifest {NAMESPACES}>{{manifest}}</manifest:manifest>",
}
SLOTS = "styles before sheet cell1 cell2 cell3 after pages meta settings manifest".split()


@dataclass(frozen=True)
class Place:
    """A place of an ODS: its code, the slots of the base that it fills, the parts that it adds.
    ``§`` is where the text stands. ``unread``: somebody must look whatever stands there."""

    code: str
    slots: dict[str, str] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)
    unread: bool = False

    def write(self, file: Path, text: str) -> Path:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("mimetype", TYPE)
            for name, xml in PARTS.items():
                for slot in SLOTS:
                    xml = xml.replace(f"{{{slot}}}", self.slots.get(slot, "").replace("§", text))
                archive.writestr(name, xml)
            for name, xml in self.parts.items():
                archive.writestr(name.replace("§", text), xml.replace("§", text))
        return file


def slot(code: str, name: str, xml: str, *, unread: bool = False) -> Place:
    return Place(code, {name: xml}, {}, unread)


def part(code: str, name: str, xml: str, *, unread: bool = False) -> Place:
    return Place(code, {}, {name: xml}, unread)


def page(xml: str) -> Place:
    return slot(
        "page_header",
        "pages",
        f'<office:master-styles><style:master-page style:name="D">{xml}</style:master-page>'
        "</office:master-styles>",
    )


def remark(xml: str) -> str:
    return f"<office:annotation>{xml}</office:annotation>"


PLACES = {
    **{
        f"meta_{name.split(':')[1]}": slot("property", "meta", f"<{name}>§</{name}>")
        for name in (
            "dc:title dc:creator dc:description dc:subject dc:contributor meta:keyword"
            " meta:initial-creator meta:printed-by meta:generator"
        ).split()
    },
    "own_property": slot("property", "meta", '<meta:user-defined meta:name="Ägare">§</meta:user-defined>'),
    "own_propertys_name": slot("property", "meta", '<meta:user-defined meta:name="§">1</meta:user-defined>'),
    "template": slot("property", "meta", '<meta:template xlink:title="§"/>'),
    "rdf": part("property", "manifest.rdf", "<r><d>§</d></r>"),
    "remark": slot("comment", "cell2", text_cell("Bad", remark("<text:p>§</text:p>"))),
    "remark_in_spans": slot(
        "comment",
        "cell2",
        text_cell("Bad", remark("<text:p>§ <text:span>191212</text:span>12-1212</text:p>")),
    ),
    "remarks_author": slot("comment_author", "cell2", text_cell("Bad", remark("<dc:creator>§</dc:creator>"))),
    "link": slot("link", "cell2", text_cell('<text:a xlink:href="http://x.se/§">Bad</text:a>')),
    "links_title": slot("link", "cell2", text_cell('<text:a xlink:href="x" office:title="§">Bad</text:a>')),
    "shown_text": slot(
        "cell_text",
        "cell2",
        '<table:table-cell office:value-type="float" office:value="1"><text:p>§</text:p></table:table-cell>',
    ),
    "text_beside_a_text": slot(
        "cell_text",
        "cell2",
        '<table:table-cell office:value-type="string" office:string-value="Bad"><text:p>§</text:p>'
        "</table:table-cell>",
    ),
    "second_value": slot(
        "sheet",
        "cell2",
        '<table:table-cell office:value-type="float" office:value="1" office:string-value="§"/>',
    ),
    "boolean": slot(
        "sheet", "cell2", '<table:table-cell office:value-type="boolean" office:boolean-value="§"/>'
    ),
    "formula": slot(
        "formula",
        "cell2",
        "<table:table-cell table:formula='of:=IF([.A2]=1;\"§\")' office:value-type=\"float\""
        ' office:value="1"/>',
    ),
    "text_box": slot(
        "drawing",
        "sheet",
        "<table:shapes><draw:frame><draw:text-box><text:p>§</text:p></draw:text-box></draw:frame>"
        "</table:shapes>",
    ),
    "shapes_description": slot(
        "drawing", "sheet", "<table:shapes><draw:frame><svg:desc>§</svg:desc></draw:frame></table:shapes>"
    ),
    "shape_in_a_cell": slot(
        "drawing", "cell2", text_cell("Bad", "<draw:custom-shape><svg:title>§</svg:title></draw:custom-shape>")
    ),
    "sheets_description": slot("sheet", "sheet", "<table:desc>§</table:desc>"),
    "sheets_source": slot("external_link", "sheet", '<table:table-source xlink:href="§"/>'),
    "cells_source": slot("external_link", "cell2", '<table:table-cell><table:cell-range-source xlink:href="§"/></table:table-cell>'),
    "scenario": slot("scenario", "sheet", '<table:scenario table:comment="§"/>'),
    "control": slot("control", "sheet", '<office:forms><form:form><form:button form:label="§"/></form:form></office:forms>'),
    "validations_help": slot("validation", "before", "<table:content-validations><table:content-validation><table:help-message><text:p>§</text:p></table:help-message></table:content-validation></table:content-validations>"),
    "validations_error": slot("validation", "before", "<table:content-validations><table:content-validation><table:error-message><text:p>§</text:p></table:error-message></table:content-validation></table:content-validations>"),
    "validations_list": slot("validation", "before", "<table:content-validations><table:content-validation table:condition='cell-content-is-in-list(\"§\")'/></table:content-validations>"),
    "tracked_change": slot("revision", "before", "<table:tracked-changes><table:cell-content-change><table:previous><table:change-track-table-cell><text:p>§</text:p></table:change-track-table-cell></table:previous></table:cell-content-change></table:tracked-changes>"),
    "tracked_author": slot("revision", "before", "<table:tracked-changes><table:deletion><office:change-info><dc:creator>§</dc:creator></office:change-info></table:deletion></table:tracked-changes>"),
    "expression": slot("defined_name", "after", "<table:named-expressions><table:named-expression table:name='N' table:expression='\"§\"'/></table:named-expressions>"),
    "expressions_name": slot("defined_name", "after", '<table:named-expressions><table:named-range table:name="§"/></table:named-expressions>'),
    "database_range": slot("connection", "after", '<table:database-ranges><table:database-range table:name="D"><table:filter><table:filter-condition table:value="§"/></table:filter></table:database-range></table:database-ranges>'),
    "database": slot("connection", "after", '<table:database-ranges><table:database-range><table:database-source-sql table:sql-statement="§"/></table:database-range></table:database-ranges>'),
    "dde": slot("external_link", "after", '<table:dde-links><table:dde-link><office:dde-source office:dde-item="§"/></table:dde-link></table:dde-links>'),
    "pivot_table": slot("pivot_table", "after", '<table:data-pilot-tables><table:data-pilot-table><table:data-pilot-member table:name="§"/></table:data-pilot-table></table:data-pilot-tables>'),
    "condition": slot("conditional_format", "sheet", "<calcext:conditional-formats><calcext:condition calcext:value='\"§\"'/></calcext:conditional-formats>"),
    "event": slot("macro", "sheet", '<office:event-listeners><script:event-listener xlink:href="§"/></office:event-listeners>'),
    "number_format": slot("number_format", "styles", "<office:automatic-styles><number:number-style><number:text>§</number:text></number:number-style></office:automatic-styles>"),
    "styles_name": slot("style", "pages", '<office:styles><style:style style:display-name="§"/></office:styles>'),
    "xml_comment": slot("sheet", "after", "<!-- § -->"),
    **{
        f"page_{name}": page(f"<style:{name}><style:region-center><text:p>§</text:p></style:region-center></style:{name}>")
        for name in ("header", "footer", "header-left", "footer-left", "header-first", "footer-first")
    },
    "setting": slot("workbook", "settings", '<config:config-item config:name="X" config:type="string">§</config:config-item>'),
    "printer": slot("printer_settings", "settings", '<config:config-item config:name="PrinterName" config:type="string">§</config:config-item>'),
    "manifest": slot("part_list", "manifest", '<manifest:file-entry manifest:full-path="§"/>'),
    "chart": part("chart", "Object 1/content.xml", "<c><chart:title><text:p>§</text:p></chart:title></c>"),
    "charts_copy": part("chart", "Object 1/content.xml", "<c><table:table-cell office:value-type='string'><text:p>§</text:p></table:table-cell></c>"),
    "charts_property": part("chart", "Object 1/meta.xml", "<m><dc:creator>§</dc:creator></m>"),
    "menu": part("menu", "Configurations2/menubar/menubar.xml", '<m label="§"/>'),
    "signature": part("signature", "META-INF/documentsignatures.xml", "<s><X509SubjectName>§</X509SubjectName></s>", unread=True),
    "basic": part("macro", "Basic/Standard/Module1.xml", "<m>§</m>", unread=True),
    "dialog": part("macro", "Dialogs/Standard/Dialog1.xml", '<d value="§"/>', unread=True),
    "script": part("macro", "Scripts/python/x.py", "print('§')", unread=True),
    "version": part("revision", "VersionList.xml", '<v><e comment="§"/></v>', unread=True),
    "embedded": part("embedded_file", "Object 2", "\0\1§\0", unread=True),
    "replacement": part("image", "ObjectReplacements/Object 1", "\0\1§\0", unread=True),
    "picture": part("image", "Pictures/1.svg", "<svg><text>§</text></svg>", unread=True),
    "unknown_part": part("other_part", "nytt/x.xml", "<x><y>§</y></x>"),
    "unknown_bytes": part("other_part", "nytt/x.bin", "\0\1§\0", unread=True),
    "broken_xml": part("other_part", "nytt/x.xml", "<x><y>§</x>", unread=True),
    "members_name": part("zip_name", "nytt/§/x.xml", "<x/>"),
}  # fmt: off


@pytest.mark.parametrize("name", sampled(PLACES))
def test_personal_data_are_found_in(name: str, tmp_path: Path) -> None:
    place = PLACES[name]
    kinds = found(place.write(tmp_path / "x.ods", SECRET), tmp_path / "a")
    for kind in ("personnummer", "person_name", "email"):
        assert place.code in kinds.get(kind, ()), kinds
    assert ("unread" in kinds) is place.unread
    if "1912" not in f"{place.slots}":
        clean = place.write(tmp_path / "y.ods", HARMLESS)
        assert content(clean, tmp_path / "b") == ("granska" if place.unread else "fri")


def test_all_that_is_said_of_a_file(tmp_path: Path) -> None:
    """One file with everything: each place is told in words, and nothing of the text is shown."""
    slots = {
        name: "".join(place.slots.get(name, "") for place in PLACES.values()) for name in SLOTS
    }
    parts = {name: xml for place in PLACES.values() for name, xml in place.parts.items()}
    given, _ = single.check_file(Place("", slots, parts).write(tmp_path / "x.ods", SECRET))
    assert not any(part in str(given) for part in ("121212-1212", "Fatima", "anna.exempel"))
    assert given["gate"]["content"] == "stopp"
    said = " ".join(reason["message"]["sv"] for reason in given["gate"]["reasons"])
    for code in {place.code for place in PLACES.values()}:
        assert messages.text(f"surroundings.place.{code}", "sv") in said, code


def test_a_printers_bytes_are_looked_into(tmp_path: Path) -> None:
    data = base64.b64encode(b"\0\1" + SECRET.encode("utf-16-le") + b"\0\0").decode()
    place = slot(
        "printer_settings",
        "settings",
        '<config:config-item config:name="PrinterSetup" config:type="base64Binary">'
        f"{data}</config:config-item>",
    )
    kinds = found(place.write(tmp_path / "x.ods", ""), tmp_path / "a")
    assert kinds["personnummer"] == {"printer_settings"}


def test_a_picture_within_the_document_cannot_be_read(tmp_path: Path) -> None:
    place = slot(
        "image",
        "sheet",
        "<table:shapes><draw:frame><draw:image><office:binary-data>R0lGODlhAQABAAAAACw="
        "</office:binary-data></draw:image></draw:frame></table:shapes>",
    )
    assert found(place.write(tmp_path / "x.ods", ""), tmp_path / "a") == {"unread": {"image"}}


def test_cells_are_cells_however_they_are_written(tmp_path: Path) -> None:
    """What the table holds is not told a second time as something beside it."""
    number = '<table:table-cell office:value-type="float" office:value="1212121212"'
    cells = {
        "cell1": text_cell("c") + text_cell("d") + text_cell("e") + text_cell("f"),
        "cell2": text_cell(SECRET)
        + text_cell(f"<text:span>{SECRET}</text:span>")
        + f"{number}><text:p>1 212 121 212</text:p></table:table-cell>"
        + '<table:table-cell office:value-type="date" office:date-value="2012-12-12T12:12:12">'
        "<text:p>12.12.2012 12:12:12</text:p></table:table-cell>",
        "cell3": f'<table:table-cell office:value-type="string" office:string-value="{SECRET}">'
        f"<text:p>{SECRET}</text:p></table:table-cell>"
        + text_cell(f'<text:a xlink:href="x">{SECRET}</text:a>')
        + f"{number}/>",
    }
    assert content(Place("", cells).write(tmp_path / "x.ods", ""), tmp_path / "a") == "fri"
