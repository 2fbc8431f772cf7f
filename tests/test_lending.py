from collections.abc import Callable
from typing import TypeVar

import numpy as np
from fake_index import FakeEncoder

from index.lending import PatientEncoder, at_once

Result = TypeVar("Result")


def test_passages_are_encoded_a_few_at_a_time_and_in_order() -> None:
    encoder, sizes = FakeEncoder(), list[int]()

    def lend(work: Callable[[], Result]) -> Result:
        before = len(encoder.seen)
        result = work()
        sizes.append(len(encoder.seen) - before)
        return result

    texts = ["leder", "penger", "sjø", "annet", "leder sjø"] * 7
    patient = PatientEncoder(encoder, lend)
    assert np.array_equal(
        patient.encode_passages(texts, progress=True), FakeEncoder().encode_passages(texts, False)
    )
    assert sizes == [16, 16, 3]
    assert patient.identity == {"model": "fake"}


def test_at_once_does_it_now() -> None:
    assert at_once(lambda: 5) == 5
