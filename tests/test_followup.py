"""What leans on the question before it and what stands on its own, with the kept names."""

import pytest
from fake_index import article

from index.followup import FollowUp, Memory, follow_up, remember
from index.leaning import ATTRIBUTES, GENERAL
from index.lexical import Lexicon
from index.names import Names
from index.question import Question, understand
from knowledge.articles import Language, read_articles
from knowledge.glossary import read_glossary
from knowledge.paths import KNOWLEDGE
from knowledge.questions import read_questions
from knowledge.register import Cluster, make_register, read_register

GLOSSARY = read_glossary(KNOWLEDGE / "glossary.yaml")
LEXICON = Lexicon(GLOSSARY)
ARTICLES = read_articles(KNOWLEDGE / "articles")
NAMES = Names(read_register(KNOWLEDGE / "clusters.yaml"), ARTICLES, LEXICON)


def understood(text: str, fallback: Language | None = None, names: Names = NAMES) -> Question:
    found = names.in_question(text)
    return understand(text, fallback, LEXICON, found)


def heard(*questions: str) -> Memory | None:
    """What is remembered of whole questions."""
    memory = None
    for question in questions:
        memory = remember(understood(question), memory, NAMES)
    return memory


def completed(text: str, memory: Memory | None) -> FollowUp | None:
    return follow_up(understood(text), memory, NAMES)


IKUBEN = heard("Who leads NCE iKuben?")


@pytest.mark.parametrize(
    ("text", "question", "shown"),
    [
        # A pronoun makes room for the name
        ("and where are they based?", "where are NCE iKuben based?", "where based"),
        ("Can you tell me where they're based?", "Can you tell me where NCE iKuben based?", None),
        ("Who chairs it?", "Who chairs NCE iKuben?", "who chairs"),
        ("who is the leader of it?", "who is the leader of NCE iKuben?", "who is the leader"),
        ("What is their aim?", "What is NCE iKuben's aim?", "what aim"),
        (
            "How many members does the cluster have?",
            "How many members does NCE iKuben have?",
            None,
        ),
        ("When did the cluster become an NCE?", "When did NCE iKuben become an NCE?", None),
        ("What is the cluster's budget?", "What is NCE iKuben's budget?", "what budget"),
        ("What do they do in Molde?", "What do NCE iKuben do in Molde?", "what do in Molde"),
        ("Hvor ligger den?", "Hvor ligger NCE iKuben?", "hvor ligger"),
        ("og når ble den startet?", "når ble NCE iKuben startet?", "når ble startet"),
        ("Hvor mye penger fikk de?", "Hvor mye penger fikk NCE iKuben?", None),
        ("Når fikk de NCE-status?", "Når fikk NCE iKuben NCE-status?", "når fikk NCE-status"),
        ("Hva er målet deres?", "Hva er målet til NCE iKuben?", "hva er målet"),
        ("Hva er deres mål?", "Hva er NCE iKubens mål?", "hva mål"),
        ("Hvor mange er med i klyngen i dag?", "Hvor mange er med i NCE iKuben i dag?", None),
        ("Kven leier klynga?", "Kven leier NCE iKuben?", "kven leier"),
        ("Kva er visjonen deira?", "Kva er visjonen til NCE iKuben?", "kva er visjonen"),
        ("og kvar held dei til?", "kvar held NCE iKuben til?", "kvar held til"),
        # An attribute of nobody gets the name
        ("where based?", "where based in NCE iKuben?", "where based"),
        ("how many members?", "how many members in NCE iKuben?", "how many members"),
        ("and the chair?", "the chair in NCE iKuben?", "the chair"),
        ("who is the cluster manager?", "who is the cluster manager in NCE iKuben?", None),
        ("How much does it cost to join?", "How much does it cost to join in NCE iKuben?", None),
        ("styreleder?", "styreleder i NCE iKuben?", "styreleder"),
        ("Antall medlemmer i 2017", "Antall medlemmer i 2017 i NCE iKuben?", None),
        ("og nettsiden?", "nettsiden i NCE iKuben?", "nettsiden"),
        ("og hvem synger?", "hvem synger i NCE iKuben?", "hvem synger"),
        ("kor mange er med?", "kor mange er med i NCE iKuben?", "kor mange er med"),
        ("Kven er styreleiar?", "Kven er styreleiar i NCE iKuben?", "kven er styreleiar"),
        # A greeting or thanks before it changes nothing
        ("Takk! Og hvem er styreleder?", "hvem er styreleder i NCE iKuben?", "hvem er styreleder"),
        (
            "Hei, hvor mange medlemmer?",
            "hvor mange medlemmer i NCE iKuben?",
            "hvor mange medlemmer",
        ),
        (
            "Thank you! And how many members?",
            "how many members in NCE iKuben?",
            "how many members",
        ),
        ("Takk for hjelpen! Hvor ligger den?", "Hvor ligger NCE iKuben?", "hvor ligger"),
    ],
)
def test_what_leans_gets_the_last_name(text: str, question: str, shown: str | None) -> None:
    found = completed(text, IKUBEN)
    assert found is not None
    assert found.question == question
    if shown is not None:
        assert found.understood == f"NCE iKuben · {shown}"


