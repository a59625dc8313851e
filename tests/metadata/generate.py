"""Writes what we have of DCAT-AP-SE: ``python -m tests.metadata.generate BUNDLE.json``.

``properties.json`` holds facts of the profile's own templates (RDForms): classes, properties,
cardinalities, kinds of nodes, data types, choices and labels; no description, no help text.
``shapes.ttl`` is made of it. Both stand in ``data/reference/dcat_ap_se/``.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from helpers.metadata import properties
from helpers.metadata.shapes import making

SOURCE = {
    "repository": "https://github.com/diggsweden/DCAT-AP-SE",
    "file": "bundle.json",
    "version": "3.0.1",
    "commit": "6b5124b8cb480a62b834f19abffa3de41b09dfb5",
    "publisher": "Digg, Myndigheten för digital förvaltning",
    "licence": "https://creativecommons.org/licenses/by/4.0/",
    "taken": "classes, properties, cardinalities, kinds of nodes, data types, choices and labels",
}
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
# The templates that stand on their own; what they hold inside is found from them.
ROOTS = {
    "dcat:Catalog": "dcat:Catalog",
    "dcat:Dataset": "dcat:Dataset",
    "dcat:DatasetSeries": "dcat:DatasetSeries",
    "dcat:Distribution": "dcat:Distribution",
    "dcat:DataService": "dcat:DataService",
    "foaf:Agent": "dcat:foaf:Agent",
    "vcard:Kind": "dcat:contactPoint",
}
KINDS = {
    "LANGUAGE_LITERAL": "language",
    "DATATYPE_LITERAL": "datatype",
    "LITERAL": "literal",
    "ONLY_LITERAL": "literal",
    "PLAIN_LITERAL": "literal",
    "URI": "iri",
    "RESOURCE": "node",
}


def _curies(found: Any) -> list[str]:
    """One or several names of the bundle, each as we write it."""
    names = found if isinstance(found, list) else [found] if found else []
    return [properties.curie(properties.iri(name)) for name in names]


def _label(template: dict[str, Any]) -> dict[str, str]:
    label = template.get("label") or {}
    return {language: label[language] for language in ("sv", "en") if label.get(language)}


class Bundle:
    """The templates by id, each with what it extends."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.by_id = {template["id"]: template for template in document["templates"]}
        self.vocabularies: dict[str, dict[str, dict[str, str]]] = {}
        self.classes: dict[str, dict[str, Any]] = {}

    def template(self, item: Any) -> dict[str, Any]:
        own = self.by_id[item] if isinstance(item, str) else item
        if "extends" in own:
            return self.template(own["extends"]) | own
        return dict(own)

    def vocabulary(self, template: dict[str, Any]) -> str | None:
        """The name of the choices; those of two templates that are the same stand once."""
        choices = {c["value"]: _label(c) for c in template.get("choices", [])}
        if not choices:
            return None
        for name, known in self.vocabularies.items():
            if known == choices:
                return name
        name = template.get("extends") or template.get("id") or template["property"]
        self.vocabularies[name] = choices
        return str(name)

    def form(self, template: dict[str, Any]) -> dict[str, Any]:
        types = _curies(
            template.get("constraints", {}).get(TYPE)
            or (template.get("constraints", {}).get("rdf:type"))
        )
        made: dict[str, Any] = {
            "label": _label(template),
            "kind": KINDS.get(template.get("nodetype", ""), "node"),
            "types": types,
            "choices": self.vocabulary(template),
            "pattern": template.get("pattern"),
            "scheme": (template.get("valueTemplate") or "").partition("$")[0] or None,
            "datatypes": _curies(template.get("datatype")),
            "deprecated": "deprecated" in template.get("styles", []),
            "described": None,
        }
        if template["type"] == "group":
            made["described"] = types[0]
            self.describe(types[0], template)
        return {name: value for name, value in made.items() if value}

    def describe(self, name: str, template: dict[str, Any]) -> None:
        """The class with its fields, in the order of the form."""
        if name in self.classes:
            return
        made: dict[str, Any] = {}
        self.classes[name] = made
        made["label"] = _label(template)
        made["types"] = _curies(template.get("constraints", {}).get(TYPE)) or [name]
        fields: dict[str, dict[str, Any]] = {}
        for item in template["items"]:
            self.enter(fields, self.template(item))
        made["fields"] = list(fields.values())

    def enter(self, fields: dict[str, dict[str, Any]], template: dict[str, Any]) -> None:
        """One item of a form: several of the same property are one field filled in several ways."""
        if "property" not in template:  # a group of ways, one field of the form
            ways = [self.template(item) for item in template["items"]]
        else:
            ways = [template]
        counts = template.get("cardinality", {})
        property_ = _curies(ways[0]["property"])[0]
        field = fields.setdefault(
            property_,
            {"property": property_, "label": {}, "min": 0, "max": None, "forms": []},
        )
        forms = [self.form(way) for way in ways]
        if not all(form.get("deprecated") for form in forms):
            field["label"] = field["label"] or _label(template)
            field["min"] = max(field["min"], counts.get("min", 0))
            field["max"] = counts.get("max", field["max"])
            if counts.get("pref", 0) > 0:
                field["recommended"] = True
        if template.get("deps"):
            field["only_if"] = [_curies(template["deps"][0])[0], template["deps"][1]]
        field["forms"] += forms
        field["label"] = field["label"] or _label(template)


def profile(bundle: Path) -> dict[str, Any]:
    """The facts of a bundle. Raises ``KeyError`` where it is not built as 3.0.1 is."""
    content = bundle.read_bytes()
    read = Bundle(json.loads(content))
    for name, id in ROOTS.items():
        read.describe(name, read.template(id))
    return {
        "source": SOURCE | {"sha256": hashlib.sha256(content).hexdigest()},
        "classes": read.classes,
        "vocabularies": read.vocabularies,
    }


def as_text(facts: dict[str, Any]) -> str:
    """As it is committed."""
    return json.dumps(facts, ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    """Write both files."""
    if len(sys.argv) > 1:
        facts = as_text(profile(Path(sys.argv[1])))
        properties.FILE.path.write_text(facts, "utf-8", newline="\n")
    making.FILE.path.write_text(making.turtle(), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
