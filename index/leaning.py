"""Whether a question leans on the one before it: a pronoun, an opening "and", an attribute alone.

Whatever asks about the cluster programme, or about clusters in general, stands on its own.
"""

import re

from index.lexical import LEVELS, ConceptMention, tokenize
from index.question import Question
from knowledge.names import CLUSTER, STATUSES, Mention, fold, words
from knowledge.stop_words import STOP_WORDS

# What only the programme has, or what makes a question one about all clusters.
_PROGRAMME = LEVELS | {"programme"}
GENERAL = _PROGRAMME | frozenset(
    """
        cluster national_centre application applicant call_for_proposals competition criteria
        deadline innovation_norway siva research_council government ministry authorities
        parliament county_council minister state_secretary national_budget
        """.split()
)
_TOPICS = _PROGRAMME | {"innovation_norway", "siva", "research_council", "ministry", "government"}
# What a cluster has, so that "how many members?" asks about the cluster that was named last.
ATTRIBUTES = frozenset(
    """
        leader chair steering_group_leader project_manager deputy acting founder spokesperson
        director adviser predecessor successor member partner core_company member_institution
        company supplier customer employee job start_up funding budget fee price turnover profit
        founded located region county municipality town host owner aim task vision strategy focus
        challenge project renamed website contact email phone
        """.split()
)
# All that may stand around a name in "hva med ACT?", folded.
_FILLERS = (
    frozenset(
        map(
            fold,
            """
            and og but men or eller what how about hva kva med for in i at on hos på til enn da då
            then so så also too også heller same samme same det the now nå no please ok okay hei
            hi hello takk thanks nei not sorry beklager unnskyld feil jeg eg mente meinte mener
            meiner meant mean actually egentlig wrong rather skulle vs
            """.split(),
        )
    )
    | STATUSES
    | {CLUSTER}
)

_NORWEGIAN = re.compile(
    r"(?<![\w-])(?:(?P<owner>deres|deira|dens|(?:denne |den )?klyng(?:ens|as))"
    r"|de|dem|dei|den(?! klyng)|(?P<noun>(?:denne |den )?klyng(?:en|a)))(?![\w-])",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    r"(?<![\w-])(?:(?P<owner>their|its|(?:the|this|that) cluster['’]s)"
    r"|they(?:['’]re)?|them|it|(?P<noun>(?:the|this|that) cluster))(?![\w-])",
    re.IGNORECASE,
)
# "de norske klyngene", "den nye ordningen", "dei fyrste", "de som søkte": an article.
_IS_ARTICLE = re.compile(
    r"\s+(?:(?:\w+e\s+)*\w+(?:ene|ane)|\w+e\s+\w+(?:en|et|a)|\d+|to|tre|fire|fem|seks|sju|syv|åtte"
    r"|ni|ti|som|aller|andre|fleste|første|fyrste|siste|største|beste|norske|modne|mogne|nye)\b",
    re.IGNORECASE,
)
# "How much does it cost", "is it true": it stands for nothing.
_IS_EMPTY = re.compile(r"\s+(?:costs?|takes?|true|possible|necessary|like)\b", re.IGNORECASE)
# "klyngen på Stord", "the cluster that makes furniture", "klyngen der", but not "the cluster in
# 2019".
_DESCRIPTION = re.compile(
    r"\s+(?:i|på|ved|for|av|som|innen|innan|fra|frå|bak"
    r"|in|at|on|of|that|which|from|with|within|behind)"
    r"\s+(?!dag\b|fjor\b|år\b|med\b|\d)\w"
    r"|\s+(?:der|there)\b",
    re.IGNORECASE,
)
_THING = re.compile(r"(?<=\bthe )\w+|\b\w{4,}en\b", re.IGNORECASE)
_ADJECTIVE_BEFORE = re.compile(r"\b(?:den|denne)\s+\w+e\s+$", re.IGNORECASE)  # den største klyngen
_TOPIC_BEFORE = re.compile(r"\b(?:i|in|of|av|om|for|about|under)\s+$", re.IGNORECASE)

_GREETING = (
    r"(?:hei(?: igjen| på deg)?|heisann|hallo|hello|hey|hi(?: again| there)?"
    r"|god (?:dag|morgen|kveld)|good (?:morning|afternoon|evening)|ok|okay"
    r"|(?:(?:tusen |mange |many )?(?:takk|thanks)|thank you)(?: for (?:the |your )?\w+)?)(?![\w-])"
)
# "Great, how many members", but not "good practice": a mark or "and" follows.
_PRAISE = (
    r"(?:great|nice|cool|perfect|good|fint|flott|bra|supert?|perfekt|kult|aha|ja|yes|nei|no|sorry"
    r"|beklager)(?=\s*[,.!]|\s+(?:og|and)\b)"
)
_OPENING = re.compile(
    rf"\s*(?:(?:{_GREETING}|{_PRAISE})[^\w?]*)*(?P<conjunction>(?:and|og)\b[\s,]*)?", re.IGNORECASE
)
_BEING_IN_IT = re.compile(r"\b(?:er|var) med\b", re.IGNORECASE)
_COUNTING = frozenset(["antall", "antal", "number"])
_DEFINITION = re.compile(
    r"\b(?:hva|kva|what)\s+(?:er|is|are|betyr|tyder|means?)\s+(?:en|ein|ei|et|eit|a|an)\b",
    re.IGNORECASE,
)
_TO_THE_BOT = re.compile(r"\b(?:you|your|du|deg|din|ditt|dere|dykk)\b", re.IGNORECASE)
_POLITE = re.compile(
    r"\b(?:(?:can|could) you (?:please )?tell me|do you know|(?:kan|kunne) du (?:si|seie|fortelle"
    r"|fortelje)(?: meg)?|ve(?:i)?t du)\b",
    re.IGNORECASE,
)


