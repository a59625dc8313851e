"""Small counts that must not be shown, by the gate's k, nor be found by subtraction from a total:
the one place for it.

A count from 1 to k - 1 is small and hidden; noughts are shown: nobody is behind them. What else
must be hidden, so that no total brings a small count back (complementary suppression, as in SDC
handbooks, e.g. Hundepool et al., 2012), depends on the form of the table:

- ``in_parts``: cells that lie, wholly or in part, in totals (squares in municipalities in
  counties). For each total that is shown, what remains when all shown cells are subtracted must be
  nothing, or at least k things in at least two cells: else its smallest shown cell is hidden too.
  Cells are counted by their part, so that who knows the parts learns no more.
- ``in_table``: a crossed table with its totals, by Repsilber's hypercube method (1994; statistics
  offices use it). Every hidden cell is one corner of a rectangle of the table with its totals whose
  corners are all hidden. Along it a cell may be anything from 1 to k (a total anything up to k)
  while every row, every column and every total still adds up: what can be reckoned out tells
  nothing more, not even that the cell is small.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Counts = NDArray[np.int64]

K = 5  # unless declared: the least number that statistics offices commonly show [M]
SUPPRESSED = ".."  # stands for a small count, as statistics offices write it
MAX_SIDE = 200  # rows or columns of a crossed table: the search is quadratic for each hidden cell
FREE, NEVER = 2**62, 2**58
Part = tuple[Hashable, Hashable, int]  # cell, total, how many of the cell's things lie in the total


def is_small(count: Any, k: int) -> Any:
    """True for a number, or for each of an array, from 1 to k - 1."""
    return (count > 0) & (count < k)


def small_sql(count: str, k: int) -> str:
    """The same as SQL of a column; null where the column is."""
    return f"({count} > 0 and {count} < {k})"


def in_parts(counts: Mapping[Hashable, int], parts: Iterable[Part], k: int) -> set[Hashable]:
    """The cells of ``counts`` that must not be shown beside the totals named in ``parts``.

    A total that is itself below k must not be shown at all; its cells are below k too.
    """
    # total -> (count, part, cell), and cell -> its totals
    members: dict[Hashable, list[tuple[int, int, Hashable]]] = defaultdict(list)
    totals: dict[Hashable, list[Hashable]] = defaultdict(list)
    for cell, total, part in parts:
        members[total].append((counts[cell], part, cell))
        totals[cell].append(total)
    for shares in members.values():
        shares.sort(key=lambda share: (share[0], str(share[2])))
    hidden = {cell for cell, count in counts.items() if is_small(count, k)}
    waiting = list(members)
    next_of = dict.fromkeys(members, 0)
    while waiting:
        total = waiting.pop()
        shares = members[total]
        rest = [part for _, part, cell in shares if cell in hidden and part]
        while rest and (len(rest) < 2 or sum(rest) < k):
            position = next_of[total]
            while position < len(shares) and (
                shares[position][2] in hidden or not shares[position][1]
            ):
                position += 1
            next_of[total] = position
            if position == len(shares):
                # nothing is left to show under this total: subtraction gives the total itself
                break
            _, part, cell = shares[position]
            hidden.add(cell)
            rest.append(part)
            waiting += [other for other in totals[cell] if other != total]
    return hidden


def _room(table: Counts) -> tuple[Counts, Counts]:
    """How far each cell of the table with its totals may fall and rise, totals counted with the
    opposite sign.

    With the totals below zero (and the whole above) each row and each column sums to 0. A cell
    holds at least 1.
    """
    import numpy as np  # 0.2 s

    falls, rises = table - 1, np.full(table.shape, FREE)
    for margin in (np.s_[:-1, -1], np.s_[-1, :-1]):
        rises[margin], falls[margin] = table[margin] - 1, FREE
    empty = table == 0  # known to be nobody: it cannot move
    falls[empty], rises[empty] = -1, -1
    return falls, rises


def with_totals(cells: Counts) -> Counts:
    """The table with its row totals in the last column, its column totals in the last row, and the
    whole in the corner."""
    import numpy as np  # 0.2 s

    whole = np.zeros((cells.shape[0] + 1, cells.shape[1] + 1), dtype=np.int64)
    whole[:-1, :-1] = cells
    whole[:-1, -1], whole[-1, :-1] = cells.sum(axis=1), cells.sum(axis=0)
    whole[-1, -1] = cells.sum()
    return whole


def in_table(cells: Counts, k: int) -> NDArray[np.bool_]:
    """Which cells of ``with_totals(cells)`` must not be shown. ``cells``: whole numbers from 0, at
    most 200 x 200. Raises ``ValueError`` for a larger table.

    >>> import numpy as np
    >>> hidden = in_table(np.array([[3, 40, 50], [60, 70, 80], [90, 20, 30]]), 5)
    >>> hidden[:-1, :-1].astype(int).tolist()
    [[1, 1, 0], [0, 0, 0], [1, 1, 0]]
    """
    import numpy as np  # 0.2 s

    if max(cells.shape) > MAX_SIDE:
        raise ValueError(f"at most {MAX_SIDE} rows and columns")
    table = with_totals(cells)
    small = is_small(table, k)
    gone = small.copy()
    falls, rises = _room(table)
    total = np.zeros(table.shape, dtype=bool)
    total[-1], total[:, -1] = True, True
    turned = total.copy()  # counted with the opposite sign
    turned[-1, -1] = False
    cost = np.where(table > 0, table, NEVER)  # what is lost by hiding a cell
    for i, j in sorted(
        zip(*np.nonzero(small), strict=True), key=lambda cell: (-int(table[cell]), cell)
    ):
        # the cell itself goes up to k and down to 1; the corner across goes with it, the two beside
        # it against it
        rise, fall = k - table[i, j], 0 if total[i, j] else table[i, j] - 1
        if turned[i, j]:
            rise, fall = fall, rise
        price = np.where(gone, 0, cost)
        across = np.where((rises >= rise) & (falls >= fall), price, NEVER)
        beside = np.where((falls >= rise) & (rises >= fall), price, NEVER)
        sums = beside[i, :][None, :] + beside[:, j][:, None] + across
        sums[i, :], sums[:, j] = NEVER, NEVER
        row, column = np.unravel_index(int(sums.argmin()), sums.shape)
        if sums[row, column] >= NEVER:
            raise ValueError("the totals and the whole always make a rectangle")
        gone[i, column] = gone[row, j] = gone[row, column] = True
    return gone
