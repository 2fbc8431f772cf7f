"""What an editor sees of a draft before saving it, in bokmål and in English."""

from collections.abc import Iterator
from pathlib import Path
from textwrap import shorten

from knowledge.copies import Copy
from knowledge.drafts import Draft, file_of
from knowledge.material import same
from knowledge.problems import shown

_NONE = "–"
_LINES = 3  # of the body
_WIDTH = 90  # characters of each
_WHERE = {
    "metadata": "i sidens metadata / in its metadata",
    "text": "i teksten / in the text",
    "address": "i adressen / in the address",
}


def preview(draft: Draft, folder: Path) -> str:
    """The draft for the screen: its header, what it names, how its text begins, and doubts."""
    rows = {
        "fil / file": shown(file_of(draft, folder)),
        "tittel / title": draft.title,
        "utgiver / publisher": draft.publisher,
        "språk / language": draft.language,
        "adresse / address": draft.url or _NONE,
        "dato / published": _published(draft),
        "klynger / clusters": ", ".join(draft.clusters) or _NONE,
        "utelatt / left out": _dropped(draft),
    }
    header = [f"{label:<22}{value}" for label, value in rows.items()]
    lines = [*header, "", *_beginning(draft.body), "", *_warnings(draft)]
    return "".join(f"{line}\n" for line in lines).rstrip("\n") + "\n"


def _published(draft: Draft) -> str:
    if draft.evidence is None:
        return draft.published or _NONE
    return f"{draft.published} («{draft.evidence.words}» {_WHERE[draft.evidence.where]})"


def _dropped(draft: Draft) -> str:
    lines = [line for line in draft.dropped if not same(line, draft.title)]
    some = shorten(" | ".join(lines), _WIDTH, placeholder=" ...")
    return f"{len(lines)} linjer / lines: {some}" if lines else _NONE


def _beginning(body: str) -> list[str]:
    lines = [line for line in body.splitlines() if line.strip()]
    begun = [f"  {shorten(line, _WIDTH, placeholder=' ...')}" for line in lines[:_LINES]]
    return begun + ["  ..."] * (len(lines) > _LINES)


def _warnings(draft: Draft) -> Iterator[str]:
    if draft.published is None:
        yield "! ingen dato: svarene kan ikke si hvor gammel teksten er; gi den med --published"
        yield "    no date: answers cannot tell how old the text is; give it with --published"
    if draft.is_fragment:
        yield f"! bare {_percent(draft.share)} av teksten på siden er med: er den en artikkel?"
        yield f"    only {_percent(draft.share)} of the page's text is in it: is it an article?"
    if draft.unregistered:
        names = ", ".join(draft.unregistered)
        yield f"! ligner klyngenavn, men står ikke i registeret: {names}"
        yield "    look like names of clusters, but are not in the register"
        yield "    (klyngesvar cluster add)"
    for copy in draft.copies:
        yield from _copy(copy)


def _copy(copy: Copy) -> Iterator[str]:
    alike, name = _percent(copy.likeness), f"{copy.article.slug}.md"
    yield f"! {alike} likt {name}: er det den samme teksten? (+ bare her, - bare der)"
    yield f"    {alike} alike {name}: is it the same text? (+ only here, - only there)"
    yield from (f"    {sentence}" for sentence in copy.differs)


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"
