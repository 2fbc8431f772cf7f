from dataclasses import replace

import pytest
from fake_index import article, asked_of

from index.calibration import Weights, probability, read_calibration
from index.lexical import Lexicon
from index.passages import split
from index.question import Question
from index.reader import Reading
from index.verdict import is_same, verdict_features
from knowledge.articles import Article, Language
from knowledge.names import Mention

LEXICON = Lexicon([])


def asked(text: str, names: tuple[Mention, ...] = ()) -> Question:
    return asked_of(text, LEXICON, names)


def reading(
    body: str,
    answer: str | None,
    score: float,
    read: float | None = None,
    language: Language = "nb",
) -> Reading:
    source: Article = article(body[:5], f"{body}\n", language)
    (passage,) = split(source)
    start = body.index(answer) if answer else 0
    span = (start, start + len(answer)) if answer else None
    features = () if read is None else (("read", read), ("unread", 0.0))
    return Reading(passage, span, score, features)


def features(text: str, *readings: Reading) -> dict[str, float]:
    return dict(verdict_features(asked(text), readings[0], readings))


def test_only_what_says_something_else_is_a_rival() -> None:
    best = reading("Kari Ås leder.", "Kari Ås", 3.0, 5.0)
    same = reading("Leder er Kari Ås.", "Kari Ås", 2.5, 4.0)
    rival = reading("Per Øy leder.", "Per Øy", 1.0, 2.0)
    found = features("Hvem leder?", best, same, rival)
    assert (found["lead"], found["read lead"]) == (2.0, 3.0)


def test_without_a_rival_the_lead_is_as_long_as_it_counts() -> None:
    found = features("Hvem leder?", reading("Kari Ås leder.", "Kari Ås", 3.0, 5.0))
    assert (found["lead"], found["read lead"]) == (8.0, 8.0)


def test_the_article_leads_by_what_the_search_says_of_it() -> None:
    best, beside, other = (
        replace(reading(body, None, score), features=(("search", search),))
        for body, score, search in [
            ("Ja vi.", 3.0, -1.0),
            ("Ja vi.", 1.0, 0.0),
            ("Nei.", 2.0, -4.0),
        ]
    )
    found = features("Hvem leder?", best, beside, other)
    assert (found["article lead"], found["one article"]) == (4.0, 0.0)
    alone = features("Hvem leder?", best, beside)
    assert (alone["article lead"], alone["one article"]) == (0.0, 1.0)


def test_a_passage_that_was_not_read_counts_as_read_with_nothing_found() -> None:
    found = features(
        "Hvem leder?",
        reading("Kari Ås leder.", "Kari Ås", 3.0),
        reading("Per Øy leder.", "Per Øy", 1.0, -2.0),
    )
    assert found["read lead"] == -6.0


def test_the_kind_is_told_and_whether_the_languages_differ() -> None:
    best = reading("Kari Ås leads.", "Kari Ås", 3.0, 5.0, "en")
    found = features("Hvem leder?", best)
    assert (found["person"], found["date"], found["translated"]) == (1.0, 0.0, 1.0)
    assert features("Who leads it?", best)["translated"] == 0.0


@pytest.mark.parametrize(
    ("question", "one", "other", "expected"),
    [
        ("Hvem leder?", "Kari Ås", "KARI ÅS", True),
        ("Hvem leder?", "Kari Ås", "Per Øy", False),
        ("Hvor mange?", "40 deltakere", "40 partnere", True),
        ("Hvor mange?", "førti deltakere", "Førti partnere", True),
        ("Hvor mange?", "40 deltakere", "41 deltakere", False),
        ("Hvor mange?", "fem år", "up to five years", True),
        ("Hvor mange?", "inntil tre år", "3 år", True),
        ("Hvor mange?", "1 500", "over 1500", True),
        ("Hvor mange?", "over hundre", "over femti", False),
        ("Hvor mange?", "flere titalls", "flere hundretalls", False),
        ("Hvor mye?", "fem millioner kroner", "5 mill. kroner", True),
        ("Hvem leder?", "Kari Ås", "Ås", True),
        ("Hvem leder?", "Kari Ås", "daglig leder Kari Ås", True),
        ("Hvem leder?", "Kari Ås", "Kari Øy", False),
        ("Hvor er det?", "Molde", "Molde sentrum", False),
        ("Når var det?", "1. september", "1 September", True),
        ("Når var det?", "1. september", "2. september", False),
        ("Når var det?", "juni 2014", "18 June 2014", True),
        ("Når var det?", "juni 2014", "juni 2015", False),
        ("Når var det?", None, "juni 2015", False),
        ("Når var det?", None, None, True),
    ],
)
def test_same_answers(question: str, one: str | None, other: str | None, expected: bool) -> None:
    readings = [reading(f"Svar: {text or 'ja'}.", text, 1.0) for text in (one, other)]
    assert is_same(asked(question).kind, *readings) is expected


def test_weights_are_added_up() -> None:
    weights = Weights(-1.0, {"read": 0.5, "here": 2.0})
    assert weights.logit((("read", 4.0), ("here", 0.5))) == 2.0
    assert probability(0.0) == 0.5
    assert probability(-1000.0) == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize("reader", ["none", "trained"])
def test_the_shipped_numbers_weigh_every_feature(reader: str) -> None:
    calibration = read_calibration(reader)
    found = features("Hvem leder?", reading("Kari Ås leder.", "Kari Ås", 3.0, 5.0))
    assert calibration.verdict.of.keys() == found.keys()
    assert 0 < calibration.maybe < calibration.answer < 1
