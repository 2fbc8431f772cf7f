"""How a draft looks to its admin: what it would become, what to look at, what to press."""

from collections.abc import Iterator
from html import escape

from bot.drafts import Kept, Part
from bot.newsroom import Published
from bot.render import PIECE_UNITS, Button, Card, Row, beginning
from bot.texts import Texts
from index.dates import written_date
from index.golden import Change
from knowledge.articles import Language
from knowledge.drafts import Draft
from knowledge.errors import KlyngesvarError

BEGINNING_UNITS = 300  # of the body
_MOST_COPIES, _MOST_LOST = 2, 5  # that are shown


def draft_card(kept: Kept, is_twice: bool, words: Texts) -> Card:
    """The card; `is_twice` says that there is another draft of the same."""
    draft = kept.draft
    body = escape(beginning(draft.body.strip(), BEGINNING_UNITS), quote=False)
    parts = (
        f"<b>{_piece(draft.title) or words.draft_missing}</b>",
        _facts(draft, words),
        f"<blockquote>{body}</blockquote>",
        "\n".join(f"⚠️ {line}" for line in _warnings(draft, is_twice, words)),
        _answers(kept.answers, words),
    )
    return Card("\n\n".join(filter(None, parts)), _buttons(kept, words))


def missing_part(draft: Draft) -> Part | None:
    """What somebody has to say before the draft can be published."""
    if not draft.title:
        return "title"
    return None if draft.publisher else "publisher"


def _facts(draft: Draft, words: Texts) -> str:
    languages = {"nb": words.language_nb, "nn": words.language_nn, "en": words.language_en}
    return words.draft_facts.format(
        publisher=_piece(draft.publisher) or words.draft_missing,
        date=_date(draft, words),
        language=languages[draft.language],
        address=_piece(draft.url or "–"),
        clusters=_piece(", ".join(draft.clusters) or "–"),
        dropped=len(draft.dropped),
    )


def _date(draft: Draft, words: Texts) -> str:
    date = written_date(draft.published, words)
    if draft.evidence is None:
        return date
    places = {
        "metadata": words.draft_in_metadata,
        "text": words.draft_in_text,
        "address": words.draft_in_address,
    }
    return places[draft.evidence.where].format(date=date, words=_piece(draft.evidence.words))


def _warnings(draft: Draft, is_twice: bool, words: Texts) -> Iterator[str]:
    if is_twice:
        yield words.draft_twice
    if draft.published is None:
        yield words.draft_undated
    if draft.is_fragment:
        yield words.draft_few.format(percent=round(draft.share * 100))
    if draft.unregistered:
        yield words.draft_unregistered.format(names=_piece(", ".join(draft.unregistered)))
    for copy in draft.copies[:_MOST_COPIES]:
        yield words.draft_copy.format(
            percent=round(copy.likeness * 100), title=_piece(copy.article.title)
        )


def _answers(questions: tuple[str, ...] | None, words: Texts) -> str:
    if questions is None:
        return ""
    if not questions:
        return words.draft_answers_nothing
    return "\n".join([words.draft_answers, *(f"– {_piece(it)}" for it in questions)])


def _buttons(kept: Kept, words: Texts) -> tuple[Row, ...]:
    def button(text: str, action: str) -> Button:
        return Button(text, data=f"draft:{kept.number}:{action}")

    publish = (button(words.draft_publish, "publish"),)
    return (
        *(() if missing_part(kept.draft) else (publish,)),
        (button(words.draft_title, "title"), button(words.draft_publisher, "publisher")),
        (button(words.draft_date, "published"), button(words.draft_discard, "discard")),
    )


def published_text(published: Published, title: str, words: Texts) -> str:
    """What became of the draft, and how to take it back."""
    after, before = published.version.manifest, published.before.manifest
    return words.draft_published.format(
        title=_piece(title),
        number=published.version.number,
        before=before.right,
        after=after.right,
        questions=after.questions,
        changed=len(published.changes),
    )


def worse_text(harm: tuple[Change, ...], words: Texts) -> str:
    """Which golden answers keep the draft from being published."""
    lines = "\n".join(f"– {_piece(change.after.question)}" for change in harm[:_MOST_LOST])
    more = "\n– …" if len(harm) > _MOST_LOST else ""
    return words.draft_worse.format(count=len(harm), questions=lines + more)


def advice(error: KlyngesvarError, language: Language) -> str:
    """An error for editors, which says everything in bokmål and in English, in one of the two."""
    lines = str(error).splitlines()
    english = [line for line in lines if line.startswith("    ")]
    norwegian = [line for line in lines if not line.startswith("    ")]
    chosen = english if language == "en" and english else norwegian
    return escape(beginning("\n".join(map(str.strip, chosen)), 4 * PIECE_UNITS), quote=False)


def _piece(text: str) -> str:
    """As much of a text as the card has room for, in one line."""
    return escape(beginning(" ".join(text.split()), PIECE_UNITS), quote=False)
