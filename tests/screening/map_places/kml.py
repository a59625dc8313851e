"""Places in KML."""

from __future__ import annotations

from pathlib import Path

from tests.screening.map_places.standing import (
    stands,
)

PLACEMARKS = "".join(
    f"<Placemark><name>{name}</name><Point><coordinates>15.{i},56.1,0</coordinates></Point>"
    "</Placemark>"
    for i, name in enumerate(("Bollplan", "Badplats", "Hundrastgård"))
)
MARK = "<name>Park</name>{0}<Point><coordinates>15.5,56.1</coordinates></Point>"
KML: dict[str, tuple[str, str]] = {
    # where in the document -> the place, and what stands there
    "comment": ("xml_comment", "<!-- {0} -->"),
    "instruction": ("xml_instruction", "<?epost {0}?>"),
    "name_of_the_document": ("map_heading", "<name>{0}</name>"),
    "description": ("map_heading", "<description><![CDATA[<b>{0}</b>]]></description>"),
    "snippet": ("map_heading", "<Snippet maxLines='1'>{0}</Snippet>"),
    "id_of_the_document": ("map_heading", "<Folder id='{0}'></Folder>"),
    "folder": ("map_heading", "<Folder><name>Mapp</name><description>{0}</description></Folder>"),
    "address": ("map_contact", "<address>{0}</address>"),
    "phone": ("map_contact", "<phoneNumber>{0}</phoneNumber>"),
    "author": ("map_contact", "<a:author><a:name>{0}</a:name></a:author>"),
    "author_email": ("map_contact", "<a:author><a:email>{0}</a:email></a:author>"),
    "details": ("map_contact", "<x:AddressDetails><x:Country>{0}</x:Country></x:AddressDetails>"),
    "link": ("map_link", "<a:link href='http://exempel.se/{0}'/>"),
    "network_link": ("map_link", "<NetworkLink><Link><href>{0}</href></Link></NetworkLink>"),
    "schema": ("map_schema", "<Schema id='a' name='{0}'></Schema>"),
    "field": (
        "map_schema",
        (
            "<Schema id='b' name='b'><SimpleField name='q' type='string'><displayName>{0}</displayName>"
            "</SimpleField></Schema>"
        ),
    ),
    "balloon": ("map_style", "<Style id='s'><BalloonStyle><text>{0}</text></BalloonStyle></Style>"),
    "icon": ("map_style", "<Style><IconStyle><Icon><href>{0}</href></Icon></IconStyle></Style>"),
    "style_map": ("map_style", "<StyleMap id='{0}'></StyleMap>"),
    "overlay": ("map_overlay", "<GroundOverlay><Icon><href>{0}</href></Icon></GroundOverlay>"),
    "screen": ("map_overlay", "<ScreenOverlay><description>{0}</description></ScreenOverlay>"),
    "data_of_the_document": (
        "map_heading",
        "<ExtendedData><Data name='ansvarig'><value>{0}</value></Data></ExtendedData>",
    ),
    "unknown": ("map_heading", "<okänt:del xmlns:okänt='urn:a'>{0}</okänt:del>"),
    "namespace": ("map_heading", "<Folder xmlns:q='urn:{0}'></Folder>"),
    "address_of_a_mark": (
        "map_contact",
        "<Placemark>" + MARK.replace("{0}", "<address>{0}</address>") + "</Placemark>",
    ),
    "style_of_a_mark": (
        "feature_member",
        "<Placemark>" + MARK.replace("{0}", "<styleUrl>{0}</styleUrl>") + "</Placemark>",
    ),
    "display_name": (
        "feature_member",
        "<Placemark><ExtendedData><Data name='q'><displayName>{0}</displayName><value>1</value>"
        "</Data></ExtendedData>" + MARK.replace("{0}", "") + "</Placemark>",
    ),
    "coordinates": (
        "feature_member",
        "<Placemark><name>Udde</name><Point><coordinates>15,56 {0}</coordinates></Point></Placemark>",
    ),
    "mark_in_an_empty_layer": (
        "feature_member",
        "<NetworkLink/><Folder><name>Mapp</name><Placemark><styleUrl>{0}</styleUrl></Placemark></Folder>",
    ),
}


def kml(folder: Path, inside: str, before: str = "") -> Path:
    file = folder / "karta.kml"
    file.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<kml'
        ' xmlns="http://www.opengis.net/kml/2.2" xmlns:a="http://www.w3.org/2005/Atom"'
        ' xmlns:x="urn:oasis:names:tc:ciq:xsdschema:xAL:2.0">'
        f"<Document>{inside}{PLACEMARKS}</Document></kml>",
        "utf-8",
    )
    return file


def _kml(name: str, place: str, inside: str) -> None:
    def build(folder: Path, text: str) -> Path:
        return kml(folder, inside.replace("{0}", text))

    build.__name__ = f"kml_{name}"
    stands(place)(build)


for _name, (_place, _inside) in KML.items():
    _kml(_name, _place, _inside)


@stands("xml_comment")
def kml_before_all(folder: Path, text: str) -> Path:
    return kml(folder, "", f"<!-- {text} -->")
