"""From the files that editors work in to the version that answers, or back to an earlier one.

A new version is made beside the current one and compared with it; only the last step, one rename,
changes what answers. Killed before that, nothing has changed.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from index.difference import compare_content
from index.encoder import Encoder, SentenceEncoder
from index.engine import Engine, index_folder, load_version, read_content
from index.golden import (
    Change,
    GoldenAnswer,
    ask_golden,
    compare_golden,
    count_right,
    read_golden,
    write_golden,
)
from index.lending import Lend, PatientEncoder, at_once
from index.publish_report import content_lines, golden_lines, named, score_line
from index.search import build, known_vectors
from index.snapshot import content_hash, copy_content
from index.versions import Draft, Manifest, Version, Versions
from knowledge.articles import Article
from knowledge.check import check_content
from knowledge.errors import KlyngesvarError
from knowledge.questions import GoldenQuestion, read_questions

_OTHER_MODEL = """\
Versjonen som svarer nå, ble laget for et annet program eller en annen modell, og kan ikke spørres:
sammenligner med det den svarte da den ble publisert
    the version that answers now was made for another program or model and cannot be asked:
    comparing with what it answered when it was published"""


class WorseError(KlyngesvarError):
    """Golden answers would get worse."""

    def __init__(self, harm: Sequence[Change]) -> None:
        """Take those that would."""
        super().__init__(_refusal(len(harm)))
        self.harm = tuple(harm)


@dataclass(frozen=True, slots=True)
class Publisher:
    """Publishes one knowledge folder, step by step."""

    knowledge: Path
    by: str  # who publishes, for the lock and the list of versions
    load_encoder: Callable[[], SentenceEncoder]  # called when the content is in order
    tell: Callable[[str], None]  # takes each step before it is done, and what came of it
    confirm: Callable[[], bool]  # asked when all that changes has been told
    source: Path | None = None  # the content, where it is not what lies in the folder
    lend: Lend = at_once  # the model

    @property
    def content(self) -> Path:
        """The folder with what is published."""
        return self.source or self.knowledge

    def publish(self, is_forced: bool) -> Version | None:
        """Make the working files the current version; None where they are that already.

        Raises a KlyngesvarError, and changes nothing, where somebody else is at it, the content
        has problems, golden answers get worse and it is not forced, or it is not confirmed.
        """
        versions = Versions(self.knowledge)
        with versions.lock(self.by, "klyngesvar publish"):
            self.tell("Sjekker innholdet / checking the content")
            self.tell(check_content(self.content))
            encoder = self.load_encoder()
            old = _load_old(versions.current(), encoder)
            if old and old.holds(self.content):
                self.tell(f"Ingen endringer siden / nothing changed since {named(old.version)}")
                return None
            version = self._make(versions, old, encoder, is_forced)
            self.tell(f"Bytter til / switching to {named(version)}")
            versions.switch(version)
            self.tell("Rydder bort gamle versjoner / removing old versions")
            versions.prune()
        self.tell(f"Publisert / published: {named(version)}")
        return version

    def _make(
        self, versions: Versions, old: "_Old | None", encoder: SentenceEncoder, is_forced: bool
    ) -> Version:
        """The new version, whole; where anything goes wrong nothing is left of it."""
        draft = versions.start()
        try:
            manifest = self._fill(draft, old, encoder, is_forced)
            self.tell(f"Fullfører / completing {named(draft)}")
            return versions.finish(draft, manifest)
        except BaseException:
            versions.discard(draft)
            raise

    def _fill(
        self, draft: Draft, old: "_Old | None", encoder: SentenceEncoder, is_forced: bool
    ) -> Manifest:
        self.tell(f"Kopierer innholdet til / copying the content into {named(draft)}")
        copy_content(self.content, draft.knowledge)
        self._build(draft, old, encoder)
        engine = load_version(draft, encoder)
        articles = engine.index.articles
        questions = _golden_questions(draft.knowledge, articles)
        before = self._ask_old(old, questions, articles)
        self.tell(f"Stiller prøvespørsmålene til / asking {named(draft)}")
        after = ask_golden(questions, articles, engine, named(draft), self.lend)
        write_golden(draft.golden, after)
        if old and old.engine:
            self._tell_articles(draft, old)
        self._review(before, after, is_forced)
        return self._manifest(draft, engine, after)

    def _build(self, draft: Draft, old: "_Old | None", encoder: SentenceEncoder) -> None:
        """Index the draft's content; vectors that are known from anywhere are taken over."""
        self.tell("Bygger indeksen / building the index")
        known = known_vectors(index_folder(self.knowledge), encoder)
        if old:
            known |= known_vectors(old.version.index, encoder)
        content = read_content(draft.knowledge)
        index = build(content.articles, content.lexicon, self._encoder(encoder), known, True)
        draft.index.mkdir()
        index.write(draft.index)
        self.tell(f"{len(index.passages)} setninger / passages, {index.embedded} nye / new")

    def _encoder(self, encoder: SentenceEncoder) -> Encoder:
        return encoder if self.lend is at_once else PatientEncoder(encoder, self.lend)

    def _ask_old(
        self, old: "_Old | None", questions: Iterable[GoldenQuestion], articles: Iterable[Article]
    ) -> tuple[GoldenAnswer, ...]:
        if old is None:
            return ()
        if old.engine is None:
            self.tell(_OTHER_MODEL)
            return read_golden(old.version.golden)
        self.tell(f"Stiller prøvespørsmålene til / asking {named(old.version)}")
        return ask_golden(questions, articles, old.engine, named(old.version), self.lend)

    def _tell_articles(self, draft: Draft, old: "_Old") -> None:
        difference = compare_content(old.version.knowledge, draft.knowledge)
        self.tell("\n".join(["", *content_lines(difference, is_full=False)]))

    def _review(
        self, before: Sequence[GoldenAnswer], after: Sequence[GoldenAnswer], is_forced: bool
    ) -> None:
        """Tell which answers change; raises a KlyngesvarError where they are not to be so."""
        changes = compare_golden(before, after)
        self.tell("\n".join([*golden_lines(changes), "", score_line(before, after), ""]))
        harm = [change for change in changes if change.is_harm]
        if harm and not is_forced:
            raise WorseError(harm)
        if not self.confirm():
            raise KlyngesvarError("Ikke publisert / not published")

    def _manifest(self, draft: Draft, engine: Engine, golden: Sequence[GoldenAnswer]) -> Manifest:
        return Manifest(
            published=datetime.now().astimezone().isoformat(timespec="seconds"),
            by=self.by,
            encoder=engine.index.encoder.identity,
            content=content_hash(draft.knowledge),
            articles=len(engine.index.articles),
            passages=len(engine.index.passages),
            questions=len(golden),
            right=count_right(golden),
        )