@pytest.mark.parametrize(
    ("last", "text", "question", "shown"),
    [
        ("Who leads NCE iKuben?", "hva med ACT?", "Who leads Arctic Cluster Team?", "who leads"),
        ("Who leads NCE iKuben?", "ACT?", "Who leads Arctic Cluster Team?", "who leads"),
        (
            "Who leads NCE iKuben?",
            "And what about ACT then?",
            "Who leads Arctic Cluster Team?",
            None,
        ),
        ("Hvem leder iKuben?", "og i ACT?", "Hvem leder Arctic Cluster Team?", "hvem leder"),
        ("Who leads iKuben?", "Takk for svaret! Og ACT?", "Who leads Arctic Cluster Team?", None),
        ("Kven leier ACT?", "kva med ikubn då?", "Kven leier NCE iKuben?", "kven leier"),
        ("Hva er iKubens mål?", "hva med ACT?", "Hva er Arctic Cluster Teams mål?", "hva mål"),
        ("What is ACT's aim?", "and iKuben?", "What is NCE iKuben's aim?", "what aim"),
        (
            "Hvor mange medlemmer har iKuben i dag?",
            "enn Eyde-klyngen?",
            "Hvor mange medlemmer har Eyde-klyngen i dag?",
            "hvor mange medlemmer i dag",
        ),
    ],
)
def test_a_name_alone_takes_the_last_question(
    last: str, text: str, question: str, shown: str | None
) -> None:
    found = completed(text, heard(last))
    assert found is not None
    assert found.question == question
    if shown is not None:
        assert found.understood.partition(" · ")[2] == shown


@pytest.mark.parametrize(
    "text",
    [
        # They name somebody and ask something
        "Who leads NODE?",
        "og hvem leder NODE?",
        "hva er ACT?",
        "Tell me about ACT",
        "Kvar ligg Eyde-klyngen?",
        "Er de med i GCE NODE?",
        "Who is Hilde Aspås?",
        "hva med NCE Tullball?",
        "and where is NCE Tullball based?",
        # They ask about the programme, or about clusters in general
        "What is a cluster?",
        "and what is a cluster?",
        "og hva er en klynge?",
        "Hva er forskjellen på Arena og NCE?",
        "how many NCEs are there?",
        "Hvem finansierer klyngeprogrammet?",
        "And who finances the cluster programme?",
        "Kor mange søkte i 2016?",
        "Hvem er de modne klyngene?",
        "Hva er den største klyngen?",
        "Hvem leder den nye klyngen?",
        "Why are companies members?",
        "kva for statsrådar peika ut dei aller første NCE-klyngene?",
        "Korleis vart kostnadene i Arena Pro delte mellom staten og klynga?",
        "Hvor mye må klyngen selv betale i Arena Pro?",
        "How much does it cost to be an NCE?",
        "Hva er et medlem?",
        "hvem er statsråd?",
        # They say themselves what they mean
        "Hvem leder klyngen på Stord?",
        "Who leads the cluster that makes furniture?",
        "Which clusters became NCEs in 2007, and where are they based?",
        "Hva skal maskinen koste når den er ferdig?",
        "When did the ferry make its first crossing?",
        "Hvor stort er stipendet til dem som flytter hjem?",
        "Hvem jobber med IT?",
        # They ask nothing of a cluster
        "Hei!",
        "Takk",
        "og takk for hjelpen!",
        "Takk for den!",
        "Hei igjen!",
        "Takk, hvem er du?",
        "Thanks! What is a cluster?",
        "thanks",
        "Why?",
        "Når?",
        "who are you?",
        "And who are you?",
        "fortel ein vits",
        "og på nynorsk?",
        "and in English?",
        "og i 2019?",
    ],
)
def test_what_stands_on_its_own_is_not_bent(text: str) -> None:
    assert completed(text, IKUBEN) is None


