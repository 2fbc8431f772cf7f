"""What becomes of admins' drafts in the knowledge folder: read, tried out, published.

Pages are fetched and versions made in threads of their own, so that questions are not held up;
only what the model has a part in is done where all of that is done, a little at a time.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from bot.answering import Desk, Turn, in_thread
from bot.source import Library
from index.answer import Answer
from index.engine import Engine, load_trial, load_version
from index.golden import Change, compare_golden, read_golden
from index.lending import Lend
from index.publishing import Publisher
from index.snapshot import copy_content
from index.versions import Version
from knowledge.adding import draft_of, library_in, same_article
from knowledge.articles import Article
from knowledge.document import Document
from knowledge.drafts import Draft, article_of, file_of, write
from knowledge.errors import KlyngesvarError
from knowledge.register import register_in
from knowledge.writing import taken

Result = TypeVar("Result")
Turns = Callable[[], AbstractAsyncContextManager[Turn]]

MOST_TRIED, MOST_FOUND = 10, 3  # questions that were asked or are golden; those that are shown

_SWITCHED = """\
Noen har publisert noe annet imens: prøv en gang til
    somebody has published something else meanwhile: try once more"""
_THREADS = ThreadPoolExecutor(2, "drafts")  # one can publish while the other reads a page

logger = logging.getLogger(__name__)


class PresentError(KlyngesvarError):
    """The article is there already."""

    def __init__(self, article: Article) -> None:
        """Take the one that is."""
        super().__init__(f"{article.slug}.md")
        self.article = article


@dataclass(frozen=True, slots=True)
class Published:
    """A new version, and which golden answers it changes."""

    version: Version
    before: Version
    changes: tuple[Change, ...]


class Newsroom:
    """Works for one knowledge folder."""

    def __init__(self, library: Library, desk: Desk) -> None:
        """Take whose versions are made, and who lends the model."""
        self._library = library
        self._desk = desk
        self._articles = library.knowledge / "articles"

    async def read(self, get: Callable[[], Document]) -> Draft:
        """The draft in a document; a KlyngesvarError says why there is none."""
        return await _apart(partial(self._read, get))

    async def check(self, draft: Draft) -> None:
        """Raise a KlyngesvarError where a draft cannot become an article, once it is whole."""
        await _apart(partial(self._check, draft))

    async def publish(self, draft: Draft, by: str) -> Published:
        """Make a version of what answers now and the draft, and save the article.

        A KlyngesvarError says why not; then nothing has changed.
        """
        lend = _lending(self._desk.turn)
        return await _apart(partial(self._publish, draft, by, lend))

    async def newly_answered(
        self, draft: Draft, unsure: Sequence[str], wrong: Sequence[str]
    ) -> tuple[str, ...]:
        """Up to three questions that the draft answers and the current version does not.

        They are looked for among those that got no firm answer, those whose answer people say is
        wrong, and the golden ones that are not answered rightly.
        """
        lend = _lending(self._desk.turn_after_all)
        return await _apart(partial(self._newly_answered, draft, unsure, wrong, lend))

    def _read(self, get: Callable[[], Document]) -> Draft:
        register = register_in(self._library.knowledge)
        library = library_in(self._articles)
        draft = draft_of(get(), library, register)
        _refuse_present(draft, library)
        return draft

    def _check(self, draft: Draft) -> None:
        article_of(replace(draft, title=draft.title or "-", publisher=draft.publisher or "-"))
        if draft.title and (file := file_of(draft, self._articles)).exists():
            raise taken(file)

    def _publish(self, draft: Draft, by: str, lend: Lend) -> Published:
        _refuse_present(draft, library_in(self._articles))
        before, saved = self._current(), list[Path]()

        def save() -> bool:
            if self._current() != before:  # nobody else can switch any more
                raise KlyngesvarError(_SWITCHED)
            saved.append(write(draft, self._articles))
            return True

        try:
            with _content_with(draft, before) as content:
                publisher = Publisher(
                    knowledge=self._library.knowledge,
                    by=by,
                    load_encoder=lambda: self._library.encoder,
                    tell=logger.debug,
                    confirm=save,
                    source=content,
                    lend=lend,
                )
                version = publisher.publish(is_forced=False)
        except BaseException:
            for file in saved:
                file.unlink(missing_ok=True)
            raise
        assert version is not None  # there is one article more than before
        changes = compare_golden(read_golden(before.golden), read_golden(version.golden))
        return Published(version, before, changes)

    def _newly_answered(
        self, draft: Draft, unsure: Sequence[str], wrong: Sequence[str], lend: Lend
    ) -> tuple[str, ...]:
        version, encoder = self._current(), self._library.encoder
        name = article_of(draft).slug
        with _content_with(draft, version) as content:
            trial = load_trial(content, version, encoder, lend)
            now = load_version(version, encoder)

            def ask(engine: Engine, question: str) -> Answer:
                return lend(partial(engine.ask, question, None))

            def is_new(question: str) -> bool:
                """An article that came since may answer what nothing did when it was asked."""
                return question not in unsure or ask(now, question).verdict != "answer"

            tried = dict.fromkeys([*unsure, *wrong, *_not_right(version)])
            found = (it for it in tried if _rests_on(ask(trial, it), name) and is_new(it))
            return tuple(islice(found, MOST_FOUND))

    def _current(self) -> Version:
        version = self._library.versions.current()
        assert version is not None  # the bot does not start without one
        return version


async def _apart(work: Callable[[], Result]) -> Result:
    return await asyncio.get_running_loop().run_in_executor(_THREADS, work)


def _refuse_present(draft: Draft, library: Sequence[Article]) -> None:
    if held := same_article(draft, library):
        raise PresentError(held)


def _lending(turns: Turns) -> Lend:
    """What lends the model to a thread apart, for one piece of work a turn."""
    loop = asyncio.get_running_loop()

    async def in_turn(work: Callable[[], Result]) -> Result:
        async with turns():
            return await in_thread(work)

    def lend(work: Callable[[], Result]) -> Result:
        return asyncio.run_coroutine_threadsafe(in_turn(work), loop).result()

    return lend


@contextmanager
def _content_with(draft: Draft, version: Version) -> Iterator[Path]:
    """The version's content with the draft as an article of it, for as long as this lasts.

    Not the working files: what others have not published yet is not to be published along.
    """
    with TemporaryDirectory() as folder:
        content = Path(folder)
        copy_content(version.knowledge, content)
        write(draft, content / "articles")
        yield content


def _rests_on(answer: Answer, article: str) -> bool:
    return answer.verdict == "answer" and answer.quotes[0].article.slug == article


def _not_right(version: Version) -> list[str]:
    """Golden questions that can be answered, and are not rightly."""
    golden = read_golden(version.golden)
    return [it.question for it in golden if it.is_answerable and not it.is_right][:MOST_TRIED]
