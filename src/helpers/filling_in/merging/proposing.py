"""The file of decisions as it is proposed: what people have written stands as they wrote it, and
after it each new pair, undecided, with its evidence as a comment."""

from __future__ import annotations

from collections.abc import Iterable

from helpers.filling_in.merging import decisions
from helpers.filling_in.merging.decisions import UNDECIDED, Decisions
from helpers.filling_in.merging.same_objects import Pair
from helpers.filling_in.merging.saying import evidence
from helpers.words import escaping
from helpers.words.errors import ConfigurationError
from helpers.words.files import yaml_text
from helpers.words.messages import text

KEY = "pairs"


def _said(sentence: str, indent: str) -> str:
    return f"{indent}  # {escaping.one_line(sentence)}"


def _block(pair: Pair, type: str, language: str, indent: str) -> str:
    """A pair as YAML, below a key whose list begins at ``indent``."""
    plain = {
        "type": type,
        "objects": [
            {"organisation": ref.organisation, "id": ref.id} for ref in (pair.left, pair.right)
        ],
        "decision": UNDECIDED,
    }
    lines = [f"{indent}  {line}" for line in yaml_text.dumped(plain).splitlines()]
    lines[0] = f"{indent}- {lines[0].lstrip()}"
    told = [_said(sentence, indent) for sentence in evidence(pair, type, language)]
    to_fill = [f"{indent}  {name}:" for name in ("keep", "by", "date", "note")]
    return "\n".join([lines[0], *told, *lines[1:], *to_fill])


def _fresh(blocks: list[str], language: str) -> str:
    head = [f"# {line}" for line in text("together.file.head", language).splitlines()]
    return "\n".join([*head, f"{KEY}:", *blocks]) + "\n" if blocks else ""


def _plain(declared: Decisions) -> list[str]:
    """Pairs as they are written anew, where a text cannot be gone on with."""
    plain = [
        one.model_dump(exclude_none=True) | {"objects": [dict(thing) for thing in one.objects]}
        for one in declared.pairs
    ]
    return yaml_text.dumped(plain).splitlines() if plain else []


def proposal(before: str, pairs: Iterable[Pair], type: str, language: str) -> tuple[str, int]:
    """The text of the file, and how many pairs are new in it. ``before``: the file as it stands, ''
    for none; it is right. What stands there is kept letter by letter, but for an empty list or one
    in brackets, which is written anew. '' where there is nothing to decide, nor was."""
    declared = decisions.parsed(before) if before.strip() else Decisions()
    known = {one.refs for one in declared.pairs if one.type == type}
    new = [pair for pair in pairs if pair.refs not in known]
    if not new:
        return before, 0
    indent = yaml_text.list_indent(before, KEY)
    if indent is not None:
        blocks = [_block(pair, type, language, indent) for pair in new]
        whole = "\n".join([before.rstrip("\n"), *blocks]) + "\n"
        if _means(whole, len(declared.pairs) + len(new)):
            return whole, len(new)
    blocks = [_block(pair, type, language, "") for pair in new]
    return _fresh([*_plain(declared), *blocks], language), len(new)


def _means(whole: str, count: int) -> bool:
    try:
        return len(decisions.parsed(whole).pairs) == count
    except ConfigurationError:
        return False
