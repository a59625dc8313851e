"""Which numbers must not be shown, so that no small group is told by itself or by subtraction from a total.

A cell is suppressed where it rests on 1 to k - 1 things. Then, for each total that is shown, what remains when all shown
cells are subtracted must be nothing, or at least k things in at least two cells: else the smallest shown cell of that total
is suppressed too (complementary suppression, as in SDC handbooks, e.g. Hundepool et al., 2012). Cells that lie in part in a
total are counted by their part, so that an attacker who knows the parts learns no more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping

Part = tuple[Hashable, Hashable, int]  # cell, total, how many of the cell's things lie in the total


def suppressed(counts: Mapping[Hashable, int], parts: Iterable[Part], k: int) -> set[Hashable]:
    """The cells of ``counts`` that must not be shown beside the totals named in ``parts``.

    A total that is itself below k must not be shown at all; its cells are below k too.
    """
    members: dict[Hashable, list[tuple[int, int, Hashable]]] = defaultdict(list)  # total -> (count, part, cell)
    totals: dict[Hashable, list[Hashable]] = defaultdict(list)  # cell -> its totals
    for cell, total, part in parts:
        members[total].append((counts[cell], part, cell))
        totals[cell].append(total)
    for own in members.values():
        own.sort(key=lambda one: (one[0], str(one[2])))
    hidden = {cell for cell, count in counts.items() if 0 < count < k}
    waiting = list(members)
    next_of = dict.fromkeys(members, 0)
    while waiting:
        total = waiting.pop()
        own = members[total]
        rest = [part for _, part, cell in own if cell in hidden and part]
        while rest and (len(rest) < 2 or sum(rest) < k):
            at = next_of[total]
            while at < len(own) and (own[at][2] in hidden or not own[at][1]):
                at += 1
            next_of[total] = at
            if at == len(own):
                break  # nothing is left to show under this total: subtraction gives the total itself
            _, part, cell = own[at]
            hidden.add(cell)
            rest.append(part)
            waiting += [other for other in totals[cell] if other != total]
    return hidden
