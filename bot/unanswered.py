"""What the articles do not answer well: the journal's entries in, groups of like questions out."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.journal import Entry
from bot.votes import AGAINST
from index.lexical import stemming_of, tokenize
from knowledge.stop_words import STOP_WORDS

# The share of their stems that two questions have in common, at least, to be one. "Hvem leder NCE
# iKuben?" and "Hvem leder iKuben?" are (2 of 3); the same of another cluster is not (2 of 4).
ALIKE = 2 / 3

Stems = frozenset[str]


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that are nearly the same, in the words that were used most often."""

    question: str
    count: int
    reasons: dict[str, int]  # `none`, `maybe`, or what a vote against it said


def unanswered(entries: Iterable[Entry], limit: int) -> list[Group]:
    """The questions without an answer, or with one that was unsure or voted down; most first."""
    groups = map(_group, _grouped([entry for entry in entries if _reasons(entry)]))
    return sorted(groups, key=lambda group: -group.count)[:limit]


def _reasons(entry: Entry) -> list[str]:
    against = [vote for vote in entry.votes if vote in AGAINST]
    return against if entry.verdict == "answer" else [entry.verdict, *against]


def _grouped(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Each wording joins the first more frequent one that is like it."""
    wordings = defaultdict[Stems, list[Entry]](list)
    for entry in entries:
        wordings[_stems(entry)].append(entry)
    groups: list[tuple[Stems, list[Entry]]] = []
    for stems, alike in sorted(wordings.items(), key=lambda wording: -len(wording[1])):
        group = next((group for known, group in groups if _likeness(known, stems) >= ALIKE), None)
        if group is None:
            groups.append((stems, alike))
        else:
            group.extend(alike)
    return [group for _, group in groups]


def _stems(entry: Entry) -> Stems:
    tokens = tokenize(entry.question)
    telling = [token for token in tokens if token.text not in STOP_WORDS] or tokens
    return frozenset(token.stem(stemming_of(entry.language)) for token in telling)


def _likeness(one: Stems, other: Stems) -> float:
    """Jaccard's: what both have, as a share of what either has."""
    return len(one & other) / len(one | other)


def _group(entries: Sequence[Entry]) -> Group:
    [(question, _)] = Counter(entry.question for entry in entries).most_common(1)
    reasons = Counter(reason for entry in entries for reason in _reasons(entry))
    return Group(question, len(entries), dict(reasons.most_common()))
