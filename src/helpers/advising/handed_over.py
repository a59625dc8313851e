"""Results that others made at home and hand over: held to what is read of them before anything is
made of it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, StrictBool, StrictInt, field_validator
from pydantic_core import PydanticCustomError


class Said(BaseModel):
    """A sentence in both languages."""

    sv: str
    en: str


class Owner(BaseModel):
    """What is read of the organisation."""

    id: str
    name: str
    kind: Literal["kommun", "region", "samverkan", "okand"]
    named_in_public: StrictBool


class Verdict(BaseModel):
    """What is read of the gate."""

    verdict: Literal["stopp", "granska", "fri"]


class Advised(BaseModel):
    """What is read of the advice."""

    code: str


class Step(BaseModel):
    """What is read of a step that remains."""

    id: str
    short: Said


class Rule(BaseModel):
    """What is read of a finding."""

    id: str
    outcome: Literal["passed", "failed", "not_applicable", "error"]
    severity: Literal["critical", "warning", "info"]
    message: Said
    version: Annotated[StrictInt, Field(ge=1)] = 1


class Result(BaseModel):
    """What is read of a candidate; whatever else it holds is passed over."""

    id: str
    type: str
    subtype: str | None
    organisation: Owner
    synthetic: StrictBool
    published: str
    system: str | None
    gate: Verdict | None
    advice: Advised | None
    steps: list[Step]
    findings: list[Rule]


class Results(BaseModel):
    """What is read of a file of results."""

    finished: dt.datetime
    candidates: list[Result]

    @field_validator("finished", mode="before")
    @classmethod
    def _moment(cls, value: Any) -> Any:
        try:
            return dt.datetime.fromisoformat(value)
        except (TypeError, ValueError):
            raise PydanticCustomError("own", "{kind}", {"kind": "moment"}) from None
