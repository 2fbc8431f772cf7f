"""What an admin writes as a draft's title, publisher or date: a text in, the changed draft out."""

import re
from dataclasses import replace

from bot.drafts import Part
from bot.texts import Texts
from knowledge.dates import calendar_date, written_dates
from knowledge.drafts import Draft

_LONGEST = 250  # characters of a title or a publisher
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", re.ASCII)
_UNKNOWN = ("-", "–", "—")


class PartError(Exception):
    """What was written cannot be used; its text is for who wrote it."""


def changed(draft: Draft, part: Part, text: str, words: Texts) -> Draft:
    """The draft with this as one of its parts; a PartError says what to write instead."""
    text = text.strip()
    if part == "published":
        return replace(draft, published=_published(text, words), evidence=None)
    if not text or "\n" in text or len(text) > _LONGEST:
        raise PartError(words.draft_one_line.format(limit=_LONGEST))
    line = " ".join(text.split())
    return replace(draft, title=line) if part == "title" else replace(draft, publisher=line)


def _published(text: str, words: Texts) -> str | None:
    """YYYY, YYYY-MM or YYYY-MM-DD, from one of these or from how people write dates."""
    if text in _UNKNOWN:
        return None
    if match := _ISO.fullmatch(text):
        day = calendar_date(*(int(part) for part in match.groups() if part))
    else:
        day = next(
            (it.value for it in written_dates(text) if it.end - it.start == len(text)), None
        )
    if day is None:
        raise PartError(words.draft_no_date)
    return day
