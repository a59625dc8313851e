"""A table in another layout becomes one in the national form: what each cell becomes, that none is
lost on the way, and that ``check`` finds nothing but what was told."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from helpers import reading
from helpers.declared import mapping, specifications
from helpers.filling_in.converting import cells, writing
from helpers.filling_in.converting.conversion import ColumnOutcome
from helpers.filling_in.converting.writing import ConversionRequest, Converted
from helpers.reading import databases
from helpers.reading.snapshot import Column
from helpers.reporting import converted as words
from helpers.running import single
from helpers.running.commands import app
from helpers.screening.marks import Mark, Screening

from .making import opened, read, written

BATHING_DRAFT = (
    "place_id,name,latitude,longitude,description,address,postalcode,city,facilities,wc,shower,"
    "changing_room,lifeguard,lifebuoy,trash,firstaid,grilling_area,bathing_jetty,bathing_ladder,"
    "diving_tower,td_url,accessibility,wheelchair,public_transit,public_transit_distance,"
    "cycle_track,parking,parking_cost,water,beach_sand,beach_stone,beach_rock,beach_concrete,"
    "beach_grass,pet_bath,camping,temp_url,extra_url,visit_url,owner,phone,email"
)
CONVERTER = (
    "kopare,kopare_text,faktura_nr,leverantor,leverantor_id,forvaltning,konto_nr,konto_text,belopp,"
    "datum,verksamhet_kod,verksamhet_text,ansvar_kod,ansvar_text,projekt_kod,projekt_text"
)
WIDE = (
    "Årtal;Bas;Aggregerat på;Område;Lännamn;Kommunnamn;Antal hushåll;Tillgång via xDSL;"
    "Tillgång via VDSL;Tillgång via fiber eller fiber-lan;I närhet av fiber;Tillgång via kabel-tv;"
    "Tillgång via fast radio;Tillgång via LTE (ej 450 MHz);Tillgång via NR (5G);"
    "Tillgång via trådbunden accessteknik;Total tillgång"
)
STOPS = (
    "stop_id,hpl_id,stop_name,platform_code,parent_station,genomsnitt_veckodag_avgangar,"
    "antal_lordag_avgangar,antal_sondag_avgangar,genomsnitt_dagliga_avgangar,linjer,linjetyper,"
    "detaljtyp,adat,lankod,kommunkod,kommunnamn,rad_id,stop_lat,stop_lon"
)


def mapped(header: str, type: str, variant: str) -> mapping.Mapping:
    columns = header.split(";" if ";" in header else ",")
    return mapping.mapped(columns, specifications.load(type, variant))


def sources(names: mapping.Mapping) -> dict[str, str]:
    return {target.field.header: target.source for target in names.targets if target.source}


def test_the_older_versions_words_are_its_own():
    """In version 1.0 ``kopare`` is a number and ``faktura_nr`` the voucher; 1.1 has neither."""
    names = mapped(CONVERTER, "leverantorsfakturor", "1.1")
    found = sources(names)
    assert found["kopare_id"] == "kopare" and found["kopare"] == "kopare_text"
    assert found["verifikationsnummer"] == "faktura_nr" and "fakturanummer" not in found
    assert names.others["ansvar_kod"] == "ansvar_kod" and names.others["ansvar_text"] is None
    assert names.followed is not None and names.followed.form.name == "okfse"


def test_each_column_is_in_the_target_or_kept_aside():
    names = mapped(BATHING_DRAFT, "platsinformation", "badplats")
    found = sources(names)
    assert (found["toilet"], found["fireplace"]) == ("wc", "grilling_area")
    assert list(names.others) == [
        "public_transit",
        "public_transit_distance",
        "cycle_track",
        "parking",
        "parking_cost",
        "owner",
    ]
    assert {*found.values(), *names.others} == {*BATHING_DRAFT.split(",")}
    assert [target.field.header for target in names.targets] == [
        one.header
        for one in specifications.load("platsinformation", "badplats").fields
        if not one.extra
    ]


def test_columns_that_are_rows_are_spread():
    names = mapped(WIDE, "bredband", "tackning")
    assert names.spread["Tillgång via NR (5G)"] == "5G" and len(names.spread) == 6
    assert not {*names.spread} & {*names.others} and "Tillgång via VDSL" in names.others


def test_a_type_of_versions_has_a_newest_and_one_of_kinds_none():
    newest = {type: mapping.newest(type) for type in specifications.types()}
    assert {type: name for type, name in newest.items() if name} == {"leverantorsfakturor": "1.1"}


# --- cells


def put(cell: cells.Cell, texts: list[str], values: list[Any], type: str) -> list[str | None]:
    """What is written for cells of a column that reading has given these values."""
    with databases.connect() as con:
        con.execute(f"create table source (t0 varchar, v0 {type})")
        con.executemany("insert into source values (?, ?)", list(zip(texts, values, strict=True)))
        written = cell.written.replace(cells.SAID, "said")
        found = con.execute(f"select {written} from (select *, {cell.said} as said from source)")
        return [row[0] for row in found.fetchall()]


def test_a_number_keeps_its_digits_and_an_uncertain_one_is_none():
    texts = ["1 250,50", "12.50", "-3", "45 %", "1,2E+11", "NA", "x", "1,234"]
    values = [1250.5, 12.5, -3.0, 45.0, 1.2e11, None, None, 1.234]
    column = Column(0, "belopp", "decimal")
    sure = cells.number(column, whole=False)
    assert put(sure, texts, values, "double")[:7] == [
        *("1250.50", "12.50", "-3", "45"),
        *(None, None, None),
    ]
    assert put(sure, texts, values, "double")[7] == "1.234"
    doubtful = cells.number(column, whole=False, doubtful=True)
    assert put(doubtful, texts, values, "double")[6:] == [None, None]
    whole = put(cells.number(column, whole=True), ["2,0", "2,5", "007"], [2.0, 2.5, 7.0], "double")
    assert whole == ["2", None, "007"]
    mixed = put(cells.number(Column(0, "n"), whole=False), ["0,8", "1,234", "7"], [None] * 3, "int")
    assert mixed == ["0.8", None, "7"]


def test_a_month_is_no_day():
    field = specifications.load("platsinformation").field("updated")
    column, day = Column(0, "updated", "date"), dt.date(2024, 5, 1)
    assert put(cells.cell(column, field), ["20240501"], [day], "date") == ["2024-05-01"]
    told = cells.cell(column, field, {"dates_month"})
    assert put(told, ["202405"], [day], "date") == [None]


GYMS = """\
kommunkod;id;namn;lat;long;uppdaterad;belysning;skylt;balansbom;armgång;Hemligt
183;g-1;Ett;56,1612;15,5869;2024-05-01;Ja;1;true;Y;a
0183;g-2;Två;56,1712;15,5969;2024-05-02;nej;0;FALSE;N;b
9183;g-3;Tre;56,1812;15,6069;2024;Begränsat;0;ja;K;c
212000-0829;g-4;Fyra ;56,19;15,61;-;TRUE;2;okänt;y;d
"""


@pytest.fixture(scope="module")
def gyms(tmp_path_factory: pytest.TempPathFactory) -> reading.Snapshot:
    return read(tmp_path_factory.mktemp("gyms"), GYMS)


def test_a_form_is_changed_and_nothing_is_guessed(gyms: reading.Snapshot):
    with opened(gyms, "platsinformation", "utegym") as conversion:
        put_in, done = written(conversion), {one.target: one for one in conversion.columns()}
    assert {name: column for name, column in put_in.items() if any(column)} == {
        "source": ["0183", "0183", None, "212000-0829"],
        "id": ["g-1", "g-2", "g-3", "g-4"],
        "name": ["Ett", "Två", "Tre", "Fyra"],
        "latitude": ["56.1612", "56.1712", "56.1812", "56.19"],
        "longitude": ["15.5869", "15.5969", "15.6069", "15.61"],
        "updated": ["2024-05-01", "2024-05-02", None, None],
        "lighting": ["true", "false", None, "true"],
        "sign": ["true", "false", "false", None],
        "balance_beam": ["true", "false", "true", None],
        "horizontal_ladder": ["true", "false", None, "true"],
    }
    told = {
        name: (one.changed, one.emptied, one.undecided, one.rows)
        for name, one in done.items()
        if one.cells
    }
    assert told == {
        "source": (1, 0, 1, [4]),
        "id": (0, 0, 0, []),
        "name": (1, 0, 0, []),
        "latitude": (4, 0, 0, []),
        "longitude": (4, 0, 0, []),
        "updated": (0, 1, 1, [4]),
        "lighting": (3, 0, 1, [4]),
        "sign": (3, 0, 1, [5]),
        "balance_beam": (2, 1, 0, []),
        "horizontal_ladder": (3, 1, 0, []),
    }
    assert done["email"] == ColumnOutcome("email", required=True) and not done["city"].required


def test_a_column_that_stops_publication_is_written_only_when_asked_for(gyms: reading.Snapshot):
    mark = Mark(gyms.main.name, "namn", "personnummer", "certain", 1, [2], "stopp")
    told = Mark(gyms.main.name, "id", "person_name", "certain", 1, [2], "told")
    stopped = writing.stopping(Screening([mark, told]), gyms.main.name)
    assert stopped == {"namn": ("personnummer",)}
    with opened(gyms, "platsinformation", "utegym", **stopped) as conversion:
        put_in, done = written(conversion), {one.target: one for one in conversion.columns()}
    assert not any(put_in["name"]) and all(put_in["id"])
    assert done["name"].withheld == ("personnummer",) and done["name"].cells == 4


def test_a_month_is_made_of_its_year_and_its_number(tmp_path: Path):
    rows = "T;2023;1;5\nT;2023;02;6\nT;2023;13;7\nT;;4;8\nT;2023;mars;9\n"
    text = f"Hållplats;År;Månad;Påstigande\n{rows}"
    with opened(read(tmp_path, text), "rorelsedata", "pastigande") as conversion:
        put_in, done = written(conversion), {one.target: one for one in conversion.columns()}
        assert conversion.others() == []
    assert put_in["month"] == ["2023-01", "2023-02", None, None, None]
    assert (done["month"].sources, done["month"].rows) == (("År", "Månad"), [4, 5, 6])


SWEREF = "id;namn;N;E\n1;Ett;6228500;536900\n2;Två;6229500;537900\n3;Tre;;\n"
PAIR = "id;namn;geo_point_2d\n1;Ett;56.1612, 15.5869\n2;Två;56.1712, 15.5969\n3;Tre;\n"
AREA = (
    "id;namn;geom\n1;Ett;POLYGON((15.58 56.16, 15.6 56.16, 15.6 56.18, 15.58 56.18, 15.58 56.16))\n"
    "2;Två;POINT(15.5969 56.1712)\n3;Tre;\n"
)
PLACES = {
    "SWEREF 99 TM": (SWEREF, [("56.200013", "15.5947306"), ("56.2089186", "15.6109897")], []),
    "a pair in one cell": (PAIR, [("56.1612", "15.5869"), ("56.1712", "15.5969")], []),
    "a shape": (AREA, [("56.17", "15.59"), ("56.1712", "15.5969")], ["geom"]),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", PLACES)
def test_a_position_is_in_degrees_whatever_it_was(name: str, tmp_path: Path):
    text, expected, aside = PLACES[name]
    with opened(read(tmp_path, text), "platsinformation", "lekplats") as conversion:
        put_in, done = written(conversion), {one.target: one for one in conversion.columns()}
        assert conversion.aside == aside, "an area is more than its point"
    pairs = list(zip(put_in["latitude"], put_in["longitude"], strict=True))
    assert pairs == [*expected, (None, None)]
    assert (done["latitude"].cells, done["latitude"].undecided) == (2, 0)


COVERAGE = f"""{WIDE}
2023;hushåll;Kommun;Tätort;Blekinge län;Karlskrona;32 100;0,25;0,1;0,9;0,95;0,3;0;1;0,8;0,97;1
2023;hushåll;Kommun;total;Blekinge län;Ronneby;14 100;0,2;0,1;0,85;0,95;;0;1;få;0,97;1
2023;hushåll;Kommun;Tätort;Blekinge län;Olofström;6 100;;0,1;;;;;;;0,97;1
"""


@pytest.mark.slow
def test_a_wide_table_becomes_long_and_a_row_without_values_is_told(tmp_path: Path):
    with opened(read(tmp_path, COVERAGE), "bredband", "tackning") as conversion:
        put_in, columns = written(conversion), conversion.columns()
        left = conversion.rows(f"not {conversion.where}")
        aside = [(column.name, reason) for column, _, reason, _ in conversion.unwritten()]
    of_ronneby = [i for i, name in enumerate(put_in["kommun"]) if name == "Ronneby"]
    assert [put_in["technology"][i] for i in of_ronneby] == ["xDSL", "fiber", "radio", "4G"]
    assert [put_in["coverage_share"][i] for i in of_ronneby] == ["0.2", "0.85", "0", "1"]
    assert {put_in["households"][i] for i in of_ronneby} == {"14100"}
    assert {*put_in["settlement"]} == {"alla", "tatort"}, "total is the layout's word for all"
    assert "kommunkod" not in put_in, "the name is enough, and an empty column would be a fault"
    assert len(put_in["kommun"]) == 6 + 4 and left == [4]
    spread = [one for one in columns if one.target == "coverage_share"]
    assert [(one.cells, one.undecided, one.rows) for one in spread][-1] == (2, 1, [3])
    assert ("Kommunnamn", "left_out") in aside


# --- back through check


def converted(source: Path, output: Path, type: str, variant: str | None) -> Converted:
    with single.opened(source, type=type) as one:
        return one.convert(type, variant, ConversionRequest(output))


def faults(output: Path) -> tuple[set[str], dict[str, Any]]:
    """The rules that fail in a file, and what is said of its specification."""
    checked, code = single.check_file(output)
    assert code == 0, checked
    failed = {one["id"] for one in checked["findings"] if one["outcome"] == "failed"}
    return failed, checked["specification"]


def draft() -> str:
    """Bathing places in the older draft, as one municipality has them: Y, N and K."""
    answers = dict.fromkeys(("wc", "shower", "bathing_jetty", "beach_sand", "pet_bath"), "Y")
    rows = []
    for i, more in enumerate(({"shower": "N"}, {"wc": "K"}, {"camping": "kanske"})):
        row = dict.fromkeys(BATHING_DRAFT.split(","), "") | answers
        row |= {
            "place_id": f"b-{i}",
            "name": f"Badet {'abc'[i]}",
            "parking": "Y",
            "owner": "Bad AB",
        }
        row |= {"latitude": f"56,1{i}12", "longitude": f"15,5{i}69", "city": "Karlskrona"}
        rows.append({**row, **more})
    stream = io.StringIO()
    out = csv.DictWriter(stream, BATHING_DRAFT.split(","), delimiter=";")
    out.writeheader()
    out.writerows(rows)
    return stream.getvalue()


def invoices() -> str:
    rows = [
        f"2120000829,Karlskrona kommun,F-{i},Påhittat Bygg AB,5569224644,Tekniska,60{i}0,"
        f'Hyra {i},"{i + 1} 250,5{i}",2024-0{i + 1}-15,1,Skola,2,Ansvar,3,Projekt'
        for i in range(6)
    ]
    return "\n".join([CONVERTER, *rows, ""])


def stops() -> str:
    rows = [
        f"902202000{i}001{i}01,{i},Torget {i},A,,3,2,1,{i + 2},1 2,buss,hpl,2024,20,2080,Falun,{i},"
        f"60.6{i}12,15.6{i}34"
        for i in range(1, 6)
    ]
    return "\n".join([STOPS, *rows, ""])


def nutskod() -> str:
    """Bathing places in the layout before hov_ref, otherwise as the draft's."""
    rows = list(csv.DictReader(io.StringIO(draft()), delimiter=";"))
    form = next(
        form
        for form in specifications.load("platsinformation", "badplats").forms
        if form.name == "nutskod"
    )
    stream = io.StringIO()
    out = csv.DictWriter(stream, [*form.columns], delimiter=",", extrasaction="ignore", restval="")
    out.writeheader()
    out.writerows([row | {"nutskod": f"SE0441080{i:09}"} for i, row in enumerate(rows)])
    return stream.getvalue()


