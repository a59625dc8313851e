"""Whatever part of an XLSX holds personal data, its place is named; the same part without them asks
for nothing."""

from __future__ import annotations

import base64
import re
import struct
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.screening.beside import HARMLESS, SECRET, content, found
from tests.screening.canaries import sampled

from helpers.reading.around import markup
from helpers.running import single
from helpers.words import messages

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
ROWS = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>{cells1}</row>'
    '<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="s"><v>2</v></c>{cells2}</row>'
    '<row r="3"><c r="A3"><v>2</v></c><c r="B3" t="s"><v>3</v></c>{cells3}</row>'
)
PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>{types}</Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1"'
        f' Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>{{root}}</Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{{book_first}}<sheets>'
        '<sheet name="Parker" sheetId="1" r:id="rId1"/>{sheets}</sheets>{book}</workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/worksheet"'
        ' Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        "{book_links}</Relationships>"
    ),
    "xl/sharedStrings.xml": (
        f'<sst xmlns="{MAIN}"><si><t>id</t></si><si><t>namn</t></si><si><t>Lekplats</t>{{phonetic}}'
        "</si><si><t>Bad</t></si>{texts}</sst>"
    ),
    "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{{styles}}</styleSheet>',
    "xl/worksheets/sheet1.xml": (
        f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{{first}}<sheetData>{ROWS}</sheetData>'
        "{sheet}</worksheet>"
    ),
    "xl/worksheets/_rels/sheet1.xml.rels": (
        f'<Relationships xmlns="{PACKAGE}">{{links}}</Relationships>'
    ),
}
SLOTS = (
    "types root book_first sheets book book_links phonetic texts styles first cells1 cells2 cells3"
    " sheet links"
).split()


@dataclass(frozen=True)
class Place:
    """A place of an XLSX: its code, the slots of the base that it fills, the parts that it adds.
    ``§`` is where the text stands. ``unread``: somebody must look whatever stands there."""

    code: str
    slots: dict[str, str] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)
    unread: bool = False

    def write(self, file: Path, text: str) -> Path:
        values = dict.fromkeys(SLOTS, "") | {
            slot: xml.replace("§", text) for slot, xml in self.slots.items()
        }
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, xml in PARTS.items():
                for slot in SLOTS:
                    xml = xml.replace(f"{{{slot}}}", values[slot])
                archive.writestr(name, xml)
            for name, xml in self.parts.items():
                archive.writestr(name.replace("§", text), xml.replace("§", text))
        return file


def sheet(code: str, xml: str) -> Place:
    return Place(code, {"sheet": xml})


def part(code: str, name: str, xml: str, *, unread: bool = False) -> Place:
    return Place(code, {}, {name: xml}, unread)


def of_sheet(code: str, name: str, xml: str) -> Place:
    link = f'<Relationship Id="r9" Type="{OFFICE}/x" Target="../{name}"/>'
    return Place(code, {"links": link}, {f"xl/{name}": xml})


