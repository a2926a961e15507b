"""The shapes of everything that goes in and comes out; imports nothing else of the project."""

from .article import Article, Copy, Evidence
from .base import SCHEMA_VERSION, Record
from .claims import Certainty, Check, Claim, Scope, Stance
from .edtf import Edtf
from .forecast import ArticleForecast, Bounded, Cost, Forecast
from .run import Failure, PromptUse, Provenance, Stage, Usage
from .story import (
    Agreement,
    Basis,
    Change,
    ChangeKind,
    Comparison,
    DecidedBy,
    Disagreement,
    Estimate,
    Judged,
    MergedSummary,
    Position,
    Relation,
    Severity,
    SingleSource,
    Subtype,
    Verdict,
    Voice,
)
from .summary import Cited, EventSummary
from .values import DateValue, Name, Qualifier, Quantity, Text, Value, YesNo

__all__ = [
    "SCHEMA_VERSION",
    "Agreement",
    "Article",
    "ArticleForecast",
    "Basis",
    "Bounded",
    "Certainty",
    "Change",
    "ChangeKind",
    "Check",
    "Cited",
    "Claim",
    "Comparison",
    "Copy",
    "Cost",
    "DateValue",
    "DecidedBy",
    "Disagreement",
    "Edtf",
    "Estimate",
    "EventSummary",
    "Evidence",
    "Failure",
    "Forecast",
    "Judged",
    "MergedSummary",
    "Name",
    "Position",
    "PromptUse",
    "Provenance",
    "Qualifier",
    "Quantity",
    "Record",
    "Relation",
    "Scope",
    "Severity",
    "SingleSource",
    "Stage",
    "Stance",
    "Subtype",
    "Text",
    "Usage",
    "Value",
    "Verdict",
    "Voice",
    "YesNo",
]
