"""Forty ways to spoil a right catalogue, each with the name it is to be told by.

``name: (old, new, told)``: a piece of its text and what stands there instead. What is told is a
fault's name, or class, field and kind of the profile.
"""

from __future__ import annotations

CC0 = "<http://creativecommons.org/publicdomain/zero/1.0/> ."
KEYWORDS = 'dcat:keyword "badplats"@sv, "strand"@sv ;'
SET_TITLE = 'dcterms:title "Badplatser"@sv, "Bathing places"@en ;'
LAW = (
    "dcatap:applicableLegislation <http://data.europa.eu/eli/reg_impl/2023/138/oj> ;\n  dcat:theme"
)
EU = "http://publications.europa.eu/resource/authority/"
EMAIL = "<mailto:oppnadata@exempel.se>"
ACCESS = "dcat:accessURL <https://exempel.se/filer/badplatser.csv>"
NODE = "<https://exempel.se/katalog/badplatser>"
AGENT_TYPE = "dcterms:type <http://purl.org/adms/publishertype/LocalAuthority> ."

PLANTED = {
    # the ten commonest
    "keyword without language": ('"strand"@sv', '"strand"', "keyword_without_language"),
    "no contact": (
        "dcat:contactPoint <https://exempel.se/katalog/kontakt> ;",
        "",
        "dataset_without_contact",
    ),
    "unknown theme": (
        f"<{EU}data-theme/ENVI>",
        "<http://eurovoc.europa.eu/100155>",
        "theme_from_elsewhere",
    ),
    "no access rights": (
        f"dcterms:accessRights <{EU}access-right/PUBLIC> ;",
        "",
        "dataset_without_access_rights",
    ),
    "no specification": (
        "dcterms:conformsTo <https://exempel.se/spec/badplatser> ;",
        "",
        "dataset_without_specification",
    ),
    "date without type": (
        '"2026-11-01T08:00:00Z"^^xsd:dateTime',
        '"2026-11-01"',
        "date_in_the_wrong_type",
    ),
    "date that holds a time": (
        '"2026-11-01T08:00:00Z"^^xsd:dateTime',
        '"2026-11-01T08:00:00Z"^^xsd:date',
        "date_in_the_wrong_type",
    ),
    "date that does not exist": (
        '"2026-11-01"^^xsd:date',
        '"2026-02-30"^^xsd:date',
        "date_in_the_wrong_type",
    ),
    "no licence": (
        f";\n  dcterms:license {CC0}\n\n<http",
        ".\n\n<http",
        "distribution_without_licence",
    ),
    "licence with https": (CC0, CC0.replace("http:", "https:"), "licence_in_another_form"),
    "licence without slash": (CC0, CC0.replace("1.0/>", "1.0>"), "licence_in_another_form"),
    "licence with deed": (CC0, CC0.replace("1.0/>", "1.0/deed.sv>"), "licence_in_another_form"),
    "publisher by https": (
        "http://dataportal.se/organisation",
        "https://dataportal.se/organisation",
        "publisher_by_another_address",
    ),
    "publisher elsewhere": (
        "http://dataportal.se/organisation/SE2120000829",
        "https://exempel.se/kommun",
        "publisher_by_another_address",
    ),
    "publisher without type": (f";\n  {AGENT_TYPE}", ".", "publisher_without_type"),
    "language with country": ('"Öppna data"@sv', '"Öppna data"@sv-SE', "language_tag_unknown"),
    "language that is none": ('"Öppna data"@sv', '"Öppna data"@em', "language_tag_unknown"),
    "English said to be Swedish": (
        '"Kommunens badplatser med läge och service."@sv',
        '"The bathing places of the municipality with their location and service."@sv',
        "text_in_another_language",
    ),
    "two access addresses": (
        ACCESS,
        f"{ACCESS}, <https://exempel.se/filer/badplatser.json>",
        "several_access_addresses",
    ),
    "distribution without title": (
        'dcterms:title "CSV-fil"@sv ;',
        "",
        "distribution_without_title",
    ),
    # other faults
    "keywords in one": (
        '"badplats"@sv, "strand"@sv',
        '"badplats, strand"@sv',
        "several_keywords_in_one",
    ),
    "title without language": ('"Öppna data"@sv', '"Öppna data"', "text_without_language"),
    "older frequency": (
        f"<{EU}frequency/ANNUAL>",
        "<http://purl.org/cld/freq/annual>",
        "older_value",
    ),
    "older availability": (
        f"<{EU}planned-availability/STABLE>",
        "<http://data.europa.eu/r5r/availability/stable>",
        "older_value",
    ),
    "older status": (
        f"<{EU}distribution-status/COMPLETED>",
        "<http://purl.org/adms/status/Completed>",
        "older_value",
    ),
    "theme by https": (
        f"<{EU}data-theme/ENVI>",
        f"<{EU.replace('http:', 'https:')}data-theme/ENVI>",
        "choice_in_another_form",
    ),
    "format in words": ('"text/csv"', '"CSV"', "format_without_media_type"),
    "blank contact": ("<https://exempel.se/katalog/kontakt>", "_:kontakt", "blank_node"),
    "blank distribution": ("<https://exempel.se/katalog/badplatser/csv>", "_:csv", "blank_node"),
    "blank dataset": (NODE, "_:badplatser", "blank_node"),
    "blank publisher": ("<http://dataportal.se/organisation/SE2120000829>", "_:vi", "blank_node"),
    "relative address": (NODE, "<badplatser>", "relative_address"),
    "blank in an address": (
        "<https://exempel.se/filer/badplatser.csv>",
        "<https://exempel.se/filer/bad\\u0020platser.csv>",
        "malformed_address",
    ),
    "text for an address": (
        "foaf:homepage <https://exempel.se/>",
        'foaf:homepage "https://exempel.se/"',
        "text_for_an_address",
    ),
    "mail as text": (EMAIL, '"oppnadata@exempel.se"', "text_for_an_address"),
    "mail without mailto": (EMAIL, "<oppnadata@exempel.se>", "mail_without_mailto"),
    "contact of another vocabulary": (
        "dcat:contactPoint <https://exempel.se/katalog/kontakt>",
        "adms:contactPoint <https://exempel.se/katalog/kontakt>",
        "field_by_another_name",
    ),
    "contact that is the publisher": (
        "dcat:contactPoint <https://exempel.se/katalog/kontakt>",
        "dcat:contactPoint <http://dataportal.se/organisation/SE2120000829>",
        "contact_is_publisher",
    ),
    # by the profile's shapes alone
    "no title": (SET_TITLE, "", "dcat:Dataset/dcterms:title/missing"),
    "no description": (
        'dcterms:description "Kommunens badplatser med läge och service."@sv ;',
        "",
        "dcat:Dataset/dcterms:description/missing",
    ),
    "two titles in Swedish": (
        SET_TITLE,
        'dcterms:title "Badplatser"@sv, "Bad"@sv ;',
        "dcat:Dataset/dcterms:title/same_language",
    ),
    "no publisher": (
        "dcterms:publisher <http://dataportal.se/organisation/SE2120000829> ;\n  dcat:contactPoint",
        "dcat:contactPoint",
        "dcat:Dataset/dcterms:publisher/missing",
    ),
    "catalogue without licence": (
        "dcterms:license <http://creativecommons.org/publicdomain/zero/1.0/> ;\n  dcterms:issued",
        "dcterms:issued",
        "dcat:Catalog/dcterms:license/missing",
    ),
    "distribution without format": (
        'dcterms:format "text/csv" ;',
        "",
        "dcat:Distribution/dcterms:format/missing",
    ),
    "two formats": (
        '"text/csv"',
        '"text/csv", "text/html"',
        "dcat:Distribution/dcterms:format/too_many",
    ),
    "no access address": (f"{ACCESS} ;", "", "dcat:Distribution/dcat:accessURL/missing"),
    "access by ftp": (
        "<https://exempel.se/filer/badplatser.csv>",
        "<ftp://exempel.se/badplatser.csv>",
        "dcat:Distribution/dcat:accessURL/address",
    ),
    "two modified": (
        'dcterms:modified "2026-11-01"^^xsd:date',
        'dcterms:modified "2026-11-01"^^xsd:date, "2026-11-02"^^xsd:date',
        "dcat:Catalog/dcterms:modified/too_many",
    ),
    "size in words": (
        '"1200"^^xsd:nonNegativeInteger',
        '"1,2 kB"',
        "dcat:Distribution/dcat:byteSize/datatype",
    ),
    "high value without category": (
        "dcat:theme <",
        f"{LAW} <",
        "dcat:Dataset/dcatap:hvdCategory/missing_as",
    ),
    "dataset not described": (
        f"dcat:dataset {NODE}",
        f"dcat:dataset {NODE}, <https://exempel.se/katalog/borta>",
        "dcat:Catalog/dcat:dataset/not_described",
    ),
    "contact without name": ('vcard:fn "Öppna data" ;', "", "vcard:Kind/vcard:fn/missing"),
    "contact without mail": (f"vcard:hasEmail {EMAIL} ;", "", "vcard:Kind/vcard:hasEmail/missing"),
    "contact of no kind": (
        "a vcard:Organization ;",
        "a vcard:Kind ;",
        "vcard:Kind/rdf:type/choice",
    ),
    "telephone without tel": (
        "<tel:+46455303000>",
        "<https://exempel.se/46455303000>",
        "vcard:Voice/vcard:hasValue/tel",
    ),
    "publisher without name": (
        'foaf:name "Karlskrona kommun"@sv ;',
        "",
        "foaf:Agent/foaf:name/missing",
    ),
    "publisher of two types": (
        AGENT_TYPE,
        AGENT_TYPE.replace(" .", ", <http://purl.org/adms/publishertype/Company> ."),
        "foaf:Agent/dcterms:type/too_many",
    ),
    "unknown access right": (
        "access-right/PUBLIC",
        "access-right/OPEN",
        "dcat:Dataset/dcterms:accessRights/choice",
    ),
    "title that points": (
        'dcterms:title "CSV-fil"@sv',
        "dcterms:title <https://exempel.se/titel>",
        "dcat:Distribution/dcterms:title/not_a_text",
    ),
    "period without dates in words": (
        '"2024-01-01"^^xsd:date ]',
        '"sommaren 2024" ]',
        "date_in_the_wrong_type",
    ),
}
