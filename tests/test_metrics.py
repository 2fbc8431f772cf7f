import logging
from dataclasses import replace

import pytest
from fakes import answer, no_answer

from bot.metrics import Metrics, observed
from index.followup import Reply


def series(text: str) -> dict[str, float]:
    """Prometheus' text format: name and labels -> number."""
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return {name: float(number) for name, number in (line.rsplit(" ", 1) for line in lines)}


def test_what_is_there_before_anything_happens() -> None:
    metrics = Metrics()
    found = series(metrics.text())
    assert found["klyngesvar_failures_total"] == 0
    assert found["klyngesvar_waiting"] == 0
    assert found['klyngesvar_answer_seconds_bucket{le="+Inf"}'] == 0
    assert not any(name.startswith("klyngesvar_questions_total") for name in found)


def test_the_page_is_in_prometheus_format() -> None:
    metrics = Metrics()
    metrics.questions.add("answer", "nb")
    metrics.questions.add("answer", "nb")
    metrics.questions.add("none", "en")
    metrics.index.add('a"b\\c\nd')
    page = metrics.text()
    assert page.startswith(
        "# HELP klyngesvar_questions_total Questions answered.\n"
        "# TYPE klyngesvar_questions_total counter\n"
        'klyngesvar_questions_total{verdict="answer",language="nb"} 2\n'
        'klyngesvar_questions_total{verdict="none",language="en"} 1\n'
        "# HELP klyngesvar_failures_total"
    )
    assert page.endswith('klyngesvar_index_info{version="a\\"b\\\\c\\nd"} 1\n')
    assert "# TYPE klyngesvar_waiting gauge\n" in page
    assert "# TYPE klyngesvar_answer_seconds histogram\n" in page


def test_a_bucket_holds_what_took_at_most_as_long() -> None:
    metrics = Metrics()
    for seconds in (0.04, 0.1, 0.31, 60.0):
        metrics.seconds.observe(seconds)
    found = series(metrics.text())
    name = "klyngesvar_answer_seconds"
    limits = "0.1 0.2 0.3 0.4 0.5 0.75 1 2.5 5 10 +Inf".split()
    counts = [found[f'{name}_bucket{{le="{limit}"}}'] for limit in limits]
    assert counts == [2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 4]
    assert found[f"{name}_count"] == 4
    assert found[f"{name}_sum"] == pytest.approx(60.45)


def test_questions_are_counted_timed_and_logged_without_their_text(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def ask(question: str) -> Reply:
        found = replace(answer(question), version=3) if "leder" in question else no_answer("en")
        return Reply(found, None, None)

    metrics = Metrics()
    with caplog.at_level(logging.INFO):
        assert observed(ask, metrics)("Hvem leder NCE iKuben?").answer.text == "Hilde Aspås"
        observed(ask, metrics)("En hemmelighet?")
    found = series(metrics.text())
    assert found['klyngesvar_questions_total{verdict="answer",language="nb"}'] == 1
    assert found['klyngesvar_questions_total{verdict="none",language="en"}'] == 1
    assert found["klyngesvar_answer_seconds_count"] == 2
    first, second = (vars(record)["values"] for record in caplog.records)
    assert (first["verdict"], first["language"], first["version"]) == ("answer", "nb", 3)
    assert (second["verdict"], second["language"]) == ("none", "en")
    assert "hemmelighet" not in f"{caplog.text}{first}{second}"


def test_a_question_that_fails_is_counted_and_fails() -> None:
    def ask(question: str) -> Reply:
        raise RuntimeError(question)

    metrics = Metrics()
    with pytest.raises(RuntimeError, match="Hva"):
        observed(ask, metrics)("Hva?")
    found = series(metrics.text())
    assert (found["klyngesvar_failures_total"], found["klyngesvar_answer_seconds_count"]) == (1, 0)


def test_a_known_answer_is_a_hit_and_an_answered_question() -> None:
    metrics = Metrics()
    for is_known in (False, True, True):
        observed(lambda known: Reply(answer(), None, None, is_known=known), metrics)(is_known)
    found = series(metrics.text())
    assert found["klyngesvar_cache_hits_total"] == 2
    assert found['klyngesvar_questions_total{verdict="answer",language="nb"}'] == 3
