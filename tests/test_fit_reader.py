from dataclasses import replace

import pytest
from fake_index import article, asked_of

from index.answer import Answer, Quote
from index.lexical import Lexicon
from index.passages import split
from index.reader import Reading
from training.asking import Asked
from training.fit_reader import Held, answer_threshold, fit_passages, held_out
from training.scores import figures, judge

ARTICLE = article("a", "Klyngen har ti medlemmer.\n")


def _asked(group: str, score: float | None, right: bool, answerable: bool = True) -> Asked:
    """A question with one reading of this score, or none."""
    (passage, *_) = split(ARTICLE)
    readings = () if score is None else (Reading(passage, None, score, (("here", score),)),)
    question = asked_of("Hva er det?", Lexicon(()))
    return Asked(question, "what", group, "same", True, (), answerable, readings, lambda _: right)


def test_an_answer_is_firm_from_where_hardly_any_is_wrong() -> None:
    held = [Held(0.9, True, True, 1.0)] * 40 + [Held(0.7, False, True, 1.0)] * 4
    false = [Held(0.8, False, False, 1.0)] * 2
    absent = [Held(0.1, False, False, 1.0)] * 40
    assert answer_threshold([*held, *false, *absent]) == pytest.approx(0.805, abs=0.006)
    # The false ones are a hundredth of a set that is worth as much as all others: few enough.
    few = [replace(each, share=0.01) for each in false]
    assert answer_threshold([*held, *few, *absent]) == pytest.approx(0.705, abs=0.006)


def test_a_question_is_judged_by_fits_that_have_not_seen_its_article() -> None:
    """Each article's score tells what is right in it and, in all others, what is wrong."""
    groups = [f"article {n}" for n in range(12)]
    likes = [_asked(g, 5.0, right=True) for g in groups]
    odd = [_asked("odd", 5.0, right=False)] * 12
    held = held_out([[*likes, *odd]])
    judged = [each for each in held if not each.is_right]
    assert min(each.chance for each in judged) > 0.9
    assert len(held) == 24


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
