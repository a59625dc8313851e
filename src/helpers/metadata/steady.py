"""Blank nodes are named by what is said of them, so that the same graph is written with the same
bytes; in time that grows with the graph, whatever its shape.

``rdflib.compare.to_canonical_graph`` takes hours of a hundred blank nodes that are alike. Here each
is told by what points at it and what it points at, round by round; of those that stay alike one is
told apart and the rounds go on, until the work allowed is done. Only a graph made to be hard gets
names that may differ from one time to the next; it is the same graph even so.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator

from rdflib import BNode, Graph
from rdflib.term import Node

WORK = 500_000  # statements looked at, all rounds together
Triple = tuple[Node, Node, Node]
_Edge = tuple[str, str, Node]  # which way, the property, the other end


class _Colours:
    """What each blank node looks like so far."""

    def __init__(self, graph: Graph) -> None:
        self.edges: dict[BNode, list[_Edge]] = defaultdict(list)
        for subject, name, value in graph:
            if isinstance(subject, BNode):
                self.edges[subject].append((">", str(name), value))
            if isinstance(value, BNode):
                self.edges[value].append(("<", str(name), subject))
        self.colour = dict.fromkeys(self.edges, "")
        self.work = WORK
        self.each = sum(map(len, self.edges.values())) or 1

    def _seen(self, node: Node) -> str:
        return f"_:{self.colour[node]}" if isinstance(node, BNode) else repr(node)

    def refine(self) -> None:
        """Rounds until no more are told apart."""
        several = len(set(self.colour.values()))
        while self.work > 0:
            self.work -= self.each
            self.colour = {
                node: _digest(
                    self.colour[node],
                    *sorted(f"{way}{name} {self._seen(other)}" for way, name, other in edges),
                )
                for node, edges in self.edges.items()
            }
            now = len(set(self.colour.values()))
            if now == several:
                return
            several = now

    def alike(self) -> list[BNode]:
        """The first of the nodes that look alike; none where each looks its own."""
        those: dict[str, list[BNode]] = defaultdict(list)
        for node, colour in self.colour.items():
            those[colour].append(node)
        return those[min((c for c, nodes in those.items() if len(nodes) > 1), default="")] or []

    def names(self) -> dict[BNode, BNode]:
        self.refine()
        while self.work > 0 and (alike := self.alike()):
            self.colour[alike[0]] = _digest(self.colour[alike[0]], "first")
            self.refine()
        order = sorted(self.colour, key=lambda node: self.colour[node])
        return {node: BNode(f"cb{i}") for i, node in enumerate(order)}


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def triples(graph: Graph) -> Iterator[Triple]:
    """The statements of a graph, its blank nodes named by what is said of them."""
    names = _Colours(graph).names()
    for statement in graph:
        subject, name, value = (
            names.get(part, part) if isinstance(part, BNode) else part for part in statement
        )
        yield subject, name, value
