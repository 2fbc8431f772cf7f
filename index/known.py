"""Answers that have been found before, so that an equal question does not find them again."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from index.answer import Answer
from index.question import Question

MOST = 1000  # the one that was not asked for longest goes first


class KnownAnswers:
    """One engine's answers by what was understood, since nothing else decides them."""

    def __init__(self) -> None:
        self._answers: OrderedDict[Question, Answer] = OrderedDict()
        self._lock = Lock()

    def answer(
        self, question: Question, find: Callable[[Question], Answer]
    ) -> tuple[Answer, bool]:
        """The answer, and whether it was known; equal questions at the same time find it once."""
        with self._lock:
            known = self._answers.pop(question, None)
            answer = known or find(question)
            self._answers[question] = answer
            if len(self._answers) > MOST:
                self._answers.popitem(last=False)
        return answer, known is not None