PLACES = {
    "title": part("property", "docProps/core.xml", "<c:p><dc:title>§</dc:title></c:p>"),
    "creator": part("property", "docProps/core.xml", "<c:p><dc:creator>§</dc:creator></c:p>"),
    "last_author": part(
        "property", "docProps/core.xml", "<c:p><c:lastModifiedBy>§</c:lastModifiedBy></c:p>"
    ),
    "manager": part("property", "docProps/app.xml", "<P><Manager>§</Manager></P>"),
    "link_base": part("property", "docProps/app.xml", "<P><HyperlinkBase>§</HyperlinkBase></P>"),
    "own_property": part(
        "property", "docProps/custom.xml", '<P><property name="Ägare"><v>§</v></property></P>'
    ),
    "own_propertys_name": part(
        "property", "docProps/custom.xml", '<P><property name="§"><v>1</v></property></P>'
    ),
    "label": part("property", "docMetadata/LabelInfo.xml", '<l><label name="§"/></l>'),
    "remark": of_sheet(
        "comment",
        "comments1.xml",
        '<comments><commentList><comment ref="B2"><text><r><t>§</t></r></text></comment>'
        "</commentList></comments>",
    ),
    "remark_in_runs": of_sheet(
        "comment",
        "comments1.xml",
        '<comments><commentList><comment ref="B2"><text><r><t>§ 191212</t></r><r><rPr><b/></rPr>'
        "<t>12-1212</t></r></text></comment></commentList></comments>",
    ),
    "remarks_author": of_sheet(
        "comment_author",
        "comments1.xml",
        "<comments><authors><author>§</author></authors></comments>",
    ),
    "thread": of_sheet(
        "comment",
        "threadedComments/threadedComment1.xml",
        '<T><threadedComment ref="B2"><text>§</text></threadedComment></T>',
    ),
    "person": part("comment_author", "xl/persons/person.xml", '<p><person displayName="§"/></p>'),
    "persons_account": part("comment_author", "xl/persons/person.xml", '<p><person userId="§"/></p>'),
    "old_drawing": of_sheet(
        "drawing",
        "drawings/vmlDrawing1.vml",
        "<xml><v:textbox><div><font>§</font></div></v:textbox></xml>",
    ),
    "old_drawings_text": of_sheet("drawing", "drawings/vmlDrawing1.vml", '<xml><v:shape alt="§"/></xml>'),
    "links_tooltip": sheet("link", '<hyperlinks><hyperlink ref="B2" tooltip="§"/></hyperlinks>'),
    "links_display": sheet("link", '<hyperlinks><hyperlink ref="B2" display="§"/></hyperlinks>'),
    "links_place": sheet("link", '<hyperlinks><hyperlink ref="B2" location="§"/></hyperlinks>'),
    "links_target": Place(
        "link", {"links": f'<Relationship Id="h" Type="{OFFICE}/hyperlink" Target="mailto:§" TargetMode="External"/>'}
    ),
    "escaped_target": Place(
        "link",
        {"links": '<Relationship Id="h" Target="http://x.se/?q=§%2019121212%2D1212" TargetMode="External"/>'},
    ),
    "template": Place("link", {"root": '<Relationship Id="h" Target="file:///§" TargetMode="External"/>'}),
    **{
        f"page_{name}": sheet("page_header", f"<headerFooter><{name}>&amp;C§</{name}></headerFooter>")
        for name in ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
    },
    "names_value": Place(
        "defined_name", {"book": '<definedNames><definedName name="N">"§"</definedName></definedNames>'}
    ),
    "names_name": Place(
        "defined_name", {"book": '<definedNames><definedName name="§">A1</definedName></definedNames>'}
    ),
    "names_comment": Place(
        "defined_name",
        {"book": '<definedNames><definedName name="N" comment="§">A1</definedName></definedNames>'},
    ),
    "names_description": Place(
        "defined_name",
        {"book": '<definedNames><definedName name="N" description="§" hidden="1">A1</definedName></definedNames>'},
    ),
    **{
        f"validation_{name}": sheet(
            "validation", f'<dataValidations><dataValidation {name}="§" sqref="B2"/></dataValidations>'
        )
        for name in ("prompt", "promptTitle", "error", "errorTitle")
    },
    "validations_list": sheet(
        "validation",
        '<dataValidations><dataValidation type="list"><formula1>"§,Bad"</formula1></dataValidation>'
        "</dataValidations>",
    ),
    "validations_new_list": sheet(
        "validation",
        "<extLst><ext><x14:dataValidations xmlns:x14='x14' xmlns:xm='xm'><x14:dataValidation>"
        "<x14:formula1><xm:f>§</xm:f></x14:formula1></x14:dataValidation></x14:dataValidations></ext>"
        "</extLst>",
    ),
    "condition": sheet(
        "conditional_format",
        '<conditionalFormatting><cfRule text="§"><formula>1</formula></cfRule></conditionalFormatting>',
    ),
    "conditions_formula": sheet(
        "conditional_format",
        '<conditionalFormatting><cfRule><formula>B2="§"</formula></cfRule></conditionalFormatting>',
    ),
    "scenario": sheet("scenario", '<scenarios><scenario name="A" comment="§"/></scenarios>'),
    "scenarios_user": sheet("scenario", '<scenarios><scenario name="A" user="§"/></scenarios>'),
    "scenarios_value": sheet(
        "scenario", '<scenarios><scenario name="A"><inputCells r="B2" val="§"/></scenario></scenarios>'
    ),
    "protected": sheet(
        "protected_range", '<protectedRanges><protectedRange name="§"/></protectedRanges>'
    ),
    "protected_for": sheet(
        "protected_range",
        "<protectedRanges><protectedRange><securityDescriptor>§</securityDescriptor></protectedRange>"
        "</protectedRanges>",
    ),
    "control": sheet("control", '<controls><control name="§"/></controls>'),
    "old_object": sheet("embedded_file", '<oleObjects><oleObject link="§"/></oleObjects>'),
    "codes_name": Place("sheet", {"first": '<sheetPr codeName="§"/>'}),
    "smart_tag": sheet("sheet", '<smartTags><cellSmartTagPr key="k" val="§"/></smartTags>'),
    "own_property_of_sheet": sheet("sheet", '<customProperties><customPr name="§"/></customProperties>'),
    "web_publishing": sheet("sheet", '<webPublishItems><webPublishItem title="§"/></webPublishItems>'),
    "view": sheet("page_header", "<customSheetViews><customSheetView><headerFooter><oddFooter>§</oddFooter>"
                  "</headerFooter></customSheetView></customSheetViews>"),
    "extension": sheet("sheet", '<extLst><ext uri="{1}"><z:z xmlns:z="z">§</z:z></ext></extLst>'),
    "xml_comment": sheet("sheet", "<!-- § -->"),
    "xml_instruction": sheet("sheet", "<?mso § ?>"),
    "cells_in_a_comment": sheet("sheet", '<!--<c r="A1" t="str"><v>§</v></c>-->'),
    "formula": Place("formula", {"cells2": '<c r="C2"><f>IF(A2=1,"§","")</f><v>1</v></c>'}),
    "formula_without_value": Place("formula", {"cells3": '<c r="C3"><f>"§"&amp;A2</f></c>'}),
    "formula_of_text": Place("formula", {"cells2": '<c r="C2" t="str"><f>"§"</f><v>Bad</v></c>'}),
    "formula_of_block": Place(
        "formula", {"cells2": '<c r="C2"><f t="array" ref="C2:C3">IF(1,1,"§")</f><v>1</v></c>'}
    ),
    "cells_attribute": Place("cell", {"cells2": '<c r="C2" z="§"><v>1</v></c>'}),
    "phonetic": Place("phonetic", {"phonetic": '<rPh sb="0" eb="1"><t>§</t></rPh>'}),
    "phonetic_in_a_cell": Place(
        "phonetic",
        {"cells2": '<c r="C2" t="inlineStr"><is><t>Bad</t><rPh sb="0"><t>§</t></rPh></is></c>'},
    ),
    "unused_text": Place("unused_text", {"texts": "<si><t>§</t></si>"}),
    "unused_text_in_runs": Place(
        "unused_text", {"texts": "<si><r><t>§ 1912</t></r><r><t>1212-1212</t></r></si>"}
    ),
    "format": Place("number_format", {"styles": '<numFmts><numFmt numFmtId="170" formatCode="0&quot;§&quot;"/></numFmts>'}),
    "styles_name": Place("style", {"styles": '<cellStyles><cellStyle name="§"/></cellStyles>'}),
    "theme": part("style", "xl/theme/theme1.xml", '<a:theme name="§"/>'),
    "saved_by": Place("workbook", {"book_first": '<fileSharing userName="§"/>'}),
    "folder": Place("workbook", {"book_first": '<x15ac:absPath xmlns:x15ac="a" url="C:\\Users\\§\\"/>'}),
    "web_options": Place("workbook", {"book": '<webPublishObjects><webPublishObject title="§"/></webPublishObjects>'}),
    "views_name": Place("workbook", {"book": '<customWorkbookViews><customWorkbookView name="§"/></customWorkbookViews>'}),
    "drawings_text": of_sheet(
        "drawing", "drawings/drawing1.xml", "<d><xdr:sp><a:p><a:r><a:t>§</a:t></a:r></a:p></xdr:sp></d>"
    ),
    "drawings_text_in_runs": of_sheet(
        "drawing", "drawings/drawing1.xml", "<d><a:p><a:r><a:t>§ 1912121</a:t></a:r><a:r><a:t>2-1212</a:t></a:r></a:p></d>"
    ),
    "drawings_description": of_sheet("drawing", "drawings/drawing1.xml", '<d><xdr:cNvPr descr="§"/></d>'),
    "drawings_title": of_sheet("drawing", "drawings/drawing1.xml", '<d><xdr:cNvPr title="§"/></d>'),
    "charts_title": of_sheet("chart", "charts/chart1.xml", "<c><c:title><a:t>§</a:t></c:title></c>"),
    "charts_copy": of_sheet("chart", "charts/chart1.xml", "<c><c:strCache><c:pt><c:v>§</c:v></c:pt></c:strCache></c>"),
    "charts_own_drawing": part("chart", "xl/charts/userShapes1.xml", "<c><a:t>§</a:t></c>"),
    "chart_sheet": part("chart", "xl/chartsheets/sheet1.xml", "<s><oddHeader>§</oddHeader></s>"),
    "smart_art": of_sheet("diagram", "diagrams/data1.xml", "<d><a:t>§</a:t></d>"),
    "pivot_definition": part("pivot_table", "xl/pivotCache/pivotCacheDefinition1.xml", '<p refreshedBy="§"/>'),
    "pivot_items": part("pivot_table", "xl/pivotCache/pivotCacheDefinition1.xml", '<p><s v="§"/></p>'),
    "pivot_records": part("pivot_table", "xl/pivotCache/pivotCacheRecords1.xml", '<p><r><s v="§"/></r></p>'),
    "pivot_table": part("pivot_table", "xl/pivotTables/pivotTable1.xml", '<p dataCaption="§"/>'),
    "external_copy": part("external_link", "xl/externalLinks/externalLink1.xml", "<e><cell><v>§</v></cell></e>"),
    "external_sheet": part("external_link", "xl/externalLinks/externalLink1.xml", '<e><sheetName val="§"/></e>'),
    "external_path": part("link", "xl/externalLinks/_rels/externalLink1.xml.rels", '<R><Relationship Target="§"/></R>'),
    "tables_name": of_sheet("table_definition", "tables/table1.xml", '<table displayName="T" comment="§"/>'),
    "tables_total": of_sheet("table_definition", "tables/table1.xml", '<table><tableColumn totalsRowLabel="§"/></table>'),
    "tables_formula": of_sheet("table_definition", "tables/table1.xml", '<table><calculatedColumnFormula>"§"</calculatedColumnFormula></table>'),
    "query": part("connection", "xl/queryTables/queryTable1.xml", '<q name="§"/>'),
    "connection": part("connection", "xl/connections.xml", '<c><connection><dbPr connection="UID=§" command="x"/></connection></c>'),
    "xml_map": part("connection", "xl/xmlMaps.xml", '<m><Map Name="§"/></m>'),
    "custom_xml": part("custom_xml", "customXml/item1.xml", "<k><avser>§</avser></k>"),
    "quoted_section": part("custom_xml", "customXml/item1.xml", "<k><![CDATA[§]]></k>"),
    "revision": part("revision", "xl/revisions/revisionLog1.xml", "<r><rcc><oc><v>§</v></oc></rcc></r>"),
    "revisions_user": part("revision", "xl/revisions/userNames.xml", '<u><userInfo name="§"/></u>'),
    "slicer": part("slicer", "xl/slicerCaches/slicerCache1.xml", '<s><i n="§"/></s>'),
    "timeline": part("slicer", "xl/timelines/timeline1.xml", '<s caption="§"/>'),
    "control_properties": of_sheet("control", "ctrlProps/ctrlProp1.xml", '<f macro="§"/>'),
    "active_x": of_sheet("control", "activeX/activeX1.xml", '<o><ax:ocxPr value="§"/></o>'),
    "menu": part("menu", "customUI/customUI14.xml", '<c><button label="§"/></c>'),
    "web_extension": part("web_extension", "xl/webextensions/webextension1.xml", '<w><property value="§"/></w>'),
    "signature": part("signature", "_xmlsignatures/sig1.xml", "<S><X509SubjectName>§</X509SubjectName></S>", unread=True),
    "metadata": part("other_part", "xl/metadata.xml", '<m><s v="§"/></m>'),
    "rich_values": part("other_part", "xl/richData/rdrichvalue.xml", "<r><v>§</v></r>"),
    "calculation": part("other_part", "xl/calcChain.xml", '<c><c r="§"/></c>'),
    "dialog_sheet": part("sheet", "xl/dialogsheets/sheet1.xml", "<d><oddHeader>§</oddHeader></d>".replace("oddHeader", "x")),
    "sheet_that_no_workbook_names": part(
        "cell", "xl/worksheets/sheet9.xml", '<worksheet><sheetData><row><c r="A1" t="str"><v>§</v></c></row></sheetData></worksheet>'
    ),
    "types_list": Place("part_list", {"types": '<Override PartName="/§" ContentType="x"/>'}),
    "unknown_part": part("other_part", "xl/nytt/x.xml", "<x><y>§</y></x>"),
    "members_name": part("zip_name", "xl/§/x.txt", ""),
    "drawings_name": part("drawing", "xl/drawings/drawing7.xml", '<d><xdr:cNvPr name="§"/></d>'),
    "macro_sheet": part("macro", "xl/macrosheets/sheet1.xml", "<m><f>§</f></m>", unread=True),
    "macro": part("macro", "xl/vbaProject.bin", "\0\1§\0", unread=True),
    "embedded": part("embedded_file", "xl/embeddings/oleObject1.bin", "\0\1§\0", unread=True),
    "svg": part("image", "xl/media/image1.svg", "<svg><text>§</text></svg>", unread=True),
    "metafile": part("image", "xl/media/image1.emf", "\1\0\0\0§\0", unread=True),
    "printer": part("printer_settings", "xl/printerSettings/printerSettings1.bin", "\0\1§\0"),
    "unknown_bytes": part("other_part", "xl/nytt/x.bin", "\0\1§\0", unread=True),
    "unknown_text": part("other_part", "anteckningar.txt", "§", unread=True),
    "broken_xml": part("custom_xml", "customXml/item1.xml", "<k><avser>§</k>", unread=True),
    "entity": part("custom_xml", "customXml/item1.xml", "<!DOCTYPE k [<!ENTITY a '§'>]><k>&a;</k>", unread=True),
}  # fmt: off