@dataclass(frozen=True, slots=True)
class _Old:
    """The version that is to be replaced."""

    version: Version
    engine: Engine | None  # None where it was made for another program or model

    def holds(self, knowledge: Path) -> bool:
        """Whether it can answer, and from this very content."""
        return bool(self.engine) and self.version.manifest.content == content_hash(knowledge)


def _load_old(current: Version | None, encoder: SentenceEncoder) -> _Old | None:
    if current is None:
        return None
    try:
        return _Old(current, load_version(current, encoder))
    except KlyngesvarError:
        return _Old(current, None)


def _golden_questions(knowledge: Path, articles: Iterable[Article]) -> tuple[GoldenQuestion, ...]:
    file = knowledge / "questions.yaml"
    return read_questions(file, articles) if file.exists() else ()


def _refusal(count: int) -> str:
    return (
        f"Ikke publisert: {count} prøvespørsmål får dårligere svar, se over. "
        "Rett artiklene eller fasiten, eller publiser likevel med --force\n"
        f"    not published: {count} golden questions get worse answers, see above. "
        "Mend the articles or the proofs, or publish all the same with --force"
    )


def roll_back(
    knowledge: Path, number: int | None, by: str, load_encoder: Callable[[], SentenceEncoder]
) -> Version:
    """Let the version of this number answer again, or the previous one; the version itself.

    Raises a KlyngesvarError where there is none, or it cannot answer with this program and model.
    """
    versions = Versions(knowledge)
    with versions.lock(by, "klyngesvar rollback"):
        version = versions.get(number) if number is not None else _previous(versions)
        load_version(version, load_encoder())
        versions.switch(version)
    return version


def _previous(versions: Versions) -> Version:
    previous = versions.previous()
    if previous is None:
        raise KlyngesvarError(
            "det er ingen tidligere versjon å gå tilbake til\n"
            "    there is no earlier version to go back to"
        )
    return previous
