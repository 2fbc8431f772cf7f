from dataclasses import replace

import pytest
from fake_index import article

from index.answer import Answer, Quote
from index.lexical import Lexicon
from index.passages import split
from index.question import understand
from index.reader import Reading
from training.asking import Asked
from training.fit_reader import answer_threshold, fit_passages
from training.scores import figures, judge

ARTICLE = article("a", "Klyngen har ti medlemmer.\n")


def _asked(group: str, score: float | None, right: bool, answerable: bool = True) -> Asked:
    """A question with one reading of this score, or none."""
    (passage, *_) = split(ARTICLE)
    readings = () if score is None else (Reading(passage, None, score, (("here", score),)),)
    question = understand("Hva er det?", None, Lexicon(()), (), ())
    return Asked(question, "what", group, "same", True, (), answerable, readings, lambda _: right)


def test_an_answer_is_firm_from_where_hardly_any_is_wrong() -> None:
    sure = [(_asked("a", 5.0, right=True), 0.9)] * 40
    wrong = [(_asked("b", 5.0, right=False), 0.7)] * 4
    false = [(_asked("c", 5.0, right=False, answerable=False), 0.8)] * 2
    absent = [(_asked("c", 5.0, right=False, answerable=False), 0.1)] * 40
    questions, chances = zip(*sure, *wrong, *false, *absent, strict=True)
    assert answer_threshold(questions, chances, [1.0] * 86) == pytest.approx(0.8, abs=0.006)
    # The false ones are a hundredth of a set that is worth as much as all others: few enough.
    shares = [1.0] * 44 + [0.01] * 2 + [1.0] * 40
    assert answer_threshold(questions, chances, shares) == pytest.approx(0.705, abs=0.006)


def test_passages_that_are_right_get_the_higher_score() -> None:
    asked = [_asked(str(n), 1.0, right=True) for n in range(9)]
    asked += [_asked(str(n), -1.0, right=False, answerable=False) for n in range(9)]
    weights = fit_passages([asked])
    assert weights.of["here"] > 1
    assert weights.logit((("here", 1.0),)) > 0 > weights.logit((("here", -1.0),))


def test_answers_are_judged_by_quote_and_by_short_answer() -> None:
    asked = _asked("a", 5.0, right=True)
    (passage, *_) = split(ARTICLE)
    quote = Quote(ARTICLE, passage.start, passage.end, None, "proof")
    answers = [
        Answer("?", "nb", "answer", "ti", 0.9, (quote,), ()),
        Answer("?", "nb", "none", None, 0.1, (), ()),
    ]
    found = figures([judge(replace(asked, answers=("ti",)), each) for each in answers])["all"]
    assert (found["right"], found["firm"], found["short"], found["none"]) == (0.5, 0.5, 0.5, 0.5)
    assert (found["firm wrong"], found["unanswerable"]) == (0, 0)