def opening_of(text: str) -> int:
    """How many characters the greeting, thanks and "and" or "og" take that a text opens with."""
    opening = _OPENING.match(text)
    return opening.end() if opening else 0


def _opens_with_and(text: str) -> bool:
    opening = _OPENING.match(text)
    return bool(opening and opening["conjunction"])


def only_names(text: str, name: Mention) -> bool:
    """Whether it names a cluster and asks nothing: "hva med ACT?"."""
    asked = [word for word in words(text) if word.start >= opening_of(text)]
    others = [word for word in asked if not name.start <= word.start < name.end]
    return all(word.folded in _FILLERS for word in others)


def opens_topic(question: Question) -> bool:
    """Whether it asks about the programme or an agency, so that "it" will mean that; a question
    about what a word means opens none."""
    concepts = {mention.concept.name for mention in question.concepts}
    return bool(concepts & _TOPICS) and not _DEFINITION.search(question.text)


def pronoun_in(question: Question) -> re.Match[str] | None:
    """What stands for a cluster that the question itself does not name."""
    pattern = _ENGLISH if question.language == "en" else _NORWEGIAN
    matches = pattern.finditer(question.text, opening_of(question.text))
    found = next((match for match in matches if _stands_for_a_cluster(question, match)), None)
    return None if found and _has_own_subject(question, found) else found


def lacks_subject(question: Question) -> bool:
    """Whether it asks for what a cluster has, and does not say of which: "kor mange er med?"."""
    if question.names or _is_general(question):
        return False
    attributes = [c for c in question.concepts if c.concept.name in ATTRIBUTES]
    others = _other_words(question.text, attributes)
    if _opens_with_and(question.text):  # leans by itself, so one word may be new: "and who sings?"
        return len(others) <= 1 and bool(attributes or question.kind != "text")
    return not others and bool(attributes or _BEING_IN_IT.search(question.text))


def _stands_for_a_cluster(question: Question, found: re.Match[str]) -> bool:
    word, after = found.group(), question.text[found.end() :]
    if found["noun"]:
        return not _is_described(question, found)
    if word.lower() == "it":
        return not word.isupper() and not _IS_EMPTY.match(after)  # IT is a trade
    return word.lower() not in ("de", "dei", "dem", "den") or not _IS_ARTICLE.match(after)


def _is_described(question: Question, noun: re.Match[str]) -> bool:
    """Whether "the cluster" is one of which the question itself says which, or any at all."""
    before, after = question.text[: noun.start()], question.text[noun.end() :]
    return bool(
        _ADJECTIVE_BEFORE.search(before)
        or _DESCRIPTION.match(after)
        or any(
            _is_longer(concept, noun) or _is_topic(question, concept)
            for concept in question.concepts
        )
    )


def _is_longer(concept: ConceptMention, noun: re.Match[str]) -> bool:
    """Whether the noun is only part of the phrase: "the cluster programme"."""
    overlaps = concept.start < noun.end() and noun.start() < concept.end
    return overlaps and concept.concept.name != "cluster"


def _is_topic(question: Question, concept: ConceptMention) -> bool:
    """Whether the question is about a level of the programme: "delt i Arena Pro"."""
    before = question.text[: concept.start]
    return concept.concept.name in _PROGRAMME and bool(_TOPIC_BEFORE.search(before))


def _has_own_subject(question: Question, pronoun: re.Match[str]) -> bool:
    """Whether what the pronoun stands for comes before it in the question itself."""
    topics = [c.start for c in question.concepts if c.concept.name in {*_PROGRAMME, "cluster"}]
    starts = [*topics, *(name.start for name in question.names)]
    if pronoun.group().lower() in ("it", "its", "den", "dens"):
        starts += _things(question)
    return any(opening_of(question.text) <= start < pronoun.start() for start in starts)


def _things(question: Question) -> list[int]:
    """Where single things begin that no cluster has: "the ferry", "maskinen"."""
    attributes = {c.start for c in question.concepts if c.concept.name in ATTRIBUTES}
    starts = {match.start() for match in _THING.finditer(question.text)}
    return sorted(starts - attributes)


def _is_general(question: Question) -> bool:
    """Whether it is about the programme, about a word, or to the bot itself."""
    text = _POLITE.sub("", question.text[opening_of(question.text) :])
    asks_why = question.kind == "reason" and not _opens_with_and(question.text)
    return bool(
        asks_why
        or any(mention.concept.name in GENERAL for mention in question.concepts)
        or _DEFINITION.search(text)
        or _TO_THE_BOT.search(text)
    )


def _other_words(text: str, mentions: list[ConceptMention]) -> list[str]:
    """The words with a meaning of their own that stand in none of the mentions."""
    asked = _OPENING.sub(_blank, text, count=1)
    return [
        token.text
        for token in tokenize(_POLITE.sub(_blank, asked))
        if (token.text not in STOP_WORDS or text[token.start : token.end].isupper())  # "IT"
        and token.text not in _COUNTING
        and not token.text.isdigit()
        and not any(mention.start <= token.start < mention.end for mention in mentions)
    ]


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())
