"""How alike two names of objects are, and in what: the same, the same in another form, with other
endings, one within the other, or a letter apart.

Numbers, single letters and words such as norra and södra tell two names apart that are otherwise
alike: ``Väg 12`` is not ``Väg 13``. What a thing is (skulptur, badplats) and whose tells nothing.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from helpers.filling_in.merging import measures
from helpers.profiling.relations.alike_texts import is_one_edit
from helpers.words.files.ours import remembered

LONGEST = 200  # letters of a name that are looked at
# "same" .. "endings" are one name; "part" and "letters" may be; "apart" are two for certain
STRONG = ("same", "form", "generic", "endings")
WEAK = ("part", "letters")
KINDS = (*STRONG, *WEAK, "other", "missing", "apart")
# The definite form, the plural and the genitive; what stands before has three letters. Source:
# Svenska Akademiens grammatik, the declensions of nouns.
ENDINGS = (
    "arnas ernas ornas arna erna orna ens ets ans ars ers ors en et an ar er or na a e n t s"
).split()
STEM = 3
LETTERS = 4  # of a word that may hold a slip of the pen
_APOSTROPHES = re.compile(r"['’`´]")
_ROMAN = re.compile(r"[ivx]{1,4}")


@dataclass(frozen=True)
class Likeness:
    """``kind``: one of ``KINDS``; ``share`` of the letters alike, 0-1 (difflib's ratio)."""

    kind: str
    share: float

    @property
    def strong(self) -> bool:
        """True for one name in two spellings."""
        return self.kind in STRONG

    @property
    def weak(self) -> bool:
        """True for what may be one name."""
        return self.kind in WEAK


@remembered
def _generic() -> frozenset[str]:
    return frozenset(measures.known().generic)


@remembered
def _opposite() -> dict[str, int]:
    groups = measures.known().opposites
    return {word: number for number, group in enumerate(groups) for word in group}


@remembered
def _nameless() -> frozenset[tuple[str, ...]]:
    return frozenset(words(name) for name in measures.known().nameless)


@lru_cache(1 << 16)
def words(name: str) -> tuple[str, ...]:
    """The words of a name without case, punctuation and accents; å, ä and ö are letters.

    >>> words("Carl’s  Befrielsen, 2:a"), words("Café Ö")
    (('carls', 'befrielsen', '2', 'a'), ('cafe', 'ö'))
    """
    text = unicodedata.normalize("NFC", name[:LONGEST]).casefold()
    text = _APOSTROPHES.sub("", text)
    plain = "".join(letter if letter in "åäö" else _bare(letter) for letter in text)
    return tuple(re.findall(r"[^\W_]+", plain))


def _bare(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    return "".join(part for part in parts if not unicodedata.combining(part))


@lru_cache(1 << 16)
def one_word(a: str, b: str) -> bool:
    """True for two forms of a word: the definite one, the plural, the genitive.

    >>> one_word("fåglarna", "fåglar"), one_word("sandviks", "sandvik"), one_word("hans", "hannas")
    (True, True, False)
    >>> one_word("maria", "marie"), one_word("ek", "eken")
    (False, False)
    """
    if a == b:
        return True
    pairs = enumerate(zip(a, b, strict=False))
    stem = next((i for i, (x, y) in pairs if x != y), min(len(a), len(b)))
    rests = (a[stem:], b[stem:])
    alone = "" in rests or min(map(len, rests)) > 1 or ("s" in rests and stem > STEM)
    return stem >= STEM and alone and all(rest in ENDINGS or not rest for rest in rests)


@lru_cache(1 << 14)
def _is_generic(word: str) -> bool:
    return any(one_word(word, known) for known in _generic())


def _designator(word: str) -> bool:
    """A number, a single letter or a Roman number: what tells the parts of a series apart."""
    return word.isdigit() or len(word) == 1 or _ROMAN.fullmatch(word) is not None


@lru_cache(1 << 16)
def telling(name: str) -> tuple[str, ...]:
    """The words that say which one it is, in order of the alphabet; all words where there are no
    others.

    >>> telling("Skulpturen Befrielsen"), telling("Badplatsen"), telling("Utan titel")
    (('befrielsen',), ('badplatsen',), ())
    """
    every = words(name)
    if every in _nameless():
        return ()
    kept = [word for word in every if not _is_generic(word)]
    return tuple(sorted(kept if any(not _designator(word) for word in kept) else every))


def _marks(name: str) -> tuple[frozenset[str], dict[int, frozenset[str]]]:
    """The numbers and letters in a name, and of each group of opposites the words that it has."""
    every = words(name)
    known = _opposite()
    groups: dict[int, set[str]] = {}
    for word in every:
        if word in known:
            groups.setdefault(known[word], set()).add(word)
    numbers = frozenset(word for word in every if _designator(word))
    return numbers, {group: frozenset(held) for group, held in groups.items()}


def _apart(a: str, b: str) -> bool:
    (numbers, opposites), (others, other_opposites) = _marks(a), _marks(b)
    if numbers and others and numbers != others:
        return True
    shared = opposites.keys() & other_opposites.keys()
    return any(opposites[group] != other_opposites[group] for group in shared)


def _share(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    one, other = sorted((" ".join(a), " ".join(b)))  # the ratio depends on the order
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _slip(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """True where words that differ begin alike, are long enough for a slip of the pen, and have
    are one letter apart or have most letters alike."""
    differing = [(x, y) for x, y in zip(a, b, strict=False) if x != y]
    least = measures.known().identity.alike.value
    return len(a) == len(b) and all(
        x[0] == y[0]
        and min(len(x), len(y)) >= LETTERS
        and (is_one_edit(x, y) or _share((x,), (y,)) >= least)
        for x, y in differing
    )


def _within(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """True where each word of the shorter has one in the longer, and one of them tells anything."""
    less, more = sorted((a, b), key=len)
    return all(any(one_word(word, other) for other in more) for word in less) and any(
        len(word) >= LETTERS and not _designator(word) for word in less
    )


@lru_cache(1 << 16)
def likeness(a: str, b: str) -> Likeness:
    """How alike two names are; the same whichever comes first.

    >>> likeness("Befrielsen", "BEFRIELSEN."), likeness("Väg 12", "Väg 13").kind
    (Likeness(kind='form', share=1.0), 'apart')
    >>> likeness("Sandviks badplats", "Badplatsen Sandvik").kind
    'endings'
    """
    left, right = words(a), words(b)
    if not telling(a) or not telling(b):
        return Likeness("missing", 0.0)
    share = _share(left, right)
    if a == b:
        return Likeness("same", 1.0)
    if "".join(left) == "".join(right) and not _apart(a, b):
        return Likeness("form", 1.0)
    mine, theirs = telling(a), telling(b)
    if _apart(a, b):
        return Likeness("apart", share)
    if mine == theirs:
        return Likeness("generic", share)
    if len(mine) == len(theirs) and all(map(one_word, mine, theirs)):
        return Likeness("endings", share)
    if len(mine) != len(theirs) and _within(mine, theirs):
        return Likeness("part", share)
    if _slip(left, right):
        return Likeness("letters", share)
    return Likeness("other", share)


def key(name: str) -> str:
    """What all names that are one have in common: how their telling words begin; '' where a name is
    none."""
    return " ".join(word[:STEM] for word in telling(name))


@remembered
def _unmade() -> frozenset[tuple[str, ...]]:
    return frozenset(words(name) for name in measures.known().unmade)


_YEARS = re.compile(r"\([^()]{0,40}\)|\b\d{4}\b")


@lru_cache(1 << 16)
def maker(name: str) -> tuple[str, ...]:
    """The words of who made it, in order of the alphabet, without years; () where nobody is named.

    >>> maker("Milles, Carl (1875-1955)"), maker("Okänd konstnär")
    (('carl', 'milles'), ())
    """
    found = words(_YEARS.sub(" ", name))
    return () if found in _unmade() or not found else tuple(sorted(found))


def same_maker(a: str, b: str) -> bool | None:
    """True for one maker in two spellings (order, years, an initial, a letter apart), None where
    one of them names nobody.

    >>> same_maker("C. Milles", "Milles, Carl"), same_maker("Carl Milles", "Ruth Milles")
    (True, False)
    >>> same_maker("", "Carl Milles") is None, same_maker("Pihl 3", "Pihl 13")
    (True, False)
    """
    mine, theirs = maker(a), maker(b)
    if not mine or not theirs:
        return None
    if mine == theirs:
        return True
    if len(mine) != len(theirs):
        less, more = sorted((frozenset(mine), frozenset(theirs)), key=len)
        return less < more and any(len(word) >= LETTERS for word in less)
    alone, others = set(mine) - set(theirs), set(theirs) - set(mine)
    if _numbers(alone) or _numbers(others):
        return False
    if alone and others and len(alone) < len(mine) and _initials(alone, others):
        return True
    return _slip(mine, theirs)


def _numbers(some: set[str]) -> bool:
    return any(word.isdigit() for word in some)


def _initials(alone: set[str], others: set[str]) -> bool:
    """Each word that the other has not is the initial of one there."""
    pairs = list(zip(sorted(alone), sorted(others), strict=True))
    return all(min(len(x), len(y)) == 1 and x[0] == y[0] for x, y in pairs)
