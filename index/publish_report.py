"""What publishing changes, as lines that editors read: bokmål first, then English."""

import shutil
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from textwrap import wrap

from index.difference import ArticleChange, Difference, compare_content
from index.golden import (
    Change,
    GoldenAnswer,
    Kind,
    compare_golden,
    count_right,
    read_golden,
)
from index.versions import Draft, Version

_HEADINGS: dict[Kind, str] = {
    "lost": "Mistede svar / answers lost",
    "firm": "Blir feil, uten forbehold / become wrong without reservation",
    "new": "Nye svar / new answers",
    "changed": "Endrede svar / changed answers",
}
_SAME = "Ingen endringer / nothing changed"
_ASK = """\
Kjør klyngesvar publish for å se hvilke svar som endres; den spør før den bytter
    run klyngesvar publish to see which answers change; it asks before it switches"""
_SIGNS = {"+": "nye / new", "~": "endret / changed", "-": "borte / gone"}
_WIDTHS = 20, 52  # characters of a column, the fewest and the most


def named(version: Draft) -> str:
    """What people call a version, in both languages."""
    return f"versjon / version {version.number}"


def difference_lines(old: Version, new: Version | None, knowledge: Path) -> Iterator[str]:
    """All that differs between two versions, or between one and the files being worked on."""
    yield f"Fra / from {named(old)}"
    yield f"Til / to {named(new) if new else 'filene du arbeider i / the working files'}"
    difference = compare_content(old.knowledge, new.knowledge if new else knowledge)
    yield ""
    yield from content_lines(difference, is_full=True) if difference else [_SAME]
    if new:
        before, after = read_golden(old.golden), read_golden(new.golden)
        yield from golden_lines(compare_golden(before, after))
        yield from ["", score_line(before, after)]
    elif difference:
        yield from ["", _ASK]


def content_lines(difference: Difference, is_full: bool) -> Iterator[str]:
    """The articles that changed; in full, with what changed in them."""
    counts = (
        f"{sum(change.sign == sign for change in difference.articles)} {words}"
        for sign, words in _SIGNS.items()
    )
    yield f"Artikler / articles: {', '.join(counts)}"
    for change in difference.articles:
        yield f"  {change.sign} {change.slug}{_size(change)}"
        if is_full and change.sign == "~":
            yield from (f"      - {line}" for line in change.removed)
            yield from (f"      + {line}" for line in change.added)
    if difference.lists:
        yield f"Lister / lists: {', '.join(difference.lists)} endret / changed"
    before, after = difference.passages
    yield f"Setninger / passages: {before} → {after}"


def _size(change: ArticleChange) -> str:
    if change.sign == "~":
        return ""
    return f" ({len(change.added or change.removed)} linjer / lines)"


def golden_lines(changes: Sequence[Change]) -> Iterator[str]:
    """The golden questions that get another answer, what was beside what is."""
    width = _column_width()
    for kind, heading in _HEADINGS.items():
        found = [change for change in changes if change.kind == kind]
        if found:
            yield f"\n{heading}: {len(found)}"
        for change in found:
            yield f"\n  {change.after.question}"
            yield from _side_by_side(change, width)


def _column_width() -> int:
    """Two columns fill the terminal, as far as they can be read."""
    fewest, most = _WIDTHS
    return min(max((shutil.get_terminal_size().columns - 6) // 2, fewest), most)


def _side_by_side(change: Change, width: int) -> Iterator[str]:
    left = _column("FØR / BEFORE", change.before, width)
    right = _column("NÅ / NOW", change.after, width)
    for before, after in zip_longest(left, right, fillvalue=""):
        yield f"    {before:<{width}}  {after}".rstrip()


def _column(heading: str, answer: GoldenAnswer, width: int) -> list[str]:
    lines = [f"{heading}: {_judgement(answer)}", answer.text or ""]
    if answer.quote:
        lines += [f"«{answer.quote}»", f"({answer.article})"]
    return [part for line in lines for part in wrap(line, width)]


def _judgement(answer: GoldenAnswer) -> str:
    if answer.verdict == "none":
        return "ikke svar / no answer"
    judged = "riktig / right" if answer.is_right else "feil / wrong"
    return f"{judged}?" if answer.verdict == "maybe" else judged


def score_line(before: Sequence[GoldenAnswer], after: Sequence[GoldenAnswer]) -> str:
    """How many golden questions are answered rightly, and were."""
    if not after:
        return "Ingen prøvespørsmål / no golden questions"
    counts = [f"{count_right(each)} av / of {len(each)}" for each in (before, after) if each]
    return f"Riktige svar / right answers: {' → '.join(counts)}"
