"""A distribution has no licence: nobody may know what they may do with the data.

Source: DCAT-AP-SE recommends ``dcterms:license`` on each distribution.
"""

from __future__ import annotations

from helpers.metadata import properties
from helpers.metadata.faults.fault import Fault, lacking

FAULT = Fault(
    lambda graph: lacking(graph, properties.DISTRIBUTION, "dcterms:license"), "owner", rank=7
)