@pytest.mark.parametrize("name", sampled(PLACES))
def test_personal_data_are_found_in(name: str, tmp_path: Path) -> None:
    place = PLACES[name]
    kinds = found(place.write(tmp_path / "x.xlsx", SECRET), tmp_path / "a")
    for kind in ("personnummer", "person_name", "email"):
        assert place.code in kinds.get(kind, ()), kinds
    assert ("unread" in kinds) is place.unread
    clean = place.write(tmp_path / "y.xlsx", HARMLESS)
    if "1912" not in f"{place.slots}{place.parts}":
        assert content(clean, tmp_path / "b") == ("granska" if place.unread else "fri")


def test_all_that_is_said_of_a_file(tmp_path: Path) -> None:
    """One file with everything: each place is told in words, and nothing of the text is shown."""
    slots: dict[str, str] = {}
    parts: dict[str, str] = {}
    for place in PLACES.values():
        slots = {slot: slots.get(slot, "") + xml for slot, xml in place.slots.items()} | {
            slot: xml for slot, xml in slots.items() if slot not in place.slots
        }
        parts |= place.parts
    file = Place("", slots, parts).write(tmp_path / "x.xlsx", SECRET)
    given, _ = single.check_file(file)
    assert not any(part in str(given) for part in ("121212-1212", "Fatima", "anna.exempel"))
    assert given["gate"]["content"] == "stopp"
    said = " ".join(reason["message"]["sv"] for reason in given["gate"]["reasons"])
    for code in {place.code for place in PLACES.values()}:
        assert messages.text(f"surroundings.place.{code}", "sv") in said, code


