"""The fitted numbers: how much each thing that speaks for an answer weighs, and what is enough.

`python -m training.fit_reader` writes `calibration.json`; it has the figures of the fit as well.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp
from pathlib import Path

FILE = Path(__file__).parent / "calibration.json"
Features = tuple[tuple[str, float], ...]  # what a probability rests on, named


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model."""

    bias: float
    of: Mapping[str, float]

    def logit(self, features: Iterable[tuple[str, float]]) -> float:
        """The log-odds that these features give."""
        return self.bias + sum(self.of[name] * value for name, value in features)


@dataclass(frozen=True, slots=True)
class Calibration:
    """What a reader's readings are worth: of one passage, and of the best of them all."""

    passage: Weights
    verdict: Weights
    answer: float  # the least probability of a firm answer
    maybe: float  # ... and of one that is offered as uncertain


def read_calibration(reader: str) -> Calibration:
    """The numbers for a reader: `trained`, or `none` for the one that needs no training."""
    found = json.loads(FILE.read_text("utf-8"))[reader]
    return Calibration(
        _weights(found["passage"]), _weights(found["verdict"]), found["answer"], found["maybe"]
    )


def _weights(found: Mapping[str, float]) -> Weights:
    return Weights(found["bias"], {name: w for name, w in found.items() if name != "bias"})


def probability(logit: float) -> float:
    """Log-odds -> from 0 to 1."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, logit))))
