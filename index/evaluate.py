"""Golden questions and a function that answers in, scores out; every score is defined here."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from index.answer import Answer, Quote, Verdict
from index.percentile import percentile
from index.verbatim import slice_of
from knowledge.articles import Article, Language
from knowledge.questions import GoldenQuestion, Proof

Ask = Callable[[str, Language | None], Answer]

_SAME = 0.6  # token F1 from which on a longer or shorter wording counts as the same answer


@dataclass(frozen=True, slots=True)
class Outcome:
    """One golden question with the answer it got."""

    golden: GoldenQuestion
    answer: Answer
    pair: str  # the question's language and that of the article with its first proof: "en-nb"
    is_right: bool  # the first quote overlaps a proof
    is_short_right: bool | None  # None where no short answer was due
    verbatim: tuple[bool, ...]  # of each quote

    def is_(self, verdict: Verdict) -> bool:
        """Whether this was the verdict."""
        return self.answer.verdict == verdict

    @property
    def is_wrong(self) -> bool:
        """Whether somebody should look at it."""
        if self.golden.unanswerable:
            return not self.is_("none")
        return not self.is_right or self.is_short_right is False


@dataclass(frozen=True, slots=True)
class Scores:
    """How many questions there were, and shares of them; a share of nothing is None."""

    answerable: int
    right: float | None  # answerable: the first quote is right, firm or maybe
    right_and_firm: float | None  # answerable: it is right and the verdict is `answer`
    short_answer: float | None  # of those that got a quote and have short answers: it is right
    firm_but_wrong: float | None  # answerable: the verdict is `answer` and the quote is wrong
    needless_none: float | None  # answerable: the verdict is `none`
    unanswerable: int
    false_answer: float | None  # unanswerable: the verdict is `answer`
    false_maybe: float | None  # unanswerable: the verdict is `maybe`
    coverage: float | None  # of all: the verdict is `answer`
    risk: float | None  # of those: the quote is wrong, or nothing was there to be answered
    verbatim: float | None  # of all quotes: the file has the same words at the same place


def evaluate(
    questions: Iterable[GoldenQuestion], articles: Iterable[Article], folder: Path, ask: Ask
) -> tuple[Outcome, ...]:
    """Ask every question and judge what comes; `folder` holds the articles' files."""
    library = {article.slug: article for article in articles}
    return tuple(
        _outcome(golden, ask(golden.question, None), library, folder) for golden in questions
    )


def _outcome(
    golden: GoldenQuestion, answer: Answer, library: Mapping[str, Article], folder: Path
) -> Outcome:
    return Outcome(
        golden=golden,
        answer=answer,
        pair="-".join(
            [golden.language, *(library[p.article].language for p in golden.proofs[:1])]
        ),
        is_right=any(
            is_right(answer.quotes[0], proof) for proof in golden.proofs if answer.quotes
        ),
        is_short_right=_is_short_right(golden, answer),
        verbatim=tuple(_is_verbatim(quote, folder) for quote in answer.quotes),
    )


def is_right(quote: Quote, proof: Proof) -> bool:
    """Whether a quote overlaps a proof, in the same article and at the same position."""
    if quote.article.slug != proof.article:
        return False
    found = re.finditer(re.escape(proof.text), quote.article.body)
    return any(quote.start < match.end() and match.start() < quote.end for match in found)


def _is_short_right(golden: GoldenQuestion, answer: Answer) -> bool | None:
    accepted = [text for proof in golden.proofs for text in proof.answers]
    if not accepted or answer.verdict == "none":
        return None
    return any(is_same(answer.text or "", text) for text in accepted)


def is_same(given: str, accepted: str) -> bool:
    """Whether two short answers are equal, or one holds the other and their words are close.

    Case and white space do not count; close means a token F1 (as in SQuAD) of at least 0.6.
    """
    one, other = (" ".join(text.casefold().split()) for text in (given, accepted))
    if not one or not other:
        return False
    return one == other or ((one in other or other in one) and _token_f1(one, other) >= _SAME)


def _token_f1(one: str, other: str) -> float:
    """The harmonic mean of how much of each text's words the other has."""
    words = [Counter(re.findall(r"\w+", text)) for text in (one, other)]
    shared = (words[0] & words[1]).total()
    return 2 * shared / max(1, words[0].total() + words[1].total())


def _is_verbatim(quote: Quote, folder: Path) -> bool:
    return quote.text == slice_of(folder / f"{quote.article.slug}.md", quote.start, quote.end)


def score(outcomes: Iterable[Outcome]) -> Scores:
    """The shares among these outcomes."""
    asked = list(outcomes)
    answerable = [o for o in asked if not o.golden.unanswerable]
    others = [o for o in asked if o.golden.unanswerable]
    return Scores(
        answerable=len(answerable),
        right=_share(o.is_right for o in answerable),
        right_and_firm=_share(o.is_right and o.is_("answer") for o in answerable),
        short_answer=_share(o.is_short_right for o in answerable if o.is_short_right is not None),
        firm_but_wrong=_share(o.is_("answer") and not o.is_right for o in answerable),
        needless_none=_share(o.is_("none") for o in answerable),
        unanswerable=len(others),
        false_answer=_share(o.is_("answer") for o in others),
        false_maybe=_share(o.is_("maybe") for o in others),
        coverage=_share(o.is_("answer") for o in asked),
        risk=_share(not o.is_right for o in asked if o.is_("answer")),
        verbatim=_share(chain.from_iterable(o.verbatim for o in asked)),
    )


def _share(judged: Iterable[bool]) -> float | None:
    each = list(judged)
    return round(sum(each) / len(each), 3) if each else None


def by_pair(outcomes: Iterable[Outcome]) -> dict[str, Scores]:
    """The scores of each language pair; unanswerable questions have but their own language."""
    pairs: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        pairs.setdefault(outcome.pair, []).append(outcome)
    return {pair: score(pairs[pair]) for pair in sorted(pairs)}


def answered_in(outcomes: Iterable[Outcome], percent: int) -> float:
    """The milliseconds within which so many per cent were answered."""
    return round(percentile([outcome.answer.ms for outcome in outcomes], percent), 1)
