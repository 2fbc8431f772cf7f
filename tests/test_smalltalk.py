import pytest

from bot.smalltalk import SmallTalk
from bot.texts import TEXTS, load_texts
from knowledge.articles import Language

TEXTS_IN = load_texts(TEXTS)
NB, NN, EN = TEXTS_IN["nb"], TEXTS_IN["nn"], TEXTS_IN["en"]
TALK = SmallTalk(TEXTS_IN)


@pytest.mark.parametrize(
    ("text", "language", "answer"),
    [
        ("hei", "nb", NB.greeted),
        ("Hei!", "nn", NN.greeted),
        ("hei hei", "nb", NB.greeted),
        ("Hei, Klyngesvar 😀", "nb", NB.greeted),
        ("god morgen", "nb", NB.greeted),
        ("God morgon!", "nn", NN.greeted),
        ("hallo", "nb", NB.greeted),
        ("hi", "en", EN.greeted),
        ("hi", "nn", EN.greeted),  # no Norwegian phrase
        ("god kveld", "en", NB.greeted),  # no English one
        ("hello", None, EN.greeted),
        ("👋🏽", "nb", NB.greeted),
        ("takk!", "nn", NN.thanked),
        ("tusen takk", None, NB.thanked),
        ("Tusen takk, takk for hjelpen 🙏🏻", "en", NB.thanked),
        ("tusen takk for hjelpen", "nb", NB.thanked),
        ("hei, takk for svaret", "nb", NB.thanked),
        ("thanks", "en", EN.thanked),
        ("Thank you so much for your help!", "en", EN.thanked),
        ("👍", "nb", NB.thanked),
        ("👍🏿👍🏿", "en", EN.thanked),
        ("❤️", "nn", NN.thanked),
        ("hei, hvordan går det?", "nb", NB.well),
        ("Hei! Korleis går det?", "nn", NN.well),
        ("hi, how's it going?", "en", EN.well),
        ("hi, how’s it going?", "en", EN.well),
        ("???", "nb", NB.greeted),
        ("🚀", None, EN.greeted),
        ("hei, hvem leder NCE iKuben?", "nb", None),
        ("takk, og hvor holder de til?", "nb", None),
        ("Hva?", "nb", None),
        ("Hvordan går det med NCE iKuben?", "nb", None),
        ("heia Molde", "nb", None),
        ("2019", "nb", None),
    ],
)
def test_what_is_said_in_return(text: str, language: Language | None, answer: str | None) -> None:
    assert TALK.answer(text, language) == answer
