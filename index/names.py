"""Which names a question holds: the register's, an article's, or one that nobody knows."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from index.lexical import Lexicon, stem_of
from index.spelling import ABBREVIATION, Spelling, begins_sentence, is_within
from knowledge.articles import Article
from knowledge.glossary import Concept
from knowledge.names import CLUSTER, STATUSES, Mention, Word, fold, words
from knowledge.register import Register
from knowledge.stop_words import STOP_WORDS

# Capitalised in English, or following a status ("NCE in spring"), without being names of
# anything that an article could lack.
_CAPITALISED_WORDS = frozenset(
    """
        i norwegian english nynorsk bokmal europe european january february march april may
        june july august september october november december monday tuesday wednesday thursday
        friday pro danish swedish finnish icelandic german dutch british american french spanish
        klyngesvar bot eu eea eos usa uk sme smb it ikt ai ki phd faq hr hq ceo cfo cto coo
        varen sommeren hosten vinteren sommaren hausten spring summer autumn winter
        """.split()
)

# Words that capitals make a name, as NOW, and that most who write them mean as words.
_WORDS_WITHOUT_CAPITALS = frozenset("act now node today osv lar smart".split())

_FUNCTION_WORDS = frozenset(map(fold, STOP_WORDS))
_NOT_NAMES = (_CAPITALISED_WORDS | _FUNCTION_WORDS | STATUSES) - {"dag"}  # a first name too

_SHORTEST_STEM = 6  # letters of a stem, at least, by which a name is known in another form

# What is asked of a status: "how long does nce last" names no cluster called Last.
_AFTER_STATUS = frozenset(
    """
        last lasts stand stands mean means pay pays help helps exist exists work works cost costs
        give gives get gets start starts end ends fins finst fantes varer varar koster kostar gir
        gjev betyr tyder virker verkar
        """.split()
)

# Who says their own name asks nothing about it.
_INTRODUCES = re.compile(
    r"\b(?:(?:jeg|eg) (?:heter|heiter|er)|my name is|i am|i'm)\s+$", re.IGNORECASE
)
_WITHIN_NAME = re.compile(r"[^\w.,;:!?…\n]*")  # what may stand between two words of a name


@dataclass(frozen=True, slots=True)
class NamesInQuestion:
    """Names that some article or the register holds, and names that none does.

    `spelled` is the question with the known ones as the articles write them, statuses in
    capitals, and without capitals that tell nothing.
    """

    known: tuple[Mention, ...]
    unknown: tuple[Mention, ...]
    spelled: str


@dataclass(frozen=True, slots=True)
class Typed:
    """The register's names that the end of a text begins like, and the question that it becomes.

    `whole` is None unless there is one such name, its last word is half a word, something is
    asked about it, and no cluster is named yet.
    """

    names: tuple[str, ...]
    whole: str | None


class Names:
    """What the articles and the register call things."""

    def __init__(self, register: Register, articles: Iterable[Article], lexicon: Lexicon) -> None:
        self.register = register
        self._lexicon = lexicon
        self._clusters = frozenset(cluster.name for cluster in register.clusters)
        self._words: set[str] = set()
        self._inflected: dict[str, set[str]] = {}  # the words of each stem
        self._pairs: set[tuple[str, str]] = set()
        self._capitalised: set[str] = set()
        self._alone: set[str] = set()  # ... and by itself: not the "Wool" of "Dale Wool"
        self._lowercase: set[str] = set()
        self._spelling = Spelling()
        self._places = frozenset(_places(register))
        for text in _texts(register, articles):
            self._learn(text)
        self._only_names = self._capitalised - self._lowercase
        self._typed_small = self._alone - _WORDS_WITHOUT_CAPITALS
        self._translated = dict(_translations(lexicon.concepts))
        self.mentions = lru_cache(maxsize=65536)(register.names.find)
        self._spellings = lru_cache(maxsize=1024)(self._spelt)

    def _learn(self, text: str) -> None:
        text_words = words(text)
        fresh = {word.folded for word in text_words} - self._words
        self._words |= fresh
        for token in fresh:
            for stem in {token, stem_of(token)}:
                self._inflected.setdefault(stem, set()).add(token)
        self._pairs.update((_bare(a.folded), _bare(b.folded)) for a, b in pairwise(text_words))
        self._spelling.learn(text, text_words)
        for at, word in enumerate(text_words):
            if not word.is_capitalised:
                self._lowercase.add(_bare(word.folded))
            elif at and not begins_sentence(text, word):
                self._capitalised.add(_bare(word.folded))
                beside = pairwise(text_words[at - 1 : at + 2])
                if not any(_is_one_name(text, before, after) for before, after in beside):
                    self._alone.add(_bare(word.folded))

    def clusters_in(self, text: str) -> frozenset[str]:
        """The registered clusters that a text names."""
        return frozenset(mention.name for mention in self.mentions(text))

    def is_cluster(self, name: Mention) -> bool:
        """Whether the name is a registered cluster's."""
        return name.name in self._clusters

    def may_be_cluster(self, name: Mention) -> bool:
        """Whether a name is or reads like a cluster's; without a register, any name may be."""
        reads_like = not {*name.name.split()}.isdisjoint(STATUSES | {CLUSTER})
        return reads_like or self.is_cluster(name) or not self._clusters

    def is_in(self, name: Mention, text: str) -> bool:
        """Whether a text holds the name, in any of its spellings."""
        if self.is_cluster(name):
            return name.name in self.clusters_in(text)
        searchable = _searchable(text)
        return any(f" {spelling} " in searchable for spelling in self._spellings(name.name))

    def _spelt(self, name: str) -> tuple[str, ...]:
        """The name; what stays of "Arena Fjordkraft" or "the Fjordkraft cluster", where that is
        no common word; and what the glossary calls it in other languages."""
        bare = [token for token in name.split() if token not in STATUSES | {CLUSTER, "pro"}]
        is_name = bool(bare) and set(bare) <= self._only_names
        return (
            name,
            *([" ".join(bare)] if is_name else []),
            *self._translated.get(name, ()),
            *self._inflections(name),
        )

    def _inflections(self, token: str) -> set[str]:
        """How the articles inflect a word that they lack: "Dråpedagene" for "Dråpedagane"."""
        stem = stem_of(token)
        is_one_they_lack = " " not in token and token not in self._words
        is_long = len(stem) >= _SHORTEST_STEM
        return self._inflected.get(stem, set()) if is_one_they_lack and is_long else set()

    def in_question(self, text: str) -> NamesInQuestion:
        """The question's names; none stands in two of them."""
        clusters = self.mentions(text)
        if _shouts(text):
            text = text.lower()
        if not clusters:
            clusters = self.register.names.find_misspelt(text, self._words)[:1]
        named = (*clusters, *self._in_glossary(text, clusters))
        rest = [word for word in words(text) if not is_within(word, named)]
        rows = self._spelling.rows_in(text, rest)
        are_names = [self._is_name(text, rest, at, at in rows) for at in range(len(rest))]
        runs = [
            run
            for run in _runs(text, rest, are_names)
            if not _INTRODUCES.search(text[: run[0].start])
        ]
        known = (*named, *(_mention(run) for run in runs if self._is_known(run)))
        unknown = tuple(_mention(run) for run in runs if not self._is_known(run))
        return NamesInQuestion(known, unknown, self._spelling.respelt(text, known))

    def _in_glossary(self, text: str, clusters: Iterable[Mention]) -> Iterator[Mention]:
        """Names of several words that the glossary has, such as the Research Council."""
        for found in self._lexicon.find(text, ("no", "en")):
            name = _bare_phrase(text[found.start : found.end])
            is_taken = any(c.start < found.end and found.start < c.end for c in clusters)
            is_whole = name in self._translated and not STATUSES.intersection(name.split())
            if is_whole and " " in name and not is_taken:
                yield Mention(name, found.start, found.end)

    def nearest(self, name: Mention, text: str, limit: int) -> list[str]:
        """The question with the register's most similar names in the place of this one."""
        similar = self.register.names.nearest(text[name.start : name.end], limit)
        return [text[: name.start] + found + text[name.end :] for found in similar]

    def typed(self, text: str, limit: int) -> Typed:
        """What a text that is still being typed may become."""
        begun = self.register.names.begun(text, limit)
        return Typed(tuple(name.name for name in begun), self._whole(text, begun))

    def _whole(self, text: str, begun: list[Mention]) -> str | None:
        if len(begun) != 1 or not begun[0].start or self.mentions(text):
            return None
        (half,) = begun
        typed = words(text[half.start : half.end])
        if not typed or typed[-1].folded in self._words:  # a whole word, then
            return None
        return text[: half.start] + half.name + text[half.end :]

    def _is_name(self, text: str, text_words: list[Word], at: int, is_in_row: bool) -> bool:
        """Whether a word of the question is (part of) a name."""
        word, bare = text_words[at], _bare(text_words[at].folded)
        if not word.folded.isalpha() or {word.folded, bare} & _NOT_NAMES or self._is_role(word):
            return False
        if bare in self._only_names and len(bare) > 2:
            is_name = is_in_row or bare in self._typed_small
            return word.is_capitalised or (is_name and not self._is_concept(word))
        if self._is_concept(word):
            return False
        if word.is_capitalised and not begins_sentence(text, word):
            return True
        spellings = {bare, word.folded}
        is_strange = spellings.isdisjoint(self._words) and spellings.isdisjoint(_AFTER_STATUS)
        return is_strange and _is_where_a_name_stands(text, text_words, at)

    def _is_concept(self, word: Word) -> bool:
        return bool(self._lexicon.find(word.text, ("no", "en")))

    def _is_role(self, word: Word) -> bool:
        """Whether it is short for what people can be, as CEO; "Viken" only has the stem of one."""
        if not word.text.isupper():
            return False
        found = self._lexicon.find(word.text, ("no", "en"))
        return any(mention.concept.asks == "person" for mention in found)

    def _is_known(self, run: tuple[Word, ...]) -> bool:
        """Whether the articles or the register hold this name, as one name."""
        tokens = [_bare(word.folded) for word in run]
        official = tokens[0] in STATUSES or tokens[-1] == CLUSTER
        named = [token for token in tokens if token not in STATUSES | {CLUSTER, "pro"}]
        if len(tokens) == 1 and self._inflections(tokens[0]):
            return True
        if not all(token in self._words or f"{token}s" in self._words for token in named):
            return False
        if official and len(named) == 1:  # "NCE Bergen" is not what anything in Bergen is
            is_pair = all(pair in self._pairs for pair in pairwise(tokens))
            return named[0] not in self._places or is_pair
        return not official or all(pair in self._pairs for pair in pairwise(named))