def _zip(file: Path) -> Path:
    return Place("").write(file, HARMLESS)


def test_what_surrounds_the_members_of_the_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(_zip(tmp_path / "a.xlsx"), "a") as archive:
        archive.comment = SECRET.encode()
    assert found(tmp_path / "a.xlsx", tmp_path / "a")["personnummer"] == {"zip_comment"}
    secret = SECRET.encode()
    field = struct.pack("<HH", 0x4242, len(secret)) + secret
    with zipfile.ZipFile(_zip(tmp_path / "b.xlsx"), "a") as archive:
        info = zipfile.ZipInfo("xl/x.xml")
        info.extra = field
        archive.writestr(info, "")
        info = zipfile.ZipInfo("xl/y.xml")
        info.comment = secret
        archive.writestr(info, "")
    kinds = found(tmp_path / "b.xlsx", tmp_path / "b")
    assert kinds["personnummer"] == {"zip_extra", "zip_comment"}
    file = _zip(tmp_path / "c.xlsx")
    file.write_bytes(file.read_bytes() + secret)
    assert found(file, tmp_path / "c")["personnummer"] == {"zip_gap"}


def test_of_two_members_of_one_name_the_first_is_looked_into(tmp_path: Path) -> None:
    """Programs read the last; the first goes with the file all the same."""
    file = tmp_path / "x.xlsx"
    base = zipfile.ZipFile(_zip(tmp_path / "y.xlsx"))
    name = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(file, "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(name, base.read(name).replace(b"<v>1</v>", f"<v>{SECRET}</v>".encode()))
        for member in base.namelist():
            archive.writestr(member, base.read(member))
    assert found(file, tmp_path / "a")["personnummer"] == {"cell"}


def test_a_picture_asks_for_review(tmp_path: Path) -> None:
    """A thumbnail as well: of a sheet that a program shows in 250 pixels every word can be read."""
    for name, place in (("docProps/thumbnail.png", "thumbnail"), ("xl/media/a.png", "image")):
        file = _zip(tmp_path / f"{place}.xlsx")
        with zipfile.ZipFile(file, "a") as archive:
            archive.writestr(name, b"\x89PNG\r\n\x1a\n" + bytes(40))
        assert found(file, tmp_path / place) == {"unread": {place}}


def test_what_programs_write_by_themselves_asks_for_nothing(tmp_path: Path) -> None:
    """Running numbers, checksums, times and fonts look like much, and are nobody's."""
    place = Place(
        "",
        {
            "first": '<sheetPr xr:uid="{12121212-1212-1212-1212-191212121212}"/>',
            "sheet": '<sheetProtection hashValue="1212121212+46701740605Anna=="/>'
            '<drawing r:id="rId1212121212"/>',
            "styles": '<fonts><font><name val="Gill Sans"/></font></fonts>',
        },
        {
            "xl/charts/chart1.xml": '<c><c:axId val="1212121212"/><c:crossAx val="1212121212"/></c>',
            "xl/drawings/drawing1.xml": '<d><xdr:off x="121212121" y="1212121212"/></d>',
            "xl/calcChain.xml": '<c><c r="A1212121" i="1"/></c>',
            "xl/theme/theme1.xml": '<t><a:latin typeface="Anna Karlsson"/></t>',
            "docProps/core.xml": "<c><dcterms:created>2012-12-12T12:12:12Z</dcterms:created></c>",
            "docProps/app.xml": "<P><Application>Microsoft Excel</Application></P>",
        },
    )
    assert content(place.write(tmp_path / "x.xlsx", ""), tmp_path / "a") == "fri"


def test_of_a_cell_that_stands_twice_both_values_are_looked_at(tmp_path: Path) -> None:
    cells = f'<c r="C2" t="str"><v>{SECRET}</v></c><c r="C2"><v>1</v></c>'
    file = Place("", {"cells2": cells}).write(tmp_path / "x.xlsx", "")
    assert found(file, tmp_path / "a")["personnummer"] == {"cell"}


def test_a_packed_part_that_is_written_as_letters_asks_for_review(tmp_path: Path) -> None:
    """As a query of Excel's is kept, with all the values that it was given."""
    data = base64.b64encode(bytes(8) + _zip(tmp_path / "y.xlsx").read_bytes()).decode()
    place = part("custom_xml", "customXml/item1.xml", f"<DataMashup>{data}</DataMashup>")
    file = place.write(tmp_path / "x.xlsx", "")
    assert found(file, tmp_path / "a") == {"unread": {"custom_xml"}}


@pytest.mark.parametrize("damage", ["content", "locked"])
def test_a_part_that_cannot_be_opened_asks_for_review(damage: str, tmp_path: Path) -> None:
    """The table is read all the same: the part is none of its sheets."""
    file = _zip(tmp_path / "x.xlsx")
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("customXml/item1.xml", "<k>Lekplats</k>")
    data = bytearray(file.read_bytes())
    if damage == "content":
        at = data.index(b"Lekplats")
        data[at : at + 4] = b"Skat"
    else:
        for sign, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
            data[data.rindex(sign) + flags] |= 1
    file.write_bytes(data)
    assert found(file, tmp_path / "a") == {"unread": {"custom_xml"}}


def test_a_part_in_utf_16(tmp_path: Path) -> None:
    file = _zip(tmp_path / "x.xlsx")
    with zipfile.ZipFile(file, "a") as archive:
        xml = f'<?xml version="1.0" encoding="UTF-16"?><k>{SECRET}</k>'
        archive.writestr("customXml/item1.xml", xml.encode("utf-16"))
    kinds = found(file, tmp_path / "a")
    assert kinds["personnummer"] == kinds["email"] == {"custom_xml"}


def test_cells_with_a_prefix_and_on_lines_of_their_own_are_cells(tmp_path: Path) -> None:
    file, name = tmp_path / "x.xlsx", "xl/worksheets/sheet1.xml"
    cells = f'<c r="C2" t="str"><v>{SECRET}</v></c><c r="D2" t="s"><v>4</v></c>'
    base = Place("", {"cells2": cells, "texts": f"<si><t>{SECRET}</t></si>"})
    with zipfile.ZipFile(base.write(tmp_path / "y.xlsx", "")) as archive:
        parts = {member: archive.read(member).decode() for member in archive.namelist()}
    parts[name] = re.sub(r"<(/?)(\w)", r"\n <\1x:\2", parts[name]).replace("xmlns=", "xmlns:x=")
    with zipfile.ZipFile(file, "w") as archive:
        for member, xml in parts.items():
            archive.writestr(member, xml)
    assert content(file, tmp_path / "a") == "fri"


def test_too_many_elements_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup.Bound, "__init__", lambda self: setattr(self, "left", 60))
    place = part("custom_xml", "customXml/item1.xml", "<k>" + "<a/>" * 100 + "<b>§</b></k>")
    kinds = found(place.write(tmp_path / "x.xlsx", SECRET), tmp_path / "a")
    assert kinds["personnummer"] == kinds["unread"] == {"custom_xml"}


def test_cells_are_cells_however_they_are_written(tmp_path: Path) -> None:
    """What the table holds is not told a second time as something beside it."""
    cells = {
        "cells1": '<c r="C1" t="s"><v>4</v></c><c r="D1" t="str"><v>d</v></c><c r="E1" t="str"><v>e</v></c>',
        "cells2": f'<c r="C2" t="s"><v>5</v></c><c r="D2" t="str"><v>{SECRET}</v></c>'
        f'<c r="E2" t="inlineStr"><is><t>{SECRET}</t></is></c>',
        "cells3": f'<c r="C3" t="s" s="1"><v>5</v></c><c r="D3" t="str"><f>B3</f><v>{SECRET}</v></c>'
        f'<c r="E3" t="inlineStr"><is><r><t>{SECRET}</t></r></is></c>',
        "texts": f"<si><t>c</t></si><si><r><t>{SECRET}</t></r></si>",
    }
    assert content(Place("", cells).write(tmp_path / "x.xlsx", ""), tmp_path / "a") == "fri"
