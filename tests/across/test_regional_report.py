"""``between`` as one regional report: which results it rests on, who can help whom, nobody named
without leave, and nothing of what others wrote but ids and names that may be shown."""

from __future__ import annotations

import hashlib
import json
import random
import re
from pathlib import Path
from typing import Any

import docx
import pytest
from tests.cli.spoken import COMMAND, invoke
from tests.running.artefacts import contents

from helpers.advising import handed_over, naming
from helpers.declared.organisations import identity
from helpers.reporting import markdown
from helpers.reporting.papers.document import Document, Heading, Items, Table, Text

from .handed import finding, handed, result, step

READY: dict[str, Any] = {"gate": {"verdict": "fri"}, "steps": [step("address")]}
Files = list[Path]


@pytest.fixture(autouse=True)
def commands_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Typer makes its commands anew for each call, which costs more than what is tested."""
    monkeypatch.setattr("typer.testing._get_command", lambda _app: COMMAND)


def report(files: Files, folder: Path, *more: str) -> tuple[str, str]:
    """The report as Markdown without its escapes, and what the command said."""
    code, said = invoke("between", *files, "--output", folder, *more)
    assert code == 0, said
    assert {one.name for one in folder.iterdir()} == {
        "between.html",
        "between.docx",
        "between.md",
    }
    return (folder / "between.md").read_text("utf-8").replace("\\", ""), said


def everything(folder: Path) -> bytes:
    return b"\n".join(data for _, data in contents(folder)).lower()


def test_each_result_is_shown_with_its_checksum_version_and_moment(tmp_path: Path):
    new = handed(tmp_path / "a.json", result("habo", agreed=True))
    old = handed(
        tmp_path / "b.json",
        result("tierp"),
        schema="datakollen/results/1",
        version=None,
        finished="2026-10-01T08:05:00",
    )
    said, _ = report([new, old], tmp_path / "ut")
    for file, about in (
        (new, "| Habo kommun | 2026-11-30 12:00 +01:00 | 0.2.0 | results/2 |"),
        (old, "| Kommun A | 2026-10-01 08:05 | okänd | results/1 |"),
    ):
        sum = hashlib.sha256(file.read_bytes()).hexdigest()
        assert f"{about} {sum[:4]} {sum[4:8]} {sum[8:12]} {sum[12:16]} | 1 |" in said


def test_of_one_organisation_the_later_file_counts_and_that_is_told(tmp_path: Path):
    """By the moment, not by its spelling: 23:30 in UTC is after 00:15 an hour to the east."""
    earlier = handed(
        tmp_path / "a.json",
        result("habo", id="gone", system="Gamla systemet"),
        result("habo", steps=[step("file")]),
        finished="2026-12-01T00:15:00+01:00",
    )
    later = handed(
        tmp_path / "b.json", result("habo", **READY), finished="2026-11-30T23:30:00+00:00"
    )
    other = handed(tmp_path / "c.json", result("tierp", steps=[step("file")]))
    texts = []
    for files in ([earlier, later, other], [other, later, earlier, later]):
        folder = tmp_path / str(len(files))
        said, spoken = report(files, folder)
        texts.append(said.split("## Resultaten")[0])
        assert said.count("| Redo |") == 1 and said.count("| Idé |") == 1
        assert "Gamla systemet" not in said
        late, early = (handed_over.read(file).short for file in (later, earlier))
        assert f"Den senaste räknas ({late}), inte den äldre ({early})" in said
        assert "bara står i den äldre är inte med. Antal: 1." in said
        assert f"b.json ({late}) är senare" in spoken.replace("\n", " ")
        assert ("Samma fil angavs flera gånger" in said) is (len(files) == 4)
    assert texts[0] == texts[1]


def test_what_is_nobodys_in_two_files_is_not_taken_for_one_organisations(tmp_path: Path):
    nobody = {"id": "okand", "name": "okand", "kind": "okand", "named_in_public": False}
    files = [
        handed(tmp_path / f"{n}.json", result("okand", organisation=nobody, id=f"x{n}"))
        for n in range(2)
    ]
    said, _ = report(files, tmp_path / "ut")
    assert "| Organisation A |" in said and "| Organisation B |" in said
    assert "finns i flera filer" not in said


def test_who_has_it_ready_is_told_to_those_who_have_not_by_system_first(tmp_path: Path):
    files = [
        handed(tmp_path / "a.json", result("habo", agreed=True, system="Platsen X", **READY)),
        handed(tmp_path / "b.json", result("tierp", agreed=True, system="platsen x")),
        handed(tmp_path / "c.json", result("ale", agreed=True, steps=[step("file")])),
    ]
    said, _ = report(files, tmp_path / "ut")
    assert (
        "Habo kommun har datamängden klar ur Platsen X. Tierp kommun har samma system" in said
        and "Habo kommun har datamängden klar. Ale kommun och Tierp kommun kan fråga" in said
    )
    alone, _ = report(files[1:], tmp_path / "ut två")
    assert "Tierp kommun har en fil. Ale kommun kan fråga hur exporten görs." in alone


def test_the_order_is_that_of_labels_and_says_nothing_of_how_far_anybody_has_come(tmp_path: Path):
    owners = ["ale", "boden", "habo", "kil", "tierp", "åmål", "ängelholm", "öckerö"]
    chance = random.Random(4)
    for n in range(4):
        states = [READY, {}, {"gate": {"verdict": "stopp"}}, {"steps": [step("file")]}]
        some = [result(owner, agreed=True, **chance.choice(states)) for owner in owners]
        chance.shuffle(some)
        files = [handed(tmp_path / f"{n}-{i}.json", one) for i, one in enumerate(some)]
        said, _ = report(files, tmp_path / f"ut{n}")
        table = said.split("## Offentlig konst")[1].split("## Resultaten")[0]
        found = re.findall(r"^\| (\w+) kommun \|", table, re.M)[: len(owners)]
        assert found == [owner.title() for owner in owners]
        assert not re.search(r"poäng|plats \d|bäst|sämst", said)


def test_a_system_a_supplier_or_a_name_that_names_somebody_without_leave_is_not_shown(
    tmp_path: Path,
):
    """Neither of those who take part, nor of any other; who has agreed may stand in its own."""
    demands = [{"id": "no_export", "evidence": [{"kind": "answer", "id": "export_no"}]}]
    liar = result("ale", agreed=True)
    liar["organisation"]["name"] = "Karlshamns kommun"  # with Ale's leave, not Karlshamn's
    system = "Karlshamnsdatabasen"
    some = [
        result("karlshamn", system=system, supplier="Kommunalbolaget i Karlshamn", demands=demands),
        result("olofstrom", system="karlshamnsdatabasen", supplier="Ronneby IT", demands=demands),
        result("tierp", agreed=True, system="Tierps eget", supplier="Bolag Åtta", demands=demands),
        liar,
    ]
    files = [handed(tmp_path / f"{n}.json", one) for n, one in enumerate(some)]
    said, spoken = report(files, tmp_path / "ut")
    assert "Tierps eget" in said and "Bolag Åtta" in said and "Tierp kommun" in said
    assert "System 1 (namnet visas inte)" in said  # one and the same for both who have it
    assert "har systemet. Ställ kraven på leverantören tillsammans" in said
    everywhere = everything(tmp_path / "ut") + spoken.lower().encode()
    for name in ("karlshamn", "olofstrom", "ronneby", "hemlig", "secret"):
        assert name.encode() not in everywhere, name


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Karlshamns GIS", True),
        ("karlshamn-karta", True),
        ("KarlshamnData", True),
        ("Region Blekinges arkiv", True),  # of others in Sweden, as words
        ("Upplands Väsby-registret", True),
        ("Tierps eget", False),  # has agreed
        ("Vara Webb", False),  # an ordinary word
        ("Ekonomi Plus", False),
        ("Platina", False),
    ],
)
def test_what_names_an_organisation_in_a_text(name: str, told: bool):
    known = naming.names([result("karlshamn"), result("tierp", agreed=True)])
    assert known.tells(name) is told


@pytest.mark.parametrize(
    "name", ["Region Örebro län", "Upplands Väsby kommun", "Östra Göinge kommun", "Borås kommun"]
)
def test_a_name_that_has_leave_is_shown_also_where_others_are_called_alike(name: str):
    some = [result(identity(name), agreed=True), result("orebro"), result("upplands-bro")]
    some[0]["organisation"]["name"] = name
    assert naming.names(some).labels[identity(name)]["sv"] == name


def test_the_word_for_its_kind_names_nobody_that_is_alone_of_its_kind():
    """There is one region in a county."""
    some = [result(id) for id in ("habo", "region-blekinge", "region-skane")]
    for one in some[1:]:
        one["organisation"]["kind"] = "region"
    alone = naming.names(some[:2]).labels
    assert re.fullmatch("Organisation [AB]", alone["region-blekinge"]["sv"])
    assert re.fullmatch("Kommun [AB]", alone["habo"]["sv"])
    assert naming.names(some).labels["region-skane"]["sv"].startswith("Region ")


def test_the_letters_cannot_be_worked_out_by_who_knows_who_takes_part(tmp_path: Path):
    """They follow what the files say, which nobody has of the others; the same files give the same
    letters."""
    owners = ["ale", "boden", "habo", "kil", "tierp", "umea"]

    def letters(seed: int) -> list[str]:
        some = [result(owner, id=f"{owner}-{seed}") for owner in owners]
        files = [handed(tmp_path / f"{n}.json", one) for n, one in enumerate(some)]
        gathered = handed_over.gather(handed_over.read(file) for file in files)
        labels = naming.names(gathered.candidates, salt=gathered.salt).labels
        return [labels[owner]["sv"] for owner in owners]

    assert letters(1) == letters(1)
    assert len({tuple(letters(seed)) for seed in range(8)}) > 4


@pytest.mark.parametrize("first", [True, False])
def test_leave_that_one_candidate_does_not_give_is_not_given(first: bool, tmp_path: Path):
    some = [result("habo", agreed=first), result("habo", id="y", agreed=not first)]
    file = handed(tmp_path / "a.json", *some, result("tierp"))
    said, _ = report([file], tmp_path / "ut")
    assert "habo" not in said.lower() and "Kommun A" in said and "Kommun B" in said


def test_of_what_others_wrote_no_sentence_and_no_title_is_repeated(tmp_path: Path):
    """A canary in every text that results may hold, but the names that are there to be shown."""
    canary = "Fatima Hallonqvist 121212-1212"
    some = []
    for owner in ("habo", "tierp"):
        one = result(owner, findings=[finding(canary)], steps=[step("critical", canary)])
        one |= {
            "id": canary,
            "title": canary,
            "type": canary,
            "subtype": canary,
            "published": canary,
            "advice": {"code": canary},
            "system": canary,
            "supplier": canary,
            "demands": [{"id": "no_export", "evidence": [{"kind": "reading", "id": canary}]}],
            "answers": [canary],
        }
        one["organisation"] |= {"name": canary}
        some.append(one)
    files = [handed(tmp_path / f"{n}.json", one, title=canary) for n, one in enumerate(some)]
    said, spoken = report(files, tmp_path / "ut")
    assert "Ett steg som den här versionen inte känner" in said or "Rader att rätta" in said
    everywhere = everything(tmp_path / "ut") + spoken.lower().encode()
    for word in ("fatima", "hallonqvist", "121212"):
        assert word.encode() not in everywhere, word


@pytest.mark.parametrize(
    ("short", "shown"),
    [
        ("rader att rätta (12)", "Rader att rätta (12)."),
        ("rader att rätta (1\u00a0234)", "Rader att rätta (1\u00a0234)."),
        ("rader att rätta (121212-1212)", "Rader att rätta."),
        ("1212121212", "Rader att rätta."),
        ("<b>något annat</b>", "Rader att rätta."),
    ],
)
def test_a_step_is_said_in_our_words_with_the_one_number_that_it_gives(
    short: str, shown: str, tmp_path: Path
):
    some = [result(owner, steps=[step("critical", short)]) for owner in ("habo", "tierp")]
    said, _ = report([handed(tmp_path / "a.json", *some)], tmp_path / "ut")
    assert said.count(f"| På väg | {shown} |".replace("\u00a0", " ")) == 2


def test_markup_and_control_characters_in_names_are_shown_as_text(tmp_path: Path):
    bad = "<img src=x onerror=alert(1)>\u0007 | **B** " + "å" * 500
    some = [
        result("ale", agreed=True, system=bad, supplier=bad),
        result("kil", agreed=True, system=bad),
    ]
    for one in some:
        one["organisation"]["name"] = bad
    said, _ = report([handed(tmp_path / "a.json", *some)], tmp_path / "ut")
    html = (tmp_path / "ut" / "between.html").read_text("utf-8")
    assert "<img" not in html and "&lt;img src=x" in html and "å" * 100 not in html
    assert "\\<img" in (tmp_path / "ut" / "between.md").read_text("utf-8")
    made = docx.Document(str(tmp_path / "ut" / "between.docx"))
    assert any("<img src=x" in row.cells[0].text for table in made.tables for row in table.rows)
    assert "\u0007" not in html and "\u0007" not in said


def test_one_file_of_each_form_by_its_ending(tmp_path: Path):
    file = handed(tmp_path / "a.json", result("habo"))
    for ending in ("html", "docx", "md"):
        assert invoke("between", file, "--output", tmp_path / f"x.{ending}")[0] == 0
    assert (tmp_path / "x.md").read_text("utf-8").startswith("Mellan organisationer\n\n# Samma")
    assert (tmp_path / "x.docx").read_bytes()[:2] == b"PK"


def test_nothing_in_a_paper_is_taken_for_markdown():
    paper = Document(
        "# rubrik",
        "*sort*",
        "sv",
        "1. fot",
        "2026-11-30",
        blocks=[
            Heading("a_b_c", 3),
            Text("- inte en punkt", style="note"),
            Text("<b>", label="[x](y)"),
            Items([("", "1) ett"), ("två", "|")], numbered=True),
            Items([]),
            Table("t", ["a|b", "c"], [["", "rad\nbrytning"]], [1, 1]),
        ],
    )
    assert markdown.text(paper) == (
        "\\*sort\\*\n\n# \\# rubrik\n\n### a\\_b\\_c\n\n> \\- inte en punkt\n\n"
        "**\\[x\\](y)** \\<b\\>\n\n1. 1\\) ett\n2. **två** \\|\n\n"
        "| a\\|b | c |\n| --- | --- |\n| \u00a0 | rad brytning |\n\n---\n\n1\\. fot\n"
    )


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ("datakollen/results/3", "nyare version av Datakollen (datakollen/results/3)"),
        ("datakollen/results/99", "Uppdatera Datakollen"),
        ("datakollen/rank/2", "men är inte resultat från en körning (datakollen/rank/2)"),
        ("datakollen/results/0", "är inte resultat från en körning"),
        ("datakollen/results/9999999", "är inte resultat från en körning"),
        ("<script>", "är inte resultat från en körning"),
    ],
)
def test_other_schemas_are_told_apart(schema: str, said: str, tmp_path: Path):
    file = handed(tmp_path / "a.json", result("habo"), schema=schema)
    code, told = invoke("between", file, "--output", tmp_path / "ut.html")
    assert code == 3 and said in " ".join(told.split()) and "<script>" not in told
    assert not (tmp_path / "ut.html").exists()


LEAVE = [("organisation", "named_in_public", "true"), ("organisation", "named_in_public", 1)]


@pytest.mark.parametrize(
    ("part", "name", "value"),
    [
        *LEAVE,
        ("organisation", "name", "å" * 2001),
        ("organisation", "kind", "stat"),
        ("", "synthetic", "true"),
        ("", "id", "x" * 301),
        ("", "steps", [step("licence")] * 1001),
        ("", "supplier", ["x"]),
        ("", "demands", {"no_export": True}),
        ("", "demands", [{"id": "no_export", "evidence": [{"kind": "cell", "id": "x"}]}]),
        ("top", "version", "<b>"),
        ("top", "finished", "9999-12-31T23:59:59-23:00"),
    ],
)
def test_a_value_that_no_run_writes_is_refused_by_its_place(
    part: str, name: str, value: Any, tmp_path: Path
):
    one = result("habo")
    top = {}
    if part == "top":
        top = {name: value}
    elif part:
        one[part][name] = value
    else:
        one[name] = value
    file = handed(tmp_path / "a.json", one, **top)
    code, said = invoke("between", file, "--output", tmp_path / "ut.html")
    assert code == 3 and name in said, said
    assert "<b>" not in said and "å" * 50 not in said


def test_a_file_that_is_too_large_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = handed(tmp_path / "a.json", result("habo"))
    monkeypatch.setattr(handed_over, "LARGEST", 100)
    code, said = invoke("between", file, "--output", tmp_path / "ut.html")
    assert code == 3 and "a.json" in said and not (tmp_path / "ut.html").exists()


def test_real_results_of_three_versions_stand_side_by_side(tmp_path: Path):
    """Whoever has not said what its systems demand is told as unknown, not as without demands."""
    earlier = sorted((Path(__file__).parents[1] / "cli" / "earlier").glob("results-*.json"))
    whole = json.loads(earlier[0].read_text("utf-8"))
    for candidate in whole["candidates"]:
        candidate["organisation"] |= {"id": "umea", "name": "Umeå kommun"}
    other = tmp_path / "umea.json"
    other.write_text(json.dumps(whole), "utf-8")
    now = handed(tmp_path / "now.json", result("tierp", agreed=True))
    said, _ = report([*earlier, other, now], tmp_path / "ut")
    assert {"results/1", "results/2"} <= set(re.findall(r"results/\d", said))
    assert "Resultaten är för gamla för att säga vilka krav" in said and "## Badplatser" in said
    untold = said.split("för gamla för att säga")[1].split("\n")[0]
    assert "Tierp kommun" not in untold and "Badplatser (Umeå kommun)" in untold