def test_of_the_golden_questions_only_one_with_a_pronoun_leans() -> None:
    golden = read_questions(KNOWLEDGE / "questions.yaml", ARTICLES)
    bent = [question.question for question in golden if completed(question.question, IKUBEN)]
    assert bent == ["Når begynte de med NCE?"]


@pytest.mark.parametrize("text", ["and where are they based?", "ACT?", "kor mange er med?"])
def test_without_a_memory_nothing_is_completed(text: str) -> None:
    assert completed(text, None) is None


def test_the_first_dialogue() -> None:
    memory, seen = None, []
    texts = ["Who leads NCE iKuben?", "and where are they based?", "hva med ACT?"]
    for text in [*texts, "kor mange er med?"]:
        found = completed(text, memory)
        whole = understood(found.question) if found else understood(text)
        memory = remember(whole, memory, NAMES)
        seen.append(found and (found.understood, found.language))
    assert seen == [
        None,
        ("NCE iKuben · where based", "en"),
        ("Arctic Cluster Team · where based", "nb"),
        ("Arctic Cluster Team · kor mange er med", "nn"),
    ]


@pytest.mark.parametrize(
    ("last", "text", "language"),
    [
        ("Hvem leder iKuben?", "ACT?", "nb"),
        ("Kven leier iKuben?", "ACT?", "nn"),
        ("Kven leier iKuben?", "and ACT?", "en"),
    ],
)
def test_a_name_alone_speaks_the_language_of_the_last_question(
    last: str, text: str, language: Language
) -> None:
    found = completed(text, heard(last))
    assert found is not None
    assert found.language == language


def test_a_general_question_between_changes_nothing() -> None:
    assert heard("Who leads NCE iKuben?", "What is a cluster?", "Hei!") == IKUBEN


def test_after_a_question_about_the_programme_it_means_no_cluster() -> None:
    memory = heard("Who leads NCE iKuben?", "What does NCE give?")
    assert completed("and where are they based?", memory) is None
    found = completed("no, I meant ACT", memory)  # but a correction still swaps
    assert found is not None
    assert found.question == "Who leads Arctic Cluster Team?"


def test_of_several_clusters_the_last_one_counts() -> None:
    memory = heard("Is iKuben larger than ACT?")
    assert memory is not None
    assert (memory.name, memory.text[slice(*memory.span)]) == ("Arctic Cluster Team", "ACT")


def test_a_person_or_a_place_is_no_cluster() -> None:
    assert heard("Who leads NCE iKuben?", "Who is Hilde Aspås?") == IKUBEN
    assert heard("Is it raining in Molde?") is None
    assert completed("hva med Molde?", IKUBEN) is None


def test_after_an_unknown_name_they_is_nobody_but_another_name_still_swaps() -> None:
    memory = heard("Who leads NCE iKuben?", "Who leads NCE Tullball?")
    assert completed("and where are they based?", memory) is None
    assert completed("how many members?", memory) is None
    found = completed("hva med ACT?", memory)
    assert found is not None
    assert found.question == "Who leads Arctic Cluster Team?"
    assert heard("Who leads NCE Tullball?") is None


def test_a_cluster_that_only_an_article_has_counts_like_any_other() -> None:
    register = make_register((Cluster("NCE iKuben", ("iKuben",), ()),))
    names = Names(register, (article("a", "Det er kjent at Arena Fjord er i Molde.\n"),), LEXICON)
    for text, last in [
        ("Er iKuben større enn Arena Fjord?", "Arena Fjord"),
        ("Er Arena Fjord større enn iKuben?", "NCE iKuben"),
        ("Ligger iKuben i Molde?", "NCE iKuben"),
    ]:
        memory = remember(understood(text, names=names), None, names)
        assert memory is not None
        assert memory.name == last


def test_without_a_register_the_names_of_the_articles_count() -> None:
    source = article("a", "Bedriftene i Smelteringen ledes av Odd Falch i Varmekroken.\n")
    names = Names(make_register(()), (source,), LEXICON)
    memory = remember(understood("Who leads Smelteringen's board?", names=names), None, names)
    assert memory is not None
    assert memory.name == "Smelteringen"
    found = follow_up(understood("hva med Varmekroken?", names=names), memory, names)
    assert found is not None
    assert found.question == "Who leads Varmekroken's board?"


def test_the_concepts_of_the_rules_are_in_the_glossary() -> None:
    assert {*ATTRIBUTES, *GENERAL} - {concept.name for concept in GLOSSARY} == set()
