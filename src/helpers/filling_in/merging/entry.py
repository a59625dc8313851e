"""The catalogue entry of a merged dataset: what follows from its sources, and blanks for all that
somebody must decide. Nothing that was decided of a source is taken over."""

from __future__ import annotations

from collections.abc import Iterable

from helpers.declared import mapping, specifications
from helpers.declared.catalogue import Entry
from helpers.declared.organisations import UNKNOWN, identity
from helpers.filling_in.merging.table import Merged
from helpers.words.files import yaml_text
from helpers.words.messages import text
from helpers.words.suppression import K

FOLDER = "catalogue"  # beside the merged rows


def id_of(name: str) -> str:
    """What the merged dataset of a type or a kind is called in its catalogue.

    >>> id_of("offentlig_konst")
    'gemensam-offentlig-konst'
    """
    return f"gemensam-{identity(name)}"


def title_of(merged: Merged, language: str) -> str:
    """What people call it."""
    whole = merged.specification
    kind = whole.title if _kind(merged) else specifications.load(whole.name).title
    return text("merging.title", language, title=kind[language].partition(" (")[0])


def _kind(merged: Merged) -> str | None:
    """The kind within the type, where variants are kinds and no versions."""
    whole = merged.specification
    return None if mapping.newest(whole.name) else whole.variant


def written(
    merged: Merged, id: str, owner: str | None, sources: Iterable[Entry], language: str
) -> str:
    """The entry's YAML. ``owner``: the organisation that answers for it, None where nobody has
    said. What a source's entry says of small groups holds for the whole: the largest k, and all
    columns that are named."""
    parts = merged.parts
    plain: dict[str, object] = {
        "id": id,
        "title": title_of(merged, language),
        "type": merged.specification.name,
        **({"variant": _kind(merged)} if _kind(merged) else {}),
        "organisation": owner or UNKNOWN,
        "stage": "inventoried",
        "synthetic": any(entry.synthetic for entry in sources),
        "source": {"path": f"../{id}.csv", "encoding": "utf-8", "delimiter": ","},
        "licence": None,
        "update_frequency": None,
        "description": None,
        "owner": {"role": None, "mailbox": None},
    }
    together = [name for name in merged.headers if any(name in part.together for part in parts)]
    k = max((part.k for part in parts), default=K)
    if together or k != K:
        plain["disclosure"] = {"quasi_identifiers": together, "k": max(k, K)}
    said = yaml_text.dumped(plain)
    if owner is None:
        line = f"organisation: {UNKNOWN}\n"
        said = said.replace(line, f"{line[:-1]}  # {text('merging.entry.owner', language)}\n")
    return f"# {text('merging.entry.comment', language)}\n{said}"
