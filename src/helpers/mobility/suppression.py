"""Small cells of a table with totals, hidden so that no subtraction brings them back.

A count from 1 to k - 1 is hidden (primary), a total of that size too. Then every hidden cell gets company, by Repsilber's
hypercube method (1994; statistics offices use it): a rectangle of the table with its totals, of which it is one corner and
whose corners are all hidden. Along such a rectangle a cell may be anything from 1 to k (a total anything up to k) while every
row, every column and every total still adds up: what can be reckoned out tells nothing more, not even that the cell is small.
Noughts are shown: nobody is behind them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
MAX_SIDE = 200  # rows or columns of a table: the search is quadratic for each hidden cell
FREE = np.int64(2**62)
NEVER = np.int64(2**58)


def _room(table: Counts) -> tuple[Counts, Counts]:
    """How far each cell of the table with its totals may fall and rise, totals counted with the opposite sign.

    With the totals below zero (and the whole above) each row and each column sums to 0. A cell holds at least 1.
    """
    falls, rises = table - 1, np.full(table.shape, FREE)
    for margin in (np.s_[:-1, -1], np.s_[-1, :-1]):
        rises[margin], falls[margin] = table[margin] - 1, FREE
    empty = table == 0  # known to be nobody: it cannot move
    falls[empty], rises[empty] = -1, -1
    return falls, rises


def with_totals(cells: Counts) -> Counts:
    """The table with its row totals in the last column, its column totals in the last row, and the whole in the corner."""
    whole = np.zeros((cells.shape[0] + 1, cells.shape[1] + 1), dtype=np.int64)
    whole[:-1, :-1] = cells
    whole[:-1, -1], whole[-1, :-1], whole[-1, -1] = cells.sum(axis=1), cells.sum(axis=0), cells.sum()
    return whole


def hidden(cells: Counts, k: int) -> NDArray[np.bool_]:
    """Which cells of ``with_totals(cells)`` must not be shown. ``cells``: whole numbers from 0, at most 200 x 200.

    >>> hidden(np.array([[3, 40, 50], [60, 70, 80], [90, 20, 30]]), 5)[:-1, :-1].astype(int).tolist()
    [[1, 1, 0], [0, 0, 0], [1, 1, 0]]
    """
    if max(cells.shape) > MAX_SIDE:
        raise ValueError(f"at most {MAX_SIDE} rows and columns")
    table = with_totals(cells)
    small = (table > 0) & (table < k)
    gone = small.copy()
    falls, rises = _room(table)
    total = np.zeros(table.shape, dtype=bool)
    total[-1], total[:, -1] = True, True
    turned = total.copy()  # counted with the opposite sign
    turned[-1, -1] = False
    cost = np.where(table > 0, table, NEVER)  # what is lost by hiding a cell
    for i, j in sorted(zip(*np.nonzero(small), strict=True), key=lambda at: (-int(table[at]), at)):
        # the cell itself goes up to k and down to 1; the corner across goes with it, the two beside it against it
        rise, fall = k - table[i, j], 0 if total[i, j] else table[i, j] - 1
        if turned[i, j]:
            rise, fall = fall, rise
        price = np.where(gone, 0, cost)
        across = np.where((rises >= rise) & (falls >= fall), price, NEVER)
        beside = np.where((falls >= rise) & (rises >= fall), price, NEVER)
        sums = beside[i, :][None, :] + beside[:, j][:, None] + across
        sums[i, :], sums[:, j] = NEVER, NEVER
        row, column = np.unravel_index(int(sums.argmin()), sums.shape)
        assert sums[row, column] < NEVER, "the totals and the whole always make a rectangle"
        gone[i, column] = gone[row, j] = gone[row, column] = True
    return gone
