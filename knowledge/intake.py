"""One call of `add`: what is read, shown, asked about and saved."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from knowledge.adding import at_address, document_at, draft_of, library_in, same_article
from knowledge.asking import ask, ask_until, confirm
from knowledge.document import Document
from knowledge.drafts import Draft, article_of, file_of, write
from knowledge.errors import KlyngesvarError
from knowledge.feeds import Entry, chosen, entries, is_feed
from knowledge.fetch import fetch
from knowledge.picking import picked
from knowledge.preview import preview
from knowledge.problems import shown
from knowledge.register import register_in
from knowledge.writing import taken

_WHICH = "Hvilke? / Which? (1,3-5, alle)"
_NOTHING = "ingen treff / nothing found"
_PRESENT = """\
er med fra før: {file} har samme adresse eller samme tekst, og er ikke rørt
    is present: {file} has the same address or the same text, and is untouched"""


@dataclass(frozen=True, slots=True)
class Options:
    """What the editor said beforehand."""

    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    since: date | None = None  # of a feed's entries, those published from this day on
    match: str | None = None  # ... and those with this text in the title or the address
    yes: bool = False  # nobody is asked whether to save
    allow_private: bool = False  # addresses inside the own network


class Intake:
    """Takes in addresses and files, one after the other, and counts what becomes of them."""

    def __init__(self, knowledge: Path, options: Options) -> None:
        self.folder = knowledge / "articles"
        self.options = options
        self.library = [*library_in(self.folder)]
        self.register = register_in(knowledge)
        self.saved = 0
        self.failed = 0

    def take(self, place: str) -> None:
        """Offer the article at an address or in a file, or the articles that a feed lists."""
        self._attempt(place, lambda: self._take(place))

    def _attempt(self, place: str, action: Callable[[], None]) -> None:
        """Tell what goes wrong with one place, and go on with the next."""
        _print(f"\n{place}")
        try:
            action()
        except KlyngesvarError as error:
            self.failed += 1
            sys.stdout.flush()
            sys.stderr.write(f"{error}\n")

    def _take(self, place: str) -> None:
        document = document_at(place, allow_private=self.options.allow_private)
        if is_feed(document):
            self._choose(document)
        elif self.options.since or self.options.match:
            raise KlyngesvarError(
                "er ingen nyhetsstrøm eller sitemap: ta bort --since og --match\n"
                "    is no feed or sitemap: leave --since and --match out"
            )
        else:
            self._offer(document)

    def _choose(self, document: Document) -> None:
        """List a feed's entries, and offer those that the editor wants."""
        if self.options.title or self.options.published:
            raise for_one_article()
        listed = chosen(entries(document, self._fetched), self.options.since, self.options.match)
        _print("\n".join(map(self._row, range(1, len(listed) + 1), listed)) or _NOTHING)
        for entry in self._wanted(listed):
            self._attempt(entry.address, partial(self._take_entry, entry))

    def _row(self, number: int, entry: Entry) -> str:
        held = at_address(entry.address, self.library)
        mark = f"  (er med / present: {held.slug}.md)" if held else ""
        day = str(entry.published or "–")
        return f"{number:>4}  {day:<10}  {entry.title or entry.address}{mark}"

    def _wanted(self, listed: Sequence[Entry]) -> list[Entry]:
        """Those that the editor names; of all, those that are no articles yet."""
        if not self.options.yes and listed:
            numbers = ask_until(_WHICH, lambda typed: picked(typed, len(listed)), "--yes")
            listed = [listed[number - 1] for number in numbers]
        return [entry for entry in listed if not at_address(entry.address, self.library)]

    def _take_entry(self, entry: Entry) -> None:
        self._offer(self._fetched(entry.address))

    def _fetched(self, address: str) -> Document:
        return fetch(address, allow_private=self.options.allow_private)

    def _offer(self, document: Document) -> None:
        """Show the document's article and save it if the editor says so.

        One that is present is no failure: scripts take the same feed again and again.
        """
        draft = draft_of(document, self.library, self.register)
        if held := same_article(draft, self.library):
            _print(_PRESENT.format(file=shown(self.folder / f"{held.slug}.md")))
            return
        draft = self._completed(draft)
        article = article_of(draft)
        if (file := file_of(draft, self.folder)).exists():
            raise taken(file)
        _print(preview(draft, self.folder))
        if self.options.yes or confirm("Lagre? / Save?"):
            _print(f"lagret / saved: {shown(write(draft, self.folder))}")
            self.library.append(article)
            self.saved += 1

    def _completed(self, draft: Draft) -> Draft:
        """The draft with what the editor says of it."""
        title = self.options.title or draft.title or ask("Tittel / title", "--title")
        publisher = (
            self.options.publisher or draft.publisher or ask("Utgiver / publisher", "--publisher")
        )
        draft = replace(draft, title=title, publisher=publisher)
        given = self.options.published
        return replace(draft, published=given, evidence=None) if given else draft


def for_one_article() -> KlyngesvarError:
    """What to say of a title or date that several articles would get."""
    return KlyngesvarError(
        "--title og --published gjelder én artikkel: legg den til for seg\n"
        "    --title and --published are for one article: add it by itself"
    )


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")
