"""The questions that Klyngesvar exists for, on the kept content with the real model."""

import pytest

from index.engine import Engine, load_engine
from knowledge.paths import KNOWLEDGE

pytestmark = pytest.mark.slow

SENTENCE = "sier Hilde Aspås, NCE iKubens daglige leder"


@pytest.fixture(scope="module")
def engine() -> Engine:
    return load_engine(KNOWLEDGE, progress=False)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Who leads NCE iKuben?", "en"),
        ("Hvem leder iKuben?", "nb"),
        ("Kven er dagleg leiar i NCE iKuben?", "nn"),
    ],
)
def test_who_leads_ikuben(engine: Engine, question: str, language: str) -> None:
    found = engine.ask(question, None)
    assert (found.verdict, found.text, found.language) == ("answer", "Hilde Aspås", language)
    proof = found.quotes[0]
    assert proof.article.slug == "ny-status-for-klyngene"
    assert SENTENCE in proof.text
    assert proof.highlight is not None
    assert proof.article.body[slice(*proof.highlight)] == "Hilde Aspås"


def test_a_leader_of_something_else_does_not_lead_act(engine: Engine) -> None:
    found = engine.ask("Who leads ACT?", None)
    assert "Maltby" not in (found.text or "")
    assert not any("leder av Eyde Innovation Center" in quote.text for quote in found.quotes)


def test_a_cluster_that_does_not_exist_gets_suggestions_and_no_answer(engine: Engine) -> None:
    found = engine.ask("Who leads NCE Seafod Innovation?", None)
    assert (found.verdict, found.quotes) == ("none", ())
    assert found.suggestions[0] == "Who leads NCE Seafood Innovation?"
