"""The language that a user's Telegram is set to, where it is one of ours."""

from telegram import User

from knowledge.articles import Language

_LANGUAGES: dict[str, Language] = {"nb": "nb", "no": "nb", "nn": "nn", "en": "en"}


def language_of(user: User | None) -> Language | None:
    """One of our languages, or None."""
    code = (user.language_code or "") if user else ""
    return _LANGUAGES.get(code.lower().partition("-")[0])
