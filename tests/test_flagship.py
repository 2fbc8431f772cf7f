"""The questions that Klyngesvar exists for, on the kept content with the real model."""

import pytest
from bot_run import TOKEN
from fakes import text_message
from telegram_standin import TelegramStandIn
from test_app import poll

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


def test_a_question_in_telegram_is_answered_from_the_real_index(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Otherwise PTB's RetryAfter warns that one of its attributes will change its type.
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    with TelegramStandIn(TOKEN) as telegram:
        telegram.feed("message", text_message("Who leads NCE iKuben?", language_code="en"))
        poll(telegram, engine.reply, until=("sendMessage", 1))
        (sent,) = telegram.params("sendMessage")
        assert telegram.refused == []
    assert sent["text"].startswith("<b>Hilde Aspås</b>\n\n<blockquote>Denne profilen på tvers")
    assert "sier <b>Hilde Aspås</b>, NCE iKubens daglige leder" in sent["text"]
    assert "Eyde-klyngen · 2017" in sent["text"]
    button = sent["reply_markup"]["inline_keyboard"][0][0]
    assert button["url"].startswith("https://www.eydecluster.com/no/aktuelt/2017/")
    assert "#:~:text=Denne%20profilen" in button["url"]