def passengers() -> str:
    rows = [
        f"{stop},{year},{month},{stop}{stop},{stop * 31 + month},{stop * 29 + month}"
        for stop in range(1, 6)
        for year in (2023, 2024)
        for month in range(1, 13)
    ]
    return "\n".join(["hpl_id,Year,Month,StopPositionId,Boardings,Alightings", *rows, ""])


def inspected() -> str:
    rows = [
        f"{n},2024-{n},Kafé {n},Storgatan {n},2024-0{n}-1{n},{'Ja' if n % 2 else 'Nej'},{n % 3}"
        for n in range(1, 8)
    ]
    return "\n".join(["inspid,dnr,namn,besadr,hdatum,anmald,bedomning", *rows, ""])


class Case:
    """``source``: its text, or a real file; what is found in the output that is not its form."""

    def __init__(self, source: str, type: str, variant: str | None, *found: str) -> None:
        self.source, self.type, self.variant, self.found = source, type, variant, set(found)


ADDRESS = ("postal_code", "locality", "region", "country")
CASES = {
    "the older draft of bathing places": Case(draft(), "platsinformation", "badplats"),
    "the regional form of outdoor gyms": Case(
        "places/outdoor_gyms_odis_salem.csv", "platsinformation", "utegym"
    ),
    "invoices of 1.0": Case(invoices(), "leverantorsfakturor", "1.1"),
    "stops of a region": Case(stops(), "rorelsedata", "hallplatser"),
    "stops without names": Case(  # told as mandatory and not in the source
        "mobility/uppsala_stops_2020-05-14.csv",
        "rorelsedata",
        "hallplatser",
        *("stop_id_unique", "stop_name_filled"),
    ),
    "bathing places before hov_ref": Case(nutskod(), "platsinformation", "badplats"),
    "passengers by year and month": Case(
        passengers(), "rorelsedata", "pastigande", "stop_name_filled"
    ),
    "an extract from Ecos": Case(  # of ten mandatory columns and the address nothing stands in it
        inspected(),
        "livsmedelsinspektioner",
        "v2",
        *(f"facility_{name}_filled" for name in ("type", "id_local", "id_national", "coordinates")),
        *(f"facility_address_{name}_filled" for name in ADDRESS),
        *(f"inspec_org_{name}_filled" for name in ("id", "name")),
        *(f"inspection_{name}_filled" for name in ("id_national", "type")),
        "mandatory_columns",  # lang has no rule of its own
    ),
    "coverage, a column for each technology": Case(COVERAGE, "bredband", "tackning"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_what_is_converted_has_no_fault_of_form(name: str, real: Path, tmp_path: Path):
    case = CASES[name]
    source = real / case.source
    if "\n" in case.source:
        source = tmp_path / "kalla.csv"
        source.write_text(case.source, "utf-8")
    output = tmp_path / f"{case.variant}.csv"
    told = converted(source, output, case.type, case.variant)
    failed, specification = faults(output)
    assert failed == case.found
    lacking = [done.target for done in told.columns if done.lacks]
    assert not lacking or any(rule.endswith("_filled") for rule in failed)
    assert specification["variant"] == case.variant
    if layout := specification["layout"]:
        assert (layout["kind"], layout["columns"]) == ("national", layout["of"])
    for language in ("sv", "en"):
        assert len(words.lines(told, language)) > 3 and words.rows(told, language)


@pytest.mark.slow
@pytest.mark.usefixtures("in_this_process")
def test_the_command_tells_what_it_did_and_keeps_values_in_a_file_of_their_own(tmp_path: Path):
    source = tmp_path / "kalla.csv"
    source.write_text(GYMS.replace("Fyra ", "Fyra 19121212-1212"), "utf-8")

    def run(*more: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, ["convert", str(source), "--to", "utegym", *more])
        return done.exit_code, done.output

    code, said = run("--preview")
    assert code == 0 and "kommunkod" in said and "1212" not in said
    assert "Begränsat" not in said and [*tmp_path.glob("*.csv")] == [source]
    target = tmp_path / "gym.csv"
    code, said = run("--output", str(target), "--raw", "--keep-others")
    assert code == 0 and "1212" not in said and "Begränsat" not in said
    assert "lighting, från belysning: 1 cell är varken ja eller nej och står tom. Rad 4." in said
    assert "name skrivs inte (4 celler)" in said and "--with-personal" in said
    whole = target.read_text("utf-8")
    assert whole.startswith("source,id,name,latitude") and "1212" not in whole
    assert "Fyra" not in whole and "Begränsat" not in whole
    aside = tmp_path / "gym_ovriga_kolumner.csv"
    assert aside.read_text("utf-8").splitlines()[:2] == ["Rad,id,Hemligt", "2,g-1,a"]
    private = tmp_path / "gym_obestamda_med_personuppgifter.csv"
    assert '"4";"belysning";"lighting";"Begränsat"' in private.read_text("utf-8-sig")
    assert private.stat().st_mode & 0o077 == 0
    code, said = run("--output", str(target), "--with-personal", "--overwrite")
    assert code == 0 and "19121212-1212" in target.read_text("utf-8") and "1212" not in said
    code, said = run()
    assert code == 2 and "--preview" in said
    code, said = run("--output", str(source), "--overwrite")
    assert code == 2 and source.read_text("utf-8").startswith("kommunkod")


def test_a_number_in_another_unit_is_moved_exactly_or_not_at_all(tmp_path: Path):
    cells = ["60300", "1", "1234567,5", "-", "1e30", "0,0000000001"]
    text = "technology;download_kbit\n" + "".join(f"fiber;{cell}\n" for cell in cells)
    snapshot = read(tmp_path, text, "bredband")
    with opened(snapshot, "bredband", "matningar") as conversion:
        assert written(conversion)["download_mbit"] == [
            *("60.3", "0.001", "1234.5675"),
            *(None, None, None),
        ]
        done = next(one for one in conversion.columns() if one.target == "download_mbit")
        assert (done.kind, done.sources, done.emptied, done.undecided) == (
            *("unit", ("download_kbit",)),
            *(1, 2),
        )
