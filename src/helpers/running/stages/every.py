"""Every stage of a candidate, by name, in the order in which one needs the other."""

from __future__ import annotations

from helpers.running.stage import Stage
from helpers.running.stages.answering import ANSWERING
from helpers.running.stages.checking import CHECKING
from helpers.running.stages.facts import FACTS
from helpers.running.stages.picturing import PICTURING
from helpers.running.stages.points_to_fix import POINTS_TO_FIX
from helpers.running.stages.profiling import PROFILING
from helpers.running.stages.publisher import PUBLISHER
from helpers.running.stages.reading import READING
from helpers.running.stages.recognising import RECOGNISING
from helpers.running.stages.relating import RELATING
from helpers.running.stages.rows_to_fix import ROWS_TO_FIX
from helpers.running.stages.screening import SCREENING

STAGES: dict[str, Stage] = {
    stage.name: stage
    for stage in (
        READING,
        RECOGNISING,
        SCREENING,
        PROFILING,
        PICTURING,
        RELATING,
        PUBLISHER,
        CHECKING,
        ROWS_TO_FIX,
        POINTS_TO_FIX,
        ANSWERING,
        FACTS,
    )
}
