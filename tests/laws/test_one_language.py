"""No English sentence stands among the Swedish ones, and none the other way: told by the small words
that one language has and the other has not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from helpers.words import messages

# words that a sentence of the one language hardly does without, and the other does not have
SMALL = {
    "sv": "och är som att inte det den ett av på från eller där när ska finns vilka utan efter mellan också bara",
    "en": "the and of is are which with this that from not be by where when without between its there only whose",
}
PARTS = ("data/specifications", "quality_suites", "data/reference")
# what is quoted as it stands: code, keys, headers, names of files and of institutions
QUOTED = re.compile(
    r"`[^`]*`|\{[^}]*\}|\[\[.*?\]\]|»[^«]*«|\"[^\"]*\"|'[^']*'|”[^”]*”|https?://\S+|<[^>]*>"
)


def foreign(text: str, language: str) -> set[str]:
    """The other language's small words in the text, two at least, where its own are fewer."""
    words = set(re.findall(r"[a-zåäö]+", QUOTED.sub(" ", text).casefold()))
    other = next(one for one in SMALL if one != language)
    found, own = words & set(SMALL[other].split()), words & set(SMALL[language].split())
    return found if len(found) >= 2 and len(found) > len(own) else set()


def declared(node: Any, at: str) -> Iterator[tuple[str, str, str]]:
    """Every text that is declared as ``{sv: ..., en: ...}``: where, its language and itself."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in SMALL and isinstance(value, str):
                yield f"{at}.{key}", key, value
            yield from declared(value, f"{at}.{key}")
    elif isinstance(node, list):
        for i, value in enumerate(node):
            yield from declared(value, f"{at}[{i}]")


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_messages_are_in_their_language(language: str):
    wrong = {
        key: found
        for key, said in messages.texts(language).items()
        if (found := foreign(said, language))
    }
    assert not wrong


@pytest.mark.parametrize("part", PARTS)
def test_what_is_declared_is_in_its_language(root: Path, part: str):
    texts = [
        entry
        for file in sorted((root / part).rglob("*.yaml"))
        for entry in declared(yaml.safe_load(file.read_text("utf-8")), file.name)
    ]
    assert len(texts) > 10
    assert not {at: found for at, language, said in texts if (found := foreign(said, language))}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sv", "The file is not there."),
        ("en", "Filen finns inte där."),
        ("sv", "Kolumnen which is not there"),
    ],
)
def test_a_sentence_of_the_other_language_is_seen(language: str, text: str):
    assert foreign(text, language)
