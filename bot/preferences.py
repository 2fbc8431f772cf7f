"""The language that somebody has chosen: the one thing that is kept of a person, by user id."""

from collections.abc import Mapping

from telegram import User

from bot.database import Database
from bot.texts import Texts
from knowledge.articles import Language

_TELEGRAM: dict[str, Language] = {"nb": "nb", "no": "nb", "nn": "nn", "en": "en"}


class Preferences:
    """In which language to speak with whom."""

    def __init__(self, database: Database, texts: Mapping[Language, Texts]) -> None:
        """Read all choices, so that no answer has to wait for the disk."""
        self._database = database
        self._texts = texts
        self._chosen: dict[int, Language] = dict(database.read("SELECT * FROM languages"))

    def language(self, user: User | None) -> Language | None:
        """What the user has chosen, else what Telegram says, where it is one of ours."""
        if user is None:
            return None
        code = (user.language_code or "").lower().partition("-")[0]
        return self.chosen(user) or _TELEGRAM.get(code)

    def chosen(self, user: User | None) -> Language | None:
        """What the user has chosen."""
        return self._chosen.get(user.id) if user else None

    def words(self, user: User | None, asked: Language | None = None) -> Texts:
        """The words for this user, who has perhaps asked in a language."""
        return self._texts[self.chosen(user) or asked or self.language(user) or "en"]

    def choose(self, user: User, language: Language) -> None:
        """Remember a choice."""
        self._database.write("REPLACE INTO languages VALUES (?, ?)", user.id, language)
        self._chosen[user.id] = language

    def forget(self, user: User) -> None:
        """Know nothing of a user any more."""
        self._database.write("DELETE FROM languages WHERE user = ?", user.id)
        self._chosen.pop(user.id, None)
