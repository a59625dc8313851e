"""A distribution has no title: the portal shows "Ingen titel angiven".

Source: forum of dataportal.se, thread 1046; the profile has the title as optional.
"""

from __future__ import annotations

from helpers.metadata import properties
from helpers.metadata.faults.fault import Fault, lacking

FAULT = Fault(
    lambda graph: lacking(graph, properties.DISTRIBUTION, "dcterms:title"), "owner", rank=10
)
