from collections import defaultdict
from math import log

import pytest
from fake_index import article, asked_of

from index.answer import Answer, decide
from index.calibration import Calibration, Weights
from index.lexical import Lexicon
from index.names import Names
from index.passages import split
from index.question import Question
from index.reader import Reading
from knowledge.articles import Article
from knowledge.glossary import read_glossary
from knowledge.names import Mention
from knowledge.paths import KNOWLEDGE
from knowledge.register import Cluster, make_register

OLD = article("old", "Kari Ås leder klyngen.\n", published="2015")
NEW = article("new", "Per Øy leder klyngen.\n", published="2020-03")
SAME = article("same", "Leder er Per Øy.\n", published="2018")
LEXICON = Lexicon([])
NAMES = Names(make_register((Cluster("NCE Tang", (), ()),)), (OLD, NEW), LEXICON)


ANSWER, MAYBE = 0.8, 0.3
# The verdict is as sure as the best reading alone.
CALIBRATION = Calibration(
    Weights(0.0, {}), Weights(0.0, defaultdict(float, {"score": 1.0})), ANSWER, MAYBE
)


def decided(asked: Question, readings: list[Reading]) -> Answer:
    return decide(asked, readings, NAMES, CALIBRATION)


def reading(source: Article, answer: str | None, probability: float) -> Reading:
    (passage,) = split(source)
    start = source.body.index(answer) if answer else 0
    span = (start, start + len(answer)) if answer else None
    return Reading(passage, span, log(probability / (1 - probability)), ())


def question(text: str = "Hvem leder klyngen?", unknown: tuple[Mention, ...] = ()) -> Question:
    return asked_of(text, LEXICON, (), unknown)


def test_the_verdict_follows_the_probability() -> None:
    for probability, verdict in (
        (ANSWER + 0.01, "answer"),
        (MAYBE + 0.01, "maybe"),
        (MAYBE - 0.01, "none"),
    ):
        answer = decided(question(), [reading(OLD, "Kari Ås", probability)])
        assert answer.verdict == verdict
        assert answer.confidence == pytest.approx(probability)
        assert bool(answer.quotes) == (verdict != "none")


def test_no_reading_is_none() -> None:
    assert decided(question(), []).verdict == "none"


def test_the_newest_source_answers_and_the_older_is_shown_as_older() -> None:
    readings = [reading(OLD, "Kari Ås", 0.97), reading(NEW, "Per Øy", 0.96)]
    answer = decided(question(), readings)
    assert answer.text == "Per Øy"
    assert [(q.article.slug, q.relation) for q in answer.quotes] == [
        ("new", "proof"),
        ("old", "older"),
    ]
    assert answer.quotes[0].text == "Per Øy leder klyngen."
    assert answer.quotes[0].highlight == (0, 6)


def test_a_question_about_a_year_is_not_answered_by_what_is_newest() -> None:
    readings = [reading(OLD, "Kari Ås", 0.97), reading(NEW, "Per Øy", 0.96)]
    assert decided(question("Hvem ledet i 2015?"), readings).text == "Kari Ås"


def test_a_newer_source_that_is_less_sure_does_not_answer() -> None:
    readings = [reading(OLD, "Kari Ås", 0.97), reading(NEW, "Per Øy", 0.75)]
    assert decided(question(), readings).text == "Kari Ås"


def test_sources_that_say_the_same_agree() -> None:
    readings = [reading(NEW, "Per Øy", 0.97), reading(SAME, "Per Øy", 0.9)]
    relations = [quote.relation for quote in decided(question(), readings).quotes]
    assert relations == ["proof", "agrees"]


def test_an_unknown_name_is_never_answered_but_asked_back() -> None:
    text = "Hvem leder NCE Tangg Nord?"
    unknown = Mention("nce tangg nord", 11, 25)
    answer = decided(question(text, (unknown,)), [reading(OLD, "Kari Ås", 0.99)])
    assert (answer.verdict, answer.quotes) == ("none", ())
    assert answer.suggestions == ("Hvem leder NCE Tang?",)


def test_the_same_year_agrees_and_another_conflicts() -> None:
    first = article("a", "Det var i juni 2014.\n", published="2020")
    same = article("b", "It was on 18 June 2014.\n", "en", published="2019")
    other = article("c", "Det var i 2015.\n", published="2020")
    readings = [
        reading(first, "juni 2014", 0.97),
        reading(same, "18 June 2014", 0.96),
        reading(other, "2015", 0.95),
    ]
    answer = decided(question("Når var det?"), readings)
    assert [(q.article.slug, q.relation) for q in answer.quotes] == [
        ("a", "proof"),
        ("b", "agrees"),
        ("c", "conflicts"),
    ]


@pytest.mark.parametrize(
    ("published", "relation"),
    [("2019", "older"), ("2020-02", "older"), ("2020", "conflicts"), (None, "conflicts")],
)
def test_only_what_is_certainly_older_is_called_so(published: str | None, relation: str) -> None:
    other = article("other", "Kari Ås leder klyngen.\n", published=published)
    answer = decided(question(), [reading(NEW, "Per Øy", 0.97), reading(other, "Kari Ås", 0.96)])
    assert [quote.relation for quote in answer.quotes] == ["proof", relation]


@pytest.mark.parametrize(
    ("text", "is_role"),
    [
        ("Hvem leder klyngen?", True),
        ("Hvem er daglig leder nå?", True),
        ("Hvem ledet klyngen i 2015?", False),
        ("Hvem var leder før?", False),
        ("Hvor holder klyngen til?", False),
    ],
)
def test_who_holds_a_role_now_is_known_as_such(text: str, is_role: bool) -> None:
    lexicon = Lexicon(read_glossary(KNOWLEDGE / "glossary.yaml"))
    asked = asked_of(text, lexicon)
    assert decided(asked, [reading(OLD, "Kari Ås", 0.97)]).is_role is is_role


def test_another_place_is_no_conflict() -> None:
    first = article("a", "Klyngen holder til i Molde.\n")
    other = article("b", "Klyngen har kontor i Oslo.\n")
    readings = [reading(first, "Molde", 0.97), reading(other, "Oslo", 0.96)]
    answer = decided(question("Hvor holder klyngen til?"), readings)
    assert [quote.article.slug for quote in answer.quotes] == ["a"]
