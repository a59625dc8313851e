"""Ids that rules once had: what was kept under one is known by what the rule is called now.

A renamed rule means what it meant; where its meaning changes, its version is raised instead. Who
renames a rule adds a line here, and leads the rule's earlier ids to the new one.
"""

from __future__ import annotations

RENAMED = {
    "artikel_dubbel": "articles_distinct",
    "artist_en_stavning": "artist_spelled_alike",
    "belopp_ore": "belopp_decimals",
    "belopp_rimligt": "belopp_possible",
    "datum_ett_ar": "datum_one_year",
    "en_leverantor_ett_namn": "leverantor_id_one_name",
    "from_en_stavning": "from_place_spelled_alike",
    "iso9999_en_kategori": "iso9999_one_category",
    "kommun_id_giltig": "kommun_id_valid",
    "kommun_id_utgivaren": "kommun_id_publishers",
    "kommunkod_ett_namn": "kommunkod_one_name",
    "kommunkod_giltig": "kommunkod_valid",
    "kommunkod_i_lanet": "kommunkod_in_county",
    "konteringsrader_lika": "accounting_lines_distinct",
    "konto_en_text": "konto_nr_one_text",
    "kopare_id_organisationsnummer": "kopare_id_form",
    "kredit_negativ": "credit_negative",
    "lekplats_street_filled": "playground_street_filled",
    "leverantor_en_stavning": "leverantor_spelled_alike",
    "leverantor_ett_nummer": "leverantor_one_number",
    "leverantor_id_organisationsnummer": "leverantor_id_form",
    "operator_en_stavning": "operator_spelled_alike",
    "plats_dubbel": "places_distinct",
    "plats_opening_hours_filled": "place_opening_hours_filled",
    "resor_dubbla": "journeys_distinct",
    "source_kalla": "source_known",
    "source_utgivaren": "source_publishers",
    "stop_ett_namn": "stop_id_one_name",
    "supplier_en_stavning": "supplier_spelled_alike",
    "supplier_ett_namn": "supplier_orgnr_one_name",
    "tackning_dubbel": "coverage_distinct",
    "technology_en_stavning": "technology_spelled_alike",
    "to_en_stavning": "to_place_spelled_alike",
    "toalett_wheelchair_filled": "toilet_wheelchair_filled",
    "vardcentral_opening_hours_filled": "health_centre_opening_hours_filled",
    "vardcentral_phone_filled": "health_centre_phone_filled",
    "verk_dubbelt": "artworks_distinct",
}


def now(id: str) -> str:
    """What the rule of this id is called now; the id itself where it was never another."""
    return RENAMED.get(id, id)
