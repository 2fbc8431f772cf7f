import pytest

from knowledge.picking import picked


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("1", [1]),
        ("1,3-5", [1, 3, 4, 5]),
        ("5, 2 – 3,2", [2, 3, 5]),
        ("alle", [1, 2, 3, 4, 5]),
        ("ALL", [1, 2, 3, 4, 5]),
        ("", []),
        ("6", None),
        ("0", None),
        ("4-6", None),
        ("3-2", None),
        ("1,", None),
        ("to", None),
        ("-1", None),
        ("1-999999999999", None),
    ],
)
def test_what_is_typed(typed: str, numbers: list[int] | None) -> None:
    assert picked(typed, 5) == numbers
