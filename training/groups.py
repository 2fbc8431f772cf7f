"""A question and the windows it is trained on: the one with its answer, and those without."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from index.candidates import candidates
from index.spans import Span, touches
from index.windows import PHASES, Window, grid, sentences, window_at
from knowledge.articles import Article
from training.item import Item
from training.naming import Naming
from training.retrieval import Mined

HARD = 0.75  # how often the negative of the same article is the tempting one, not a random one
BEREFT = 0.4  # ... and how often it is the answer's own window without the proof


@dataclass(frozen=True, slots=True)
class Shown:
    """A window that a question is put to, and where its answer stands there, if it does."""

    window: Window
    answer: Span | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The windows that one question is put to."""

    question: str
    shown: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Sampler:
    """Draws a group for an item: other windows, other negatives each time."""

    articles: dict[str, Article] = field(repr=False)
    mined: dict[tuple[str, str], Mined] = field(repr=False)
    naming: Naming = field(repr=False)

    def group(self, item: Item, rng: random.Random) -> Group:
        """The answer's window, one negative of its article and one of another."""
        windows = _cut(item, rng)
        first = _first(item, windows, rng)
        mined = self.mined.get((item.article.slug, item.question))
        negatives = _bereft(item, rng) if rng.random() < BEREFT else []
        negatives = negatives or self._same(item, windows, first, mined, rng)
        if mined and not item.is_closed:
            negatives += self._other(item, mined, rng)
        shown = [Shown(first, item.answer)] if first else []
        return Group(item.question, (*shown, *map(Shown, negatives)))

    def _same(
        self,
        item: Item,
        windows: Sequence[Window],
        first: Window | None,
        mined: Mined | None,
        rng: random.Random,
    ) -> list[Window]:
        pool = [window for window in windows if window != first and not _tells(item, window)]
        hard = [window for window in pool if _is_tempting(item, window, mined)]
        pool = hard if hard and rng.random() < HARD else pool
        return [rng.choice(pool)] if pool else []

    def _other(self, item: Item, mined: Mined, rng: random.Random) -> list[Window]:
        """A window that the retriever found elsewhere, mostly one of its first."""
        if not self.naming.names_its_article(item.question, item.article):
            return []
        found = [each for each in mined.other if not self._may_answer(item, each[0])]
        if not found:
            return []
        slug, start, end = found[min(int(rng.expovariate(0.5)), len(found) - 1)]
        window = window_at(grid(self.articles[slug], rng.randrange(PHASES)), (start, end))
        return [window] if window and not _tells(item, window) else []

    def _may_answer(self, item: Item, slug: str) -> bool:
        """Whether another article, on the same things, may hold what the question's own lacks."""
        article = self.articles[slug]
        return item.answer is None and self.naming.names_its_article(item.question, article)


def _cut(item: Item, rng: random.Random) -> Sequence[Window]:
    """The article's windows, cut where the answer stays whole."""
    phases = rng.sample(range(PHASES), PHASES)
    for phase in phases:
        windows = grid(item.article, phase)
        if item.answer is None or window_at(windows, item.answer):
            return windows
    return ()


def _first(item: Item, windows: Sequence[Window], rng: random.Random) -> Window | None:
    """The window of the answer, or of the sentence that tempts; else any."""
    if item.near is None:
        return rng.choice(windows) if windows else None
    if item.answer:
        return window_at(windows, item.answer)
    return next((w for w in windows if w.start <= item.near[0] < w.end), None)


def _bereft(item: Item, rng: random.Random) -> list[Window]:
    """The answer's surroundings without the sentences that prove it: all else that tempts."""
    if item.answer is None or item.near is None:
        return []
    article, near = item.article, item.near
    proof = [s for s in sentences(article) if touches((s.start, s.end), [near])]
    if not proof:
        return []
    start, end = proof[0].start, proof[-1].end
    rest = replace(article, body=article.body[:start] + article.body[end:].lstrip())
    windows = grid(rest, rng.randrange(PHASES))
    around = [w for w in windows if w.start <= start <= w.end and not _tells(item, w)]
    return around[:1]


def _tells(item: Item, window: Window) -> bool:
    """Whether a window says the answer too, so that "not here" would be a lie."""
    if item.answer is None:
        return False
    answer = item.article.body[slice(*item.answer)].lower()
    return answer in window.text.lower()


def _is_tempting(item: Item, window: Window, mined: Mined | None) -> bool:
    """Whether the retriever likes the window, or it holds other people where one is asked for."""
    liked = mined.same[:2] if mined else ()
    if any(window.start <= start < window.end for start, _ in liked):
        return True
    return item.kind == "who" and bool(candidates(window.text, "person"))


class Stream:
    """Items in random order, again and again; the place in it can be kept and taken up."""

    def __init__(self, items: Sequence[Item], name: str) -> None:
        """`name` seeds the order."""
        self._items = items
        self._name = name
        self._order = lru_cache(maxsize=1)(self._shuffled)
        self.at = 0

    def draw(self, sampler: Sampler) -> Group:
        """The next item's group; the same place always gives the same group."""
        epoch, place = divmod(self.at, len(self._items))
        item = self._items[self._order(epoch)[place]]
        self.at += 1
        return sampler.group(item, random.Random(f"{self._name} {epoch} {place}"))

    def _shuffled(self, epoch: int) -> list[int]:
        order = list(range(len(self._items)))
        random.Random(f"{self._name} {epoch}").shuffle(order)
        return order


class Mixture:
    """General questions and questions about clusters, at first many of the former, later few."""

    def __init__(self, general: Stream, clusters: Stream, shares: tuple[float, float]) -> None:
        """`shares` of the general ones, at the start and at the end."""
        self.general, self.clusters, self._shares = general, clusters, shares
        self._owed = 0.0

    def draw(self, sampler: Sampler, progress: float) -> Group:
        """The next group, at a point (0 to 1) of the training."""
        first, last = self._shares
        self._owed += first + (last - first) * progress
        if self._owed < 1:
            return self.clusters.draw(sampler)
        self._owed -= 1
        return self.general.draw(sampler)

    def place(self) -> tuple[int, int, float]:
        """What `resume` needs."""
        return self.general.at, self.clusters.at, self._owed

    def resume(self, place: tuple[int, int, float]) -> None:
        """Go on where `place` was."""
        self.general.at, self.clusters.at, self._owed = place
