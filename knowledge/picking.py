"""Which of a numbered list somebody wants: "1,3-5", "alle", or nothing."""

import re

_ALL = {"alle", "all"}
_PART = re.compile(r"\s*(\d{1,6})\s*(?:[-–]\s*(\d{1,6})\s*)?")


def picked(typed: str, count: int) -> list[int] | None:
    """The numbers, in order and none twice; None where the list has no such numbers."""
    if typed.lower() in _ALL:
        return list(range(1, count + 1))
    parts = [_PART.fullmatch(part) for part in typed.split(",")] if typed else []
    ranges = [range(int(part[1]), int(part[2] or part[1]) + 1) for part in parts if part]
    numbers = {number for numbers in ranges for number in numbers}
    is_listed = len(ranges) == len(parts) and numbers <= {*range(1, count + 1)}
    return sorted(numbers) if is_listed and all(ranges) else None
