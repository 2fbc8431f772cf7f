"""Which questions name something of their article, and so can be asked over all articles."""

import re
from collections import Counter
from collections.abc import Sequence

from knowledge.articles import Article

RARE = 4  # a name in more articles than this tells none of them apart
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


class Naming:
    """Knows the telling names of each article: capitalised, never written otherwise, and rare."""

    def __init__(self, articles: Sequence[Article]) -> None:
        lowercase: set[str] = set()
        names: dict[str, set[str]] = {}
        counts: Counter[str] = Counter()
        for article in articles:
            found = _WORD.findall(f"{article.title} {article.publisher} {article.body}")
            lowercase |= {_bare(word) for word in found if word[0].islower()}
            names[article.slug] = {_bare(word) for word in found if word[0].isupper()}
            counts.update({_bare(word) for word in found})
        self._names = {
            slug: {name for name in found - lowercase if counts[name] <= RARE}
            for slug, found in names.items()
        }

    def names_its_article(self, question: str, article: Article) -> bool:
        """Whether the question holds a telling name of the article, however it is written."""
        return any(_bare(word) in self._names[article.slug] for word in _WORD.findall(question))


def _bare(word: str) -> str:
    """Lowercased and without the genitive."""
    word = word.lower()
    return word[:-1] if word.endswith("s") and len(word) > 3 else word