def _texts(register: Register, articles: Iterable[Article]) -> Iterator[str]:
    for article in articles:
        yield from (article.title, article.publisher, article.body)
    for cluster in register.clusters:
        yield from (cluster.name, *cluster.aliases, *cluster.earlier_names)


def _places(register: Register) -> Iterator[str]:
    for cluster in register.clusters:
        for place in (cluster.place, cluster.region):
            yield from (_bare(word.folded) for word in words(place or ""))


def _translations(concepts: Iterable[Concept]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What the glossary calls by names, such as the Research Council, with all its names."""
    for concept in concepts:
        names = tuple(_bare_phrase(word) for _, word in concept.words if word[0].isupper())
        yield from ((name, names) for name in names)


def _bare_phrase(text: str) -> str:
    return " ".join(_bare(word.folded) for word in words(text))


def _bare(token: str) -> str:
    """Without the genitive; names that end in s lose it on both sides of a comparison."""
    return token[:-1] if token.endswith("s") and len(token) > 3 else token


def _shouts(text: str) -> bool:
    """Whether capitals tell nothing, since even small words have them: "HVEM ER MED I ACT"."""
    asked = [word for word in words(text) if word.folded.isalpha()]
    first = 0 if text.isupper() else 1  # which has one in any case
    small = [word for word in asked[first:] if word.folded in _FUNCTION_WORDS]
    is_all = all(word.is_capitalised for word in asked) and any(len(w.text) > 1 for w in small)
    return is_all and len(text.lower()) == len(text)


def _is_one_name(text: str, first: Word, second: Word) -> bool:
    """Whether two words belong to one name: not "Eyde klyngen", nor "iKuben NCE-status"."""
    is_joined = text[first.end : second.start] == " " and not begins_sentence(text, first)
    are_both = first.is_capitalised and second.is_capitalised
    return is_joined and are_both and second.folded not in STATUSES | {CLUSTER}


def _is_where_a_name_stands(text: str, text_words: list[Word], at: int) -> bool:
    """Whether the word follows a status as one writes a name, or is part of the word "klyngen":
    "nce fjord", "fjordklyngen"; but not "GCE reserved", nor "the lime cluster"."""
    word = text_words[at]
    before = text_words[at - 1] if at else None
    after = text_words[at + 1] if at + 1 < len(text_words) else None
    if after and after.folded == CLUSTER and text[word.end : after.start] in ("", "-"):
        return True
    if before is None or before.folded not in STATUSES or not _are_joined(text, before, word):
        return False
    return before.is_capitalised == word.is_capitalised


def _runs(text: str, text_words: list[Word], is_name: list[bool]) -> Iterator[tuple[Word, ...]]:
    """Neighbouring words that form one name, with the status before and "cluster" after it."""
    at = 0
    for phrase in _phrases(text, text_words):
        yield from _runs_in(phrase, is_name[at : at + len(phrase)])
        at += len(phrase)


def _phrases(text: str, text_words: list[Word]) -> Iterator[list[Word]]:
    """The words between two punctuation marks, which no name goes across."""
    phrase: list[Word] = []
    for word in text_words:
        if phrase and not _are_joined(text, phrase[-1], word):
            yield phrase
            phrase = []
        phrase.append(word)
    yield phrase


def _are_joined(text: str, before: Word, after: Word) -> bool:
    """Whether two words can be neighbours in one name: not in "Elkem, Alcoa"."""
    between = text[before.end : after.start]
    if ABBREVIATION.search(text[: after.start]):
        between = between.removeprefix(".")
    return bool(_WITHIN_NAME.fullmatch(between))


def _runs_in(text_words: list[Word], is_name: list[bool]) -> Iterator[tuple[Word, ...]]:
    at = 0
    while at < len(text_words):
        end = at
        while end < len(text_words) and (is_name[end] or _goes_on(text_words, at, end)):
            end += 1
        if end == at:
            at += 1
            continue
        start = at - 1 if at and text_words[at - 1].folded in STATUSES else at
        if end < len(text_words) and text_words[end].folded == CLUSTER:
            end += 1
        yield tuple(text_words[start:end])
        at = end


def _goes_on(text_words: list[Word], start: int, at: int) -> bool:
    """Whether a capitalised word goes on with a name: the "Sør" of "Pelagica Sør"."""
    word = text_words[at]
    is_next = at > start and word.start - text_words[at - 1].end == 1
    return is_next and word.is_capitalised and word.folded not in STATUSES


def _mention(run: tuple[Word, ...]) -> Mention:
    name = " ".join(_bare(word.folded) for word in run)
    return Mention(name, run[0].start, run[-1].end)


@lru_cache(maxsize=65536)
def _searchable(text: str) -> str:
    return f" {_bare_phrase(text)} "
