"""What an editor sees of a draft before saving it, in bokmål and in English."""

from collections.abc import Iterator
from pathlib import Path
from textwrap import shorten

from knowledge.copies import Copy
from knowledge.drafts import Draft, file_of
from knowledge.problems import shown

_LINES = 4  # of the body
_WIDTH = 96
_MOSTLY_OTHER = 0.3  # less of the page than this is in the body: a list, a front page, a form
_WHERE = {
    "metadata": "opplysningene i siden / the page's metadata",
    "text": "teksten / the text",
    "address": "adressen / the address",
}


def preview(draft: Draft, folder: Path) -> str:
    """The draft on a screen: what its header will hold, what it names, how its text begins."""
    rows = {
        "fil / file": str(shown(file_of(draft, folder))),
        "tittel / title": draft.title,
        "utgiver / publisher": draft.publisher,
        "språk / language": draft.language,
        "adresse / address": draft.url or "–",
        "dato / published": _published(draft),
        "klynger / clusters": ", ".join(draft.clusters) or "–",
        "utelatt / left out": f"{len(draft.dropped)} linjer / lines",
    }
    lines = [f"{label:<22}{value}" for label, value in rows.items()]
    return "\n".join([*lines, "", *_beginning(draft.body), "", *warnings(draft)])


def warnings(draft: Draft) -> Iterator[str]:
    """What to look at once more, each as lines to print."""
    if draft.published is None:
        yield (
            "! ingen dato: svarene sier ikke hvor gammel teksten er. Gi den med --published\n"
            "    no date: answers will not tell how old the text is. Give it with --published"
        )
    if draft.share < _MOSTLY_OTHER:
        yield (
            f"! bare {draft.share:.0%} av siden er brødtekst: er den en artikkel?\n"
            f"    only {draft.share:.0%} of the page is body text: is it an article?"
        )
    if draft.unregistered:
        names = ", ".join(draft.unregistered)
        yield (
            f"! ligner klyngenavn, men står ikke i registeret: {names}\n"
            "    look like names of clusters, but are not in the register: "
            "klyngesvar cluster add"
        )
    yield from map(_copy, draft.copies)


def _published(draft: Draft) -> str:
    if draft.evidence is None:
        return draft.published or "–"
    return f"{draft.published}   «{draft.evidence.words}», {_WHERE[draft.evidence.where]}"


def _beginning(body: str) -> list[str]:
    lines = [line for line in body.splitlines() if line.strip()]
    begun = [f"  {shorten(line, _WIDTH, placeholder=' ...')}" for line in lines[:_LINES]]
    return begun + (["  ..."] if len(lines) > _LINES else [])


def _copy(copy: Copy) -> str:
    alike = f"{copy.likeness:.0%}"
    return "\n".join(
        [
            f"! {alike} likt {copy.article.slug}.md: er det samme tekst en gang til?",
            f"    {alike} alike {copy.article.slug}.md: is it the same text once more?",
            *(f"    {sentence}" for sentence in copy.differs),
        ]
    )
