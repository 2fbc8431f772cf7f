"""Which questions name something of their article, and so can be asked over all articles."""

import re
from collections import Counter
from collections.abc import Sequence

from knowledge.articles import Article

RARE = 4  # a name in more articles than this tells none of them apart
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
# After a lowercase word, a comma or another name: no sentence begins there.
_NAME = re.compile(r"(?<=[\w,] )[A-ZÆØÅ][^\W_]*(?:-[^\W_]+)*")


class Naming:
    """Knows the telling names of each article: capitalised within a sentence, and rare."""

    def __init__(self, articles: Sequence[Article]) -> None:
        """Learn the names from all articles that can be asked about."""
        self._names = {article.slug: _names(article) for article in articles}
        counts = Counter(name for names in self._names.values() for name in names)
        for slug, names in self._names.items():
            self._names[slug] = {name for name in names if counts[name] <= RARE}

    def names_its_article(self, question: str, article: Article) -> bool:
        """Whether the question holds a telling name of the article, however it is written."""
        return any(_bare(word) in self._names[article.slug] for word in _WORD.findall(question))


def _names(article: Article) -> set[str]:
    """Capitalised words within sentences, and the publisher's: that is mostly a name."""
    text = f"{article.title}\n, {article.publisher}\n{article.body}"
    return {_bare(match.group()) for match in _NAME.finditer(text)}


def _bare(word: str) -> str:
    """Lowercased and without the genitive."""
    word = word.lower()
    return word[:-1] if word.endswith("s") and len(word) > 3 else word
