"""What was found in somebody's catalogue as a readable page in the terminal: the same as the JSON
object, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from helpers.metadata import telling
from helpers.words.messages import listed, number, text

if TYPE_CHECKING:
    from helpers.words.printing import Cell, Terminal

Told = dict[str, Any]
MOST_GAINS = 8


def _say(key: str, language: str, **values: Any) -> str:
    return text(f"metadata.told.{key}", language, **values)


def show(told: Told, terminal: Terminal, language: str) -> None:
    """Print the page."""
    counts = telling.counted(told["counts"], language)
    terminal.paragraph(
        _say("what", language, file=told["file"], form=told["form"], counts=counts), "bold"
    )
    if told["violations"]:
        bad = _say("bad", language, count=told["violations"], version=told["profile"])
        terminal.paragraph(bad, "bold red")
    else:
        terminal.paragraph(_say("good", language, version=told["profile"]), "green")
    _faults(told, terminal, language)
    for name in ("others", "advice"):
        if told[name]:
            rows = [_group_row(group, language) for group in told[name]]
            terminal.table(_head(language, "count", "fault", "where"), rows, _say(name, language))
    _points(told, terminal, language)
    _stars(told, terminal, language)


def _head(language: str, *names: str) -> list[str]:
    return [_say(f"head_{name}", language) for name in names]


def _faults(told: Told, terminal: Terminal, language: str) -> None:
    commonest = [fault for fault in told["faults"] if fault["commonest"]]
    others = [fault for fault in told["faults"] if not fault["commonest"]]
    if not commonest:
        terminal.paragraph(_say("no_commonest", language))
    for title, faults in (("commonest", commonest), ("other_faults", others)):
        if faults:
            rows = [_fault_row(fault, language) for fault in faults]
            head = _head(language, "count", "fault", "where", "do")
            terminal.table(head, rows, _say(title, language))


def _where(group: Told, language: str, of: int) -> list[str]:
    names = [one["name"][language] for one in group["examples"]]
    left = of - len(names)
    return names + ([_say("more", language, count=left)] if left > 0 else [])


def _fault_row(fault: Told, language: str) -> list[Cell]:
    return [
        number(fault["count"], language),
        [fault["name"][language], *_fields(fault, language), fault["why"][language]],
        _where(fault, language, fault["of"]),
        [fault["fix"][language], _mended(fault, language)],
    ]


def _fields(fault: Told, language: str) -> Iterator[str]:
    """Which fields of the form it is, as one line; none of a fault of the nodes themselves."""
    said = [
        _say(
            "field_written" if one["written"] else "field",
            language,
            name=one["name"][language],
            written=one["written"],
            count=one["count"],
        )
        for one in fault["fields"]
    ]
    if said:
        yield _say("fields", language, fields=listed(said, language))


def _mended(fault: Told, language: str) -> str:
    who = fault["known_by"][language]
    if fault["mended"] == fault["count"]:
        return _say("done", language)
    if fault["mended"]:
        return _say("done_some", language, count=fault["mended"], who=who)
    return _say("asks", language, who=who)


def _group_row(group: Told, language: str) -> list[Cell]:
    return [
        number(group["count"], language),
        [group["what"][language], group["todo"][language]],
        _where(group, language, group["count"]),
    ]


def _points(told: Told, terminal: Terminal, language: str) -> None:
    terminal.lines("\n".join(_point_lines(told, language)))
    head = _head(language, "indicator", "points", "have")
    rows = list(_indicators(told["points"], language))
    terminal.table(head, rows, _say("indicators", language))
    rows = list(_gains(told["points_after"], language))
    if rows:
        head = _head(language, "points", "field", "places", "do")
        terminal.table(head, rows, _say("gains", language))


def _point_lines(told: Told, language: str) -> Iterator[str]:
    points, after = told["points"], told["points_after"]

    def whole(value: float) -> str:
        return number(round(value), language)

    yield _say("mqa", language, points=whole(points["here"]), most=points["here_most"])
    for name, part in points["dimensions"].items():
        dimension = text(f"metadata.dimension.{name}", language)
        values = {"points": whole(part["points"]), "most": part["most"]}
        yield "  " + _say("mqa_dimension", language, name=dimension, **values)
    if round(after["here"]) != round(points["here"]):
        yield _say("mqa_after", language, points=whole(after["here"]))
    if after["here_reachable"] > after["here"]:
        yield _say("mqa_later", language, reachable=whole(after["here_reachable"]))
    rating = text(f"metadata.rating.{points['rating']}", language)
    european = {"most": points["european_most"], "points": whole(points["european"])}
    yield _say("mqa_eu", language, rating=rating, **european)
    if told["european_shapes"]["as_the_swedish_profile"]:
        yield _say("mqa_swedish", language)


def _indicators(points: Told, language: str) -> Iterator[list[Cell]]:
    for one in points["indicators"]:
        count, total = number(one["later"] or one["have"], language), number(one["of"], language)
        said = (
            _say("unknown", language, count=count, total=total)
            if one["later"]
            else _say("have", language, have=count, total=total)
        )
        scored = _say(
            "points_of", language, points=_short(one["points"], language), most=one["most"]
        )
        yield [text(f"metadata.indicator.{one['indicator']}", language), scored, said]


def _short(points: float, language: str) -> str:
    """Points without decimals where they are whole, else with one."""
    return number(points, language, 0 if points == int(points) else 1)


def _gains(points: Told, language: str) -> Iterator[list[Cell]]:
    for gain in points["gains"][:MOST_GAINS]:
        yield [
            _short(gain["points"], language),
            gain["name"][language],
            number(gain["places"], language),
            text(f"metadata.gain.{'once' if gain['once'] else 'each'}", language),
        ]


def _stars(told: Told, terminal: Terminal, language: str) -> None:
    before, after = told["stars"], told["stars_after"]
    if before["average"] is None:
        terminal.paragraph(_say("no_stars", language))
        return
    mean = {
        "stars": number(before["average"], language, 1),
        "after": number(after["average"] or 0, language, 1),
    }
    lines = [_say("stars", language, **mean)]
    lines += [
        "  "
        + _say(
            "next_star",
            language,
            count=one["distributions"],
            stars=one["stars"],
            lacks=text(f"metadata.star.{one['lacks']}", language),
        )
        for one in after["lacking"]
    ]
    terminal.lines("\n".join(lines))


def notes(told: Told, terminal: Terminal, language: str) -> None:
    """What is to be known of the mended file."""
    if told["language_used"]:
        terminal.paragraph(_say("language", language, code=told["language"]), "yellow")
    if told["language_lacks"]:
        terminal.paragraph(_say("no_language_known", language), "yellow")
