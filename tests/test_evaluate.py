"""Each score, with questions and answers few enough to count by hand."""

import json
from pathlib import Path

import pytest
from fake_index import LEADER, MONEY, answer, article, no_answer, quote, write_article

from index.answer import Answer, Quote
from index.evaluate import (
    Outcome,
    Scores,
    answered_in,
    by_pair,
    evaluate,
    is_right,
    is_same,
    score,
)
from index.report import as_json, tables
from knowledge.articles import Language
from knowledge.questions import GoldenQuestion, Proof, Unanswerable

SEA = article("sjo", "The sea is cold. The sea is cold.\n", "en")
ARTICLES = (LEADER, MONEY, SEA)

LEADS = Proof("leder", "Kari Ås er leder", ("Kari Ås",))
PAYS = Proof("penger", "Staten gir penger.", ())
COLD = Proof("sjo", "sea is cold", ("cold",))


def golden(name: str, language: Language, *proofs: Proof) -> GoldenQuestion:
    return GoldenQuestion(name, f"{name}?", language, proofs, None)


def unanswerable(name: str, language: Language, why: Unanswerable) -> GoldenQuestion:
    return GoldenQuestion(name, f"{name}?", language, (), why)


QUESTIONS = (
    golden("right", "nb", LEADS),
    golden("wrong-quote", "nb", LEADS),
    golden("wrong-short", "en", LEADS),
    golden("maybe", "en", COLD),
    golden("none", "nn", PAYS, LEADS),
    unanswerable("false", "en", "missing fact"),
    unanswerable("false-maybe", "nn", "small talk"),
    unanswerable("refused", "nn", "unknown cluster"),
)
KARI = quote(LEADER, "Kari Ås er leder.")
STATE = quote(MONEY, "Staten gir penger.")
ANSWERS: dict[str, Answer] = {
    "right?": answer(KARI, STATE, text="Kari Ås", ms=10),
    "wrong-quote?": answer(STATE, KARI, text="Staten", ms=20),
    "wrong-short?": answer(KARI, text="leder", ms=30),
    "maybe?": answer(quote(SEA, "The sea is cold."), text="Cold", verdict="maybe", ms=40),
    "none?": no_answer(),
    "false?": answer(STATE, ms=60),
    "false-maybe?": answer(STATE, verdict="maybe", ms=70),
    "refused?": no_answer(),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for source in ARTICLES:
        write_article(tmp_path, source)
    return tmp_path


@pytest.fixture
def outcomes(folder: Path) -> tuple[Outcome, ...]:
    return evaluate(QUESTIONS, ARTICLES, folder, lambda text, _: ANSWERS[text])


def test_every_score_is_what_one_counts(outcomes: tuple[Outcome, ...]) -> None:
    assert score(outcomes) == Scores(
        answerable=5,
        right=0.6,  # right, wrong-short, maybe
        right_and_firm=0.4,
        short_answer=0.5,  # right and maybe, of four that got a quote
        firm_but_wrong=0.2,
        needless_none=0.2,
        unanswerable=3,
        false_answer=0.333,
        false_maybe=0.333,
        coverage=0.5,  # four of all eight
        risk=0.5,  # a wrong quote, and one where there is nothing to quote
        verbatim=1.0,
    )


def test_language_pairs_are_scored_apart(outcomes: tuple[Outcome, ...]) -> None:
    pairs = by_pair(outcomes)
    assert list(pairs) == ["en", "en-en", "en-nb", "nb-nb", "nn", "nn-nb"]
    assert (pairs["nb-nb"].answerable, pairs["nb-nb"].right) == (2, 0.5)
    assert (pairs["en-en"].right, pairs["en-en"].right_and_firm) == (1.0, 0.0)
    assert pairs["nn-nb"].short_answer is None  # it got no quote
    assert (pairs["nn"].unanswerable, pairs["nn"].false_maybe) == (2, 0.5)
    assert pairs["nn"].right is None


def test_a_quote_that_the_file_does_not_have_is_counted(folder: Path) -> None:
    write_article(folder, article("penger", "Staten gir mer.\n"))
    found = evaluate(QUESTIONS, ARTICLES, folder, lambda text, _: ANSWERS[text])
    assert score(found).verbatim == 0.5  # four of eight quotes are from the other articles


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (0, 4, False),
        (0, 5, True),
        (14, 15, True),
        (15, 17, False),
        (17, 23, True),
        (33, 34, False),
    ],
)
def test_a_right_quote_overlaps_a_proof_wherever_it_stands(
    start: int, end: int, expected: bool
) -> None:
    given = Quote(SEA, start, end, None, "proof")
    assert is_right(given, COLD) is expected  # the proof stands at 4-15 and at 21-32


