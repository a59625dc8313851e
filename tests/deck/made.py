"""Regions of made-up results: one candidate, sixty, only stopped ones; and what is hostile in them."""

from __future__ import annotations

from typing import Any

from helpers.advising.answers.answer import LIST, ROWS, Answer, Mark, Said
from helpers.advising.results import Candidate, PublishingStep, Region
from helpers.advising.unknowns import Question
from helpers.declared.catalogue import Entry
from helpers.reporting.deck import telling
from helpers.reporting.deck.naming import Names
from helpers.reporting.deck.slide import Deck
from helpers.reporting.deck.told import Told
from helpers.scoring import weights
from helpers.scoring.scorecards import NoPlace, Ranked, Scorecard, ScoredCriterion
from helpers.screening.marks import Gate, Reason

NIGHT = "2026-11-29T03:00:00+01:00"
OWNERS = ("karlskrona", "karlshamn", "ronneby", "region-blekinge", "umea")
# markup, handlers, templates, links, mathematics, formulas: whatever shows or runs texts of others
PAYLOADS = (
    "<script>window.hit=1</script>",
    "</script><script>window.hit=1</script>",
    "<img src=x onerror=window.hit=1>",
    "<svg/onload=window.hit=1>",
    "<svg><script>window.hit=1</script></svg>",
    '" onmouseover="window.hit=1" x="',
    "' onfocus='window.hit=1' autofocus='",
    "</title><script>window.hit=1</script>",
    "</style><script>window.hit=1</script>",
    "</textarea><script>window.hit=1</script>",
    "<iframe srcdoc='<script>parent.hit=1</script>'>",
    "<iframe src=javascript:parent.hit=1>",
    "<a href=javascript:window.hit=1>x</a>",
    "[x](javascript:window.hit=1)",
    "![x](https://example.org/x.png)",
    "data:text/html,<script>window.hit=1</script>",
    "${window.hit=1}",
    "`${window.hit=1}`",
    "{{constructor.constructor('window.hit=1')()}}",
    "{% raw %}{{ 7*7 }}{% endraw %}",
    "$\\href{javascript:window.hit=1}{x}$",
    "\\input{/etc/passwd}",
    "```mermaid\ngraph TD; A-->B; click A call hit()\n```",
    "<style>*{display:none}</style>",
    "<link rel=stylesheet href=https://example.org/x.css>",
    "<meta http-equiv=refresh content='0;url=https://example.org'>",
    "<base href=https://example.org/>",
    "&lt;script&gt;window.hit=1&lt;/script&gt;",
    "\\u003cscript\\u003ewindow.hit=1\\u003c/script\\u003e",
    '=HYPERLINK("https://example.org")',
)


def both(said: str) -> dict[str, str]:
    return {"sv": said, "en": said}


def candidate(
    number: int,
    verdict: str | None = "fri",
    *,
    rank: int | None = None,
    file: bool = True,
    title: str = "",
    said: str = "",
    **more: Any,
) -> Candidate:
    """``verdict`` None: it could not be examined. ``said`` stands wherever a text of data may."""
    name = f"kandidat-{number}"
    entry = Entry(
        id=name,
        title=title or f"Lekplatser och badplatser, del {number}",
        type="platsinformation",
        variant="lekplats",
        organisation=OWNERS[number % len(OWNERS)],
        source={"path": "x.csv"} if file else None,
    )
    if verdict is None:
        return Candidate(entry=entry)
    low = max(90.0 - number, 5)
    criteria = [
        ScoredCriterion("value_internal", "value", 8, 3, 3, "declared", both("Nytta")),
        ScoredCriterion("readiness_owner", "readiness", 5, 0, 5, "unknown", both("Ägare")),
    ]
    code = "found_phone" if verdict == "stopp" else "unanswered_secrecy"
    reason = Reason(
        code,
        verdict,
        both(f"Kolumnen telefon innehåller telefonnummer. {said}"),
        both("Ta bort kolumnen."),
        question=None if verdict == "stopp" else "secrecy",
    )
    steps = [
        PublishingStep(
            "decision",
            both(f"Fatta beslut. {said}"),
            both(f"beslut {said}"),
            both("Nämnden"),
            both("Skäl."),
        ),
        PublishingStep(
            "register",
            both("Anmäl."),
            both("anmälan"),
            both("Webbredaktören"),
            both("Skäl."),
            ["decision"],
            [8, 12],
        ),
    ]
    hinder = (
        []
        if rank
        else [NoPlace("stopped", both(f"Den är stoppad. {said}"), both("Åtgärda hindret."))]
    )
    return Candidate(
        entry=entry,
        gate=Gate(verdict, verdict, [] if verdict == "fri" else [reason]),
        ranked=Ranked(name, rank, no_place=hinder, robust=both("Först i alla försök.")),
        scorecard=Scorecard(name, verdict, "inventoried", criteria, low, low + 8),
        steps=steps,
        to_find_out=[]
        if file
        else [Question("owner", both("Vem äger informationen?"), both("Chefen"))],
        **more,
    )


def region(candidates: list[Candidate], said: str = "") -> Region:
    ranked = any(one.ranked and one.ranked.rank for one in candidates)
    return Region(
        both("Vilken datamängd ska vi publicera först?"),
        candidates,
        NIGHT,
        why=[both(f"Lite arbete talar mest för den. {said}")] if ranked else [],
        weights=weights.common(),
    )


def answered(said: str = "slag") -> list[Answer]:
    marks = [Mark(f"{said} {i}", 40 - i, 40 - i) for i in range(5)]
    told = {"name": said, "count": 40, "rows": 190, "share": 0.2, "different": 5}
    return [
        Answer("places.kinds", [Said("places.kinds.said", told)], marks, LIST, ROWS),
        Answer("places.accessibility", why=[Said("why.absent", {"field": "wheelchair"})]),
    ]


def one() -> Region:
    return region([candidate(1, rank=1)])


def sixty() -> Region:
    places = [candidate(i, "fri" if i < 20 else "granska", rank=i) for i in range(1, 41)]
    stopped = [candidate(i, "stopp") for i in range(41, 51)]
    ideas = [candidate(i, "fri", file=False) for i in range(51, 59)]
    return region([*places, *stopped, *ideas, candidate(59, None), candidate(60, None)])


def only_stopped() -> Region:
    return region([candidate(i, "stopp") for i in range(1, 5)])


def only_ideas() -> Region:
    return region([candidate(i, "granska", file=False) for i in range(1, 4)])


def only_failed() -> Region:
    return region([candidate(1, None)])


REGIONS = {
    "one": one,
    "sixty": sixty,
    "stopped": only_stopped,
    "ideas": only_ideas,
    "failed": only_failed,
}


def deck(of: Region, language: str = "sv", *, nameless: bool = False, answers: Any = None) -> Deck:
    first = [one for one in of.candidates if one.ranked and one.ranked.rank][:1]
    told = [(one, answers or []) for one in first] if answers else []
    return telling.deck(Told(of, Names(of, language, nameless), told))
