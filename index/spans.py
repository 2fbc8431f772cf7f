"""Two offsets in a text, and how two such pairs lie to each other."""

from collections.abc import Iterable

Span = tuple[int, int]


def touches(a: Span, others: Iterable[Span]) -> bool:
    """Whether a span shares text with any of the others."""
    return any(a[0] < end and start < a[1] for start, end in others)


def gap(a: Span, b: Span) -> int:
    """How many characters lie between two spans; 0 where they touch."""
    return max(0, a[0] - b[1], b[0] - a[1])
