"""Times in, the one that most of them do not exceed out."""

from collections.abc import Sequence
from math import ceil


def percentile(values: Sequence[float], percent: int) -> float:
    """The smallest value that so many per cent do not exceed (nearest rank); 0 where none is."""
    return sorted(values)[ceil(len(values) * percent / 100) - 1] if values else 0.0
