"""An `Answer` as the JSON object that other programs read; its keys are a contract (README)."""

import json

from index.answer import Answer, Quote
from index.link import passage_link


def as_json(answer: Answer, question_id: str | int | None) -> str:
    """One line of JSON."""
    return json.dumps(_record(answer, question_id), ensure_ascii=False)


def _record(answer: Answer, question_id: str | int | None) -> dict[str, object]:
    return {
        "id": question_id,
        "question": answer.question,
        "language": answer.language,
        "verdict": answer.verdict,
        "answer": answer.text,
        "confidence": round(answer.confidence, 3),
        "quotes": [_quote(quote) for quote in answer.quotes],
        "suggestions": list(answer.suggestions),
        "ms": round(answer.ms, 1),
        "version": answer.version,
    }


def _quote(quote: Quote) -> dict[str, object]:
    article = quote.article
    return {
        "text": quote.text,
        "article": article.slug,
        "title": article.title,
        "publisher": article.publisher,
        "url": article.url,
        "link": passage_link(article, quote.start, quote.end),
        "published": article.published,
        "start": quote.start,
        "end": quote.end,
        "highlight": list(quote.highlight) if quote.highlight else None,
        "relation": quote.relation,
    }
