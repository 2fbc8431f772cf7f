"""What an editor can do about unanswered questions: groups and gaps in, lines of text out."""

from collections.abc import Callable, Iterator, Sequence
from textwrap import shorten

from tqdm import tqdm  # type: ignore[import-untyped]

from bot.unanswered import Group
from index.gaps import Cause, Gap

_INDENT = " " * 7  # under the question
_LONGEST_QUOTE = 110

# In bokmål and in English.
_SAID: dict[Cause, tuple[str, str]] = {
    "alias": (
        "Mangler et alias? Ingen kjenner {unknown}; registeret har {clusters}.",
        "An alias missing? Nobody knows {unknown}; the register has {clusters}.",
    ),
    "article": (
        "Mangler en artikkel? Ingen ser ut til å ha svaret.",
        "An article missing? None seems to hold the answer.",
    ),
    "reader": (
        "Nølte leseren? Svarer første sitat, ta vare på det med klyngesvar golden; "
        "ellers mangler en artikkel.",
        "Did the reader hesitate? If the first quote answers, keep it with klyngesvar golden; "
        "else an article is missing.",
    ),
    "answered": (
        "Får sikkert svar nå. Er sitatet det rette?",
        "Gets a firm answer now. Is it the right quote?",
    ),
}
_UNKNOWN = (
    "Mangler en artikkel? Verken artiklene eller registeret kjenner {unknown}.",
    "An article missing? Neither the articles nor the register know {unknown}.",
)


def find_gaps(groups: Sequence[Group], find: Callable[[str], Gap]) -> list[Gap]:
    """The gap of each group, with a progress bar in a terminal."""
    bar = tqdm(groups, desc="spør / asking", disable=None)
    return [find(group.question) for group in bar]


def suggestion(gap: Gap) -> str:
    """What seems to be missing, and the nearest passages with their articles."""
    return "".join(f"{_INDENT}{line}\n" for line in _lines(gap))


def _lines(gap: Gap) -> Iterator[str]:
    is_strange = gap.cause == "article" and gap.unknown
    for said in _UNKNOWN if is_strange else _SAID[gap.cause]:
        yield said.format(unknown=_listed(gap.unknown), clusters=", ".join(gap.clusters))
    for near in gap.nearest:
        yield f"  {near.article}: «{shorten(near.text, _LONGEST_QUOTE, placeholder=' …')}»"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"«{name}»" for name in names)
