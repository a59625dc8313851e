"""Personal identity numbers as people write them, anywhere in a text: the one place that knows
their spellings.

Skatteverket's personnummer and samordningsnummer: year, month, day (a samordningsnummer's day has
60 added), three digits and a check digit by Luhn's method over the ten last. Here stands what a
number looks like, never whose it is. A text is taken apart in steps: ``unfolding`` writes it
plainly, ``runs`` finds digits that belong together, ``spelling`` says which of them are written as
a number, ``dates`` whether the date is one, and ``finding`` puts it together.
"""

from helpers.words.personal_numbers.dates import is_real_day
from helpers.words.personal_numbers.finding import LETTERED, SIEVE, Number, find
from helpers.words.personal_numbers.showing import certain, hide, shape

__all__ = ["LETTERED", "SIEVE", "Number", "certain", "find", "hide", "is_real_day", "shape"]
