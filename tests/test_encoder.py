"""The model that comes with the package gives the vectors that it is known for."""

import numpy as np
import pytest

from index.e5s1 import SHA256
from index.encoder import EMBEDDED, SentenceEncoder, load_encoder
from knowledge.errors import KlyngesvarError


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return load_encoder()


@pytest.mark.slow
def test_vectors_are_the_known_ones(encoder: SentenceEncoder) -> None:
    found = encoder.encode_query("Who leads NCE iKuben?")
    assert found.shape == (384,)
    known = [0.05665787, -0.04927896, -0.09125081, -0.08225378]
    assert found[:4].tolist() == pytest.approx(known, abs=1e-3)


@pytest.mark.slow
def test_vectors_are_unit_vectors_in_the_order_of_the_texts(encoder: SentenceEncoder) -> None:
    texts = ["Hilde Aspås leder iKuben.", "kort", "Klyngen får 25 millioner kroner over fem år."]
    together = encoder.encode_passages(texts, progress=False)
    alone = np.stack([encoder.encode_passages([text], progress=False)[0] for text in texts])
    assert np.linalg.norm(together, axis=1).tolist() == pytest.approx([1, 1, 1], abs=1e-5)
    assert np.allclose(together, alone, atol=1e-4)


@pytest.mark.slow
def test_questions_and_passages_have_their_own_prompts(encoder: SentenceEncoder) -> None:
    asked = encoder.encode_query("leder")
    said = encoder.encode_passages(["leder"], progress=False)[0]
    bare = encoder.model.encode(["query: leder", "passage: leder"], normalize_embeddings=True)
    assert np.allclose([asked, said], bare, atol=1e-4)
    assert not np.allclose(asked, said, atol=1e-2)


@pytest.mark.slow
def test_the_identity_names_the_model_its_weights_and_its_prompts(
    encoder: SentenceEncoder,
) -> None:
    assert encoder.identity == {
        "model": EMBEDDED,
        "revision": SHA256,
        "query_prompt": "query: ",
        "passage_prompt": "passage: ",
    }


@pytest.mark.slow
def test_a_model_that_is_not_there_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLYNGESVAR_ENCODER", "/nowhere/at/all")
    with pytest.raises(
        KlyngesvarError, match=r"^KLYNGESVAR_ENCODER=/nowhere/at/all: no such model"
    ):
        load_encoder()
