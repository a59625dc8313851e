"""A municipality's and a region's lists of art, with planted pairs: what is the same is known."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field

from helpers.filling_in.merging.same_objects import Ref, Row

MUNICIPALITY, REGION = "karlskrona", "region-blekinge"
MIDDLE = (15.6, 56.17)  # degrees; the works lie within some 12 km
COUNTS = {"same": 60, "moved": 40, "renamed": 40, "square": 60}  # 200 pairs
UNRELATED = 250  # further works of each list
# What looks like one work and is two: casts of a work elsewhere, two works by an artist of one year
# in one square of which each list has one, works of one name close by that one list has no artist for
TRAPS = {"cast": 20, "sibling": 10, "namesake": 20}
FIRST = "Vår Höst Sol Måne Vind Våg Sten Träd Fågel Häst Båt Port Dans Lek Dröm Ljus".split()
SECOND = "i staden|vid havet|över fältet|mot norr|med barn|och skugga|i rörelse|till minne".split(
    "|"
)
THIRD = "Cirkel Spiral Familj Fiskare Sjöjungfru Labyrint Kupol Hjul Duva Klocka Segel Fyr".split()
GIVEN = "Alva Birk Cilla Dante Ebba Folke Greta Hilding Ines Jarl Kaj Lova".split()
FAMILY = "Almskog Bergvik Cederhav Dalsten Ekvind Forsljung Granlund Holmfjäll Isklint".split()
KINDS = "skulptur relief målning mosaik".split()


@dataclass
class Planted:
    """``true``: pairs that are one work -> kind; ``square``: pairs that are two works in one
    square."""

    rows: list[Row] = field(default_factory=list)
    true: dict[frozenset[Ref], str] = field(default_factory=dict)
    square: set[frozenset[Ref]] = field(default_factory=set)


class Maker:
    """Makes works, each with a name of its own most of the time."""

    def __init__(self, seed: int) -> None:
        self.rng, self.made, self.number = random.Random(seed), Planted(), 0

    def name(self) -> str:
        form = self.rng.randrange(3)
        first, second = self.rng.choice(FIRST), self.rng.choice(SECOND)
        third = self.rng.choice(THIRD)
        return (f"{first} {second}", f"{third} och {first.lower()}", f"{third} {second}")[form]

    def work(self) -> dict[str, str]:
        artist = f"{self.rng.choice(GIVEN)} {self.rng.choice(FAMILY)}"
        year = str(self.rng.randint(1930, 2024))
        return {
            "name": self.name(),
            "artist": artist,
            "year": year,
            "type": self.rng.choice(KINDS),
        }

    def spot(self) -> tuple[float, float]:
        return self.away((0.0, 0.0), 12_000)

    def away(self, spot: tuple[float, float], most: float, least: float = 0) -> tuple[float, float]:
        """Metres east and north of the middle, somewhere from ``least`` to ``most`` off."""
        turn, far = self.rng.uniform(0, 2 * math.pi), self.rng.uniform(least, most)
        return spot[0] + far * math.cos(turn), spot[1] + far * math.sin(turn)

    def put(self, whose: str, work: dict[str, str], spot: tuple[float, float] | None) -> Ref:
        self.number += 1
        lon = lat = None
        if spot is not None:
            lat = MIDDLE[1] + spot[1] / 111_320
            lon = MIDDLE[0] + spot[0] / (111_320 * math.cos(math.radians(MIDDLE[1])))
        row = Row(whose, f"K{self.number:04}", work, lon, lat, self.number)
        self.made.rows.append(row)
        return row.ref

    def respelt(self, work: dict[str, str]) -> dict[str, str]:
        """The same work as another register writes it."""
        name, artist = work["name"], work["artist"]
        given, family = artist.split(" ")
        spellings = (
            name.upper(),
            f"Skulpturen {name}",
            f"{name}.",
            f"”{name}”",
            name.replace(" ", "  "),
            f"{name}s" if name[-1] != "I" else name,
            self.slipped(name),
        )
        artists = (artist, f"{family}, {given}", f"{given[0]}. {family}", f"{artist} (1901–1980)")
        year = self.rng.choice((work["year"], str(int(work["year"]) + 1)))
        return work | {
            "name": self.rng.choice(spellings),
            "artist": self.rng.choice(artists),
            "year": year,
        }

    def slipped(self, name: str) -> str:
        """With two letters of its longest word that have changed places, or one left out."""
        word = max(name.split(), key=len)
        if len(word) < 6:
            return name
        at = self.rng.randint(1, len(word) - 3)
        swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        return name.replace(word, self.rng.choice((swapped, word[:at] + word[at + 1 :])))

    def trap(self, kind: str, number: int) -> None:
        work, spot = self.work(), self.spot()
        self.put(MUNICIPALITY, work, spot)
        if kind == "cast":
            year = str(int(work["year"]) + 12) if number % 4 else ""
            self.put(REGION, self.respelt(work) | {"year": year}, self.away(spot, 9_000, 2_000))
        elif kind == "sibling":
            self.put(REGION, work | {"name": self.name()}, self.away(spot, 15))
        else:
            other = self.work() | {"name": work["name"], "artist": "" if number % 4 else "Okänd"}
            self.put(REGION, other, self.away(spot, 290, 120))

    def pair(self, kind: str, number: int) -> None:
        work, spot = self.work(), self.spot()
        one = self.put(MUNICIPALITY, work, spot)
        if kind == "same":
            unknown = {"artist": ""} if number % 6 == 0 else {}
            other = self.put(REGION, self.respelt(work) | unknown, self.away(spot, 80))
        elif kind == "moved":
            there = None if number % 8 == 0 else self.away(spot, 9_000, 400)
            unknown = {"year": ""} if number % 5 == 0 else {}
            other = self.put(REGION, self.respelt(work) | unknown, there)
        elif kind == "renamed":
            named = self.respelt(work) | {"name": self.name() if number % 4 else "Utan titel"}
            other = self.put(REGION, named, self.away(spot, 20))
        else:
            self.square(work, spot, one, number)
            return
        self.made.true[frozenset((one, other))] = kind

    def square(
        self, work: dict[str, str], spot: tuple[float, float], one: Ref, number: int
    ) -> None:
        """Another work in the same square: by another artist, by the same one in another year, or
        of a series of which both lists have both."""
        second, there = self.work(), self.away(spot, 40)
        if number % 3 == 0:
            work |= {"name": f"{work['name']} I"}
            second = work | {"name": work["name"] + "I"}
            twin = self.put(MUNICIPALITY, second, there)
            again = self.put(REGION, self.respelt(work), self.away(spot, 5))
            self.made.true[frozenset((one, again))] = "same"
            other = self.put(REGION, self.respelt(second), self.away(there, 5))
            self.made.true[frozenset((twin, other))] = "same"
        else:
            if number % 3 == 1:
                second |= {"artist": work["artist"], "year": str(int(work["year"]) - 9)}
            other = self.put(REGION, second, there)
        self.made.square.add(frozenset((one, other)))


def planted(seed: int) -> Planted:
    """200 planted pairs among traps and unrelated works, in no order."""
    maker = Maker(seed)
    for kind, count in COUNTS.items():
        for number in range(count):
            maker.pair(kind, number)
    for kind, count in TRAPS.items():
        for number in range(count):
            maker.trap(kind, number)
    for whose in (MUNICIPALITY, REGION):
        for _ in range(UNRELATED):
            maker.put(whose, maker.work(), maker.spot())
    maker.rng.shuffle(maker.made.rows)
    return maker.made
