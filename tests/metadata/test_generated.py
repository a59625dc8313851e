"""The shapes are what the properties make, and hold every field of the profile."""

from __future__ import annotations

from rdflib import RDF, SH, Graph

from helpers.filling_in.inventory import columns
from helpers.metadata import properties, vocabularies
from helpers.metadata.faults import registry
from helpers.metadata.shapes import european, making
from helpers.words import messages


def committed() -> Graph:
    return Graph().parse(data=making.FILE.text(), format="turtle")


def test_the_committed_shapes_are_made_of_the_committed_properties():
    assert making.turtle() == making.FILE.text()
    assert len(committed()) == len(making.graph())


def test_every_field_has_a_shape_with_its_path():
    shapes = committed()
    asked = {
        making.parts(str(shape))[:2]: str(shapes.value(shape, SH.path))
        for shape in shapes.subjects(RDF.type, SH.PropertyShape)
    }
    for field in properties.fields():
        plain = {form.kind for form in field.forms} <= {"iri", "node"} and field.most is None
        assert asked.get((field.of, field.predicate), field.iri) == field.iri
        assert plain or (field.of, field.predicate) in asked


def test_cardinalities_are_those_of_the_form():
    shapes = committed()
    for field in properties.fields():
        name = f"{field.of}/{field.predicate}"
        least = shapes.value(making.SHAPE[f"{name}/missing"], SH.minCount)
        most = shapes.value(making.SHAPE[f"{name}/too_many"], SH.maxCount)
        assert (least is not None) == field.mandatory
        assert least is None or int(least) == field.least
        if field.predicate != "rdf:type":  # a node may have other types as well
            assert (None if most is None else int(most)) == field.most


def test_labels_are_in_both_languages_and_choices_are_addresses_or_media_types():
    for field in properties.fields():
        assert set(field.label) == {"sv", "en"}
    for known in properties.descriptions().values():
        assert set(known.label) == {"sv", "en"}
    assert properties.label("dcat:Distribution", "dcat:accessURL", "sv") == "Webbadress för åtkomst"
    assert properties.label("dcat:Dataset", "dcterms:conformsTo", "sv") == "Uppfyller"
    themes = properties.field("dcat:Dataset", "dcat:theme").choices()
    assert len(themes) == 13
    assert len(properties.field("dcat:Dataset", "dcatap:hvdCategory").choices()) == 96


def test_where_the_facts_are_from_is_named():
    source = properties.source()
    assert source["version"] == "3.0.1"
    assert len(source["commit"]) == 40
    assert source["commit"] in making.FILE.text()
    assert "creativecommons.org/licenses/by/4.0" in european.FILE.text()[:500]


def test_the_european_shapes_are_read_without_what_no_file_can_answer():
    shapes = european.shapes()
    assert (None, SH["class"], None) not in shapes
    for _, _, constraint in shapes.triples((None, SH.property, None)):
        assert len(list(shapes.objects(constraint, SH.path))) == 1
    assert len(list(shapes.subjects(SH.targetClass, None))) > 20


def test_every_kind_that_a_shape_can_tell_has_words():
    kinds = {
        making.parts(str(shape))[2]
        for shape in committed().subjects(RDF.type, None)
        if str(shape).startswith(str(making.SHAPE))
    } - {""}
    for language in messages.LANGUAGES:
        for kind in kinds:
            assert messages.text(f"metadata.kind.{kind}", language, field="X")
            assert messages.text(f"metadata.todo.{kind}", language, types="X")
    for described in properties.descriptions():
        assert messages.text(f"metadata.class.{described.replace(':', '_')}", "sv")


def test_every_fault_has_words_and_no_words_are_of_none():
    for language in messages.LANGUAGES:
        told = {
            tuple(key.split(".")[2:])
            for key in messages.part(language, "metadata")
            if key.startswith("metadata.fault.")
        }
        assert told == {
            (name, part) for name in registry.all_faults() for part in ("name", "why", "fix")
        }


def test_the_words_that_are_known_without_reading_the_form_are_its_own():
    """Scoring and the inventory know them without the form, which takes longer to read."""
    themes, frequencies = (
        {value.rpartition("/")[2] for value in properties.vocabulary(name)}
        for name in ("dcat:theme", "dcat:dcterms:accrualPeriodicity_da")
    )
    assert (set(vocabularies.THEMES), set(vocabularies.FREQUENCIES)) == (themes, frequencies)
    assert set(columns.FREQUENCIES) <= frequencies