def test_the_same_words_in_another_article_are_no_proof() -> None:
    other = article("kopi", LEADER.body)
    assert not is_right(quote(other, "Kari Ås er leder."), LEADS)


@pytest.mark.parametrize(
    ("given", "accepted", "expected"),
    [
        ("Kari  ås", "kari Ås", True),
        ("25 millioner kroner", "25 millioner", True),  # F1 0.8
        ("daglig leder Kari Ås", "Kari Ås", True),  # F1 0.67
        ("vår daglige leder Kari Ås", "Kari Ås", False),  # F1 0.57
        ("Kari", "Kari Ås", True),  # F1 0.67
        ("Ås Kari", "Kari Ås", False),  # neither holds the other
        ("", "Kari Ås", False),
        ("%", "%", True),
        ("5", "25", False),  # held, but no word is shared
    ],
)
def test_short_answers_are_the_same_when_they_are_close(
    given: str, accepted: str, expected: bool
) -> None:
    assert is_same(given, accepted) is expected
    assert is_same(accepted, given) is expected


@pytest.mark.parametrize(("percent", "ms"), [(50, 30.0), (95, 70.0), (1, 10.0), (100, 70.0)])
def test_percentiles_are_times_that_were_measured(
    outcomes: tuple[Outcome, ...], percent: int, ms: float
) -> None:
    asked = [outcome for outcome in outcomes if outcome.answer.quotes]
    assert [outcome.answer.ms for outcome in asked] == [10, 20, 30, 40, 60, 70]
    assert answered_in(asked, percent) == ms


def test_the_report_is_a_table_and_what_went_wrong(outcomes: tuple[Outcome, ...]) -> None:
    lines = tables(outcomes).splitlines()
    assert [line.split() for line in lines[1:6]] == [
        ["total", "5", "60.0%", "40.0%", "50.0%", "20.0%", "20.0%"],
        ["en-en", "1", "100.0%", "0.0%", "100.0%", "0.0%", "0.0%"],
        ["en-nb", "1", "100.0%", "100.0%", "0.0%", "0.0%", "0.0%"],
        ["nb-nb", "2", "50.0%", "50.0%", "50.0%", "50.0%", "0.0%"],
        ["nn-nb", "1", "0.0%", "0.0%", "-", "0.0%", "100.0%"],
    ]
    assert lines[7:11] == [
        "           unanswerable    false answer     false maybe",
        "total                 3           33.3%           33.3%",
        "en                    1          100.0%            0.0%",
        "nn                    2            0.0%           50.0%",
    ]
    assert [line.split() for line in lines[12:16]] == [
        ["coverage", "risk"],
        ["total", "50.0%", "50.0%"],
        ["en", "100.0%", "100.0%"],
        ["en-en", "0.0%", "-"],
    ]
    assert lines[21] == "verbatim 100.0% of the quotes"
    assert lines[23:28] == [
        "",
        "wrong-quote: wrong-quote?",
        "  quote: answer 0.93 Staten",
        "  got    penger: Staten gir penger.",
        "  wanted leder: Kari Ås er leder",
    ]
    assert [line for line in lines[24:] if line.endswith("?")] == [
        "wrong-quote: wrong-quote?",
        "wrong-short: wrong-short?",
        "none: none?",
        "false: false?",
        "false-maybe: false-maybe?",
    ]
    assert "  should be none, missing fact: answer 0.93 -" in lines


def test_the_report_for_programs_says_the_same(outcomes: tuple[Outcome, ...]) -> None:
    found = json.loads(as_json(outcomes))
    assert list(found) == ["total", "by_pair", "ms", "wrong"]
    assert found["total"]["right"] == 0.6
    assert found["by_pair"]["nn"]["false_maybe"] == 0.5
    assert found["wrong"][0] == {
        "id": "wrong-quote",
        "question": "wrong-quote?",
        "verdict": "answer",
        "confidence": 0.929,
        "answer": "Staten",
        "quote": {"article": "penger", "text": "Staten gir penger."},
        "wanted": [{"article": "leder", "text": "Kari Ås er leder", "answers": ["Kari Ås"]}],
        "unanswerable": None,
    }
    assert [wrong["quote"] for wrong in found["wrong"] if wrong["id"] == "none"] == [None]
