"""What golden questions came to: outcomes in, tables for people or JSON for programs out."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict

from index.evaluate import Outcome, Scores, answered_in, by_pair, score

# Heading -> the field of `Scores` that stands under it.
_ANSWERABLE = {
    "answerable": "answerable",
    "right quote": "right",
    "and firm": "right_and_firm",
    "short answer": "short_answer",
    "firm but wrong": "firm_but_wrong",
    "needless none": "needless_none",
}
_UNANSWERABLE = {
    "unanswerable": "unanswerable",
    "false answer": "false_answer",
    "false maybe": "false_maybe",
}
_FIRM = {"coverage": "coverage", "risk": "risk"}


def tables(outcomes: Sequence[Outcome]) -> str:
    """All scores, in total and by language pair, then every question that went wrong."""
    return "\n".join(_tables(outcomes)) + "\n"


def _tables(outcomes: Sequence[Outcome]) -> Iterator[str]:
    total = score(outcomes)
    rows = {"total": total, **by_pair(outcomes)}
    yield from _table(_ANSWERABLE, {name: row for name, row in rows.items() if row.answerable})
    yield from _table(_UNANSWERABLE, {name: row for name, row in rows.items() if row.unanswerable})
    yield from _table(_FIRM, rows)
    yield f"verbatim {_shown(total.verbatim)} of the quotes"
    yield f"answered in {answered_in(outcomes, 50)} ms (p50), {answered_in(outcomes, 95)} ms (p95)"
    yield from (line for outcome in outcomes if outcome.is_wrong for line in _wrong(outcome))


def _table(columns: Mapping[str, str], rows: Mapping[str, Scores]) -> Iterator[str]:
    yield f"{'':7}" + "".join(f"{heading:>16}" for heading in columns)
    for name, scores in rows.items():
        cells = (_shown(getattr(scores, field)) for field in columns.values())
        yield f"{name:7}" + "".join(f"{cell:>16}" for cell in cells)
    yield ""


def _shown(value: float | None) -> str:
    """A count as it is, a share in per cent."""
    if value is None:
        return "-"
    return str(value) if isinstance(value, int) else f"{value:.1%}"


def _wrong(outcome: Outcome) -> Iterator[str]:
    """The question, what it got and what was wanted: of many proofs, the one preferred."""
    golden, answer = outcome.golden, outcome.answer
    yield f"\n{golden.id}: {golden.question}"
    yield f"  {_fault(outcome)}: {answer.verdict} {answer.confidence:.2f} {answer.text or '-'}"
    yield from (f"  got    {quote.article.slug}: {quote.text}" for quote in answer.quotes[:1])
    for proof in golden.proofs[:1]:
        yield f"  wanted {proof.article}: {proof.text}"
        yield from [f"         {' / '.join(proof.answers)}"] if proof.answers else []


def _fault(outcome: Outcome) -> str:
    """What is wrong with it."""
    if outcome.golden.unanswerable:
        return f"should be none, {outcome.golden.unanswerable}"
    if outcome.is_("none"):
        return "needless none"
    return "short answer" if outcome.is_right else "quote"


def as_json(outcomes: Sequence[Outcome]) -> str:
    """The same as `tables`, in one JSON object."""
    return json.dumps(
        {
            "total": asdict(score(outcomes)),
            "by_pair": {pair: asdict(scores) for pair, scores in by_pair(outcomes).items()},
            "ms": {"p50": answered_in(outcomes, 50), "p95": answered_in(outcomes, 95)},
            "wrong": [_wrong_record(outcome) for outcome in outcomes if outcome.is_wrong],
        },
        ensure_ascii=False,
        indent=1,
    )


def _wrong_record(outcome: Outcome) -> dict[str, object]:
    golden, answer = outcome.golden, outcome.answer
    quotes = [{"article": q.article.slug, "text": q.text} for q in answer.quotes[:1]]
    return {
        "id": golden.id,
        "question": golden.question,
        "verdict": answer.verdict,
        "confidence": round(answer.confidence, 3),
        "answer": answer.text,
        "quote": quotes[0] if quotes else None,
        "wanted": [asdict(proof) for proof in golden.proofs],
        "unanswerable": golden.unanswerable,
    }
