import pytest

from index.percentile import percentile


@pytest.mark.parametrize(("percent", "value"), [(25, 1), (26, 2), (50, 2), (51, 3), (95, 4)])
def test_the_nearest_rank(percent: int, value: float) -> None:
    assert percentile([4.0, 1.0, 3.0, 2.0], percent) == value


def test_only_the_last_of_twenty_is_above_95_per_cent() -> None:
    assert percentile(range(1, 21), 95) == 19
    assert percentile(range(1, 22), 95) == 20


def test_of_nothing_it_is_nought() -> None:
    assert percentile([], 95) == 0
