import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from fake_index import asked_of
from fakes import no_answer

from index import known
from index.answer import Answer
from index.known import KnownAnswers
from index.lexical import Lexicon
from index.question import Question


def question(text: str) -> Question:
    return asked_of(text, Lexicon(()))


class Finder:
    """Finds an answer that names the question, and notes what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, question: Question) -> Answer:
        self.asked.append(question.text)
        return no_answer(suggestions=(question.text,))


def test_the_one_that_was_not_asked_for_longest_goes_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(known, "MOST", 2)
    answers, find = KnownAnswers(), Finder()
    found = [answers.answer(question(text), find) for text in "abacab"]
    assert find.asked == ["a", "b", "c", "b"]
    assert [answer.suggestions for answer, _ in found] == [(text,) for text in "abacab"]
    assert [is_known for _, is_known in found] == [False, False, True, False, True, False]


def test_equal_questions_at_the_same_time_are_found_once() -> None:
    answers, finder, start = KnownAnswers(), Finder(), Barrier(8)

    def find(question: Question) -> Answer:
        time.sleep(0.05)  # so that the others come meanwhile
        return finder(question)

    def ask(_: int) -> bool:
        start.wait()
        return answers.answer(question("a"), find)[1]

    with ThreadPoolExecutor(8) as threads:
        assert sorted(threads.map(ask, range(8))) == [False, *[True] * 7]
    assert finder.asked == ["a"]


def test_a_question_that_failed_is_asked_again() -> None:
    def fail(_: Question) -> Answer:
        raise RuntimeError("once")

    answers = KnownAnswers()
    with pytest.raises(RuntimeError, match="once"):
        answers.answer(question("a"), fail)
    assert answers.answer(question("a"), Finder()) == (no_answer(suggestions=("a",)), False)
