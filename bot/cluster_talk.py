"""What is said of clusters in a chat: Telegram's updates in, cards and pages of them out."""

from collections.abc import Callable

from telegram import Message, Update, User
from telegram.ext import ContextTypes

from bot.cluster_card import LONGEST_LABEL, cluster_card
from bot.cluster_pages import START, Place, browse
from bot.clusters import Directory, slug_of
from bot.edits import edit_card
from bot.memory import Memories, who_in
from bot.preferences import Preferences
from bot.render import Button, Card
from bot.sending import send, send_card
from bot.source import Source
from bot.texts import Texts
from bot.updates import confirm, message_of, press_of
from index.followup import Memory
from knowledge.register import Cluster

Context = ContextTypes.DEFAULT_TYPE

SUGGESTIONS = 3
CHOSEN = r"cluster:(?P<slug>[a-z0-9-]+)$"
PLACES = r"clusters(:|$)"


class ClusterTalk:
    """Shows what the register holds of a cluster, and lets people look through all of them."""

    def __init__(
        self, source: Callable[[], Source], preferences: Preferences, memories: Memories
    ) -> None:
        """Take where the clusters are, everybody's words, and what was last spoken about."""
        self._source = source
        self._preferences = preferences
        self._memories = memories

    def answer(self, text: str, message: Message, user: User | None) -> Card | None:
        """The cluster that a text wants to know all about; None where it is a question."""
        directory = self._source().directory
        request = directory.request(text)
        if request is None or (
            request.language is None and self._goes_on(message, user, request.cluster)
        ):
            return None
        words = self._preferences.words(user, request.language)
        return self._shown(message, user, request.cluster, directory, words)

    def linked(self, payload: str, message: Message, user: User | None) -> Card | None:
        """The cluster that a link leads to: `c-nce-ikuben`, with any of its names."""
        kind, _, slug = payload.partition("-")
        directory = self._source().directory
        cluster = directory.find(slug) if kind == "c" else None
        words = self._preferences.words(user)
        return self._shown(message, user, cluster, directory, words) if cluster else None

    def _goes_on(self, message: Message, user: User | None, cluster: Cluster) -> bool:
        """Whether a bare name leans on a question: "ACT?" after "Who leads NCE iKuben?"."""
        who = who_in(message, user)
        memory = self._memories.recall(who) if who else None
        return memory is not None and cluster.name != memory.name != memory.text

    async def command(self, update: Update, _: Context) -> None:
        """Show the cluster that stands after /cluster, or those with such a name."""
        message, words = message_of(update), self._preferences.words(update.effective_user)
        directory = self._source().directory
        _command, *name = (message.text or "").split(maxsplit=1)
        if not name:
            await send(message, words.cluster_hint)
        elif request := directory.request(name[0]):
            user = update.effective_user
            card = self._shown(message, user, request.cluster, directory, words)
            await send_card(message, card)
        else:
            await send_card(message, _near(name[0], directory, words))

    async def start(self, update: Update, _: Context) -> None:
        """Begin to look through all clusters."""
        message, words = update.effective_message, self._preferences.words(update.effective_user)
        screen = browse(self._source().directory, START, words)
        if message and screen:
            await send_card(message, screen)

    async def turn(self, update: Update, _: Context) -> None:
        """Go where the pressed button leads, in the same message."""
        query = press_of(update)
        words, place = self._preferences.words(query.from_user), Place.read(query.data or "")
        screen = browse(self._source().directory, place, words) if place else None
        message = query.message
        if screen and isinstance(message, Message) and message.is_accessible:
            await confirm(query)
            await edit_card(message.edit_text, screen)
        else:
            await confirm(query, words.clusters_gone, alert=True)

    async def chosen(self, update: Update, _: Context) -> None:
        """Show the cluster on the pressed button."""
        query = press_of(update)
        words = self._preferences.words(query.from_user)
        directory = self._source().directory
        cluster = directory.find((query.data or "").partition(":")[2])
        if cluster and isinstance(query.message, Message):
            await confirm(query)
            card = self._shown(query.message, query.from_user, cluster, directory, words)
            await send_card(query.message, card)
        else:
            await confirm(query, words.clusters_gone, alert=True)

    def _shown(
        self,
        message: Message,
        user: User | None,
        cluster: Cluster,
        directory: Directory,
        words: Texts,
    ) -> Card:
        """A cluster's card; what the user asks next is about it."""
        self._remember(message, user, cluster.name)
        return cluster_card(cluster, directory.articles.get(cluster.name, ()), words)

    def _remember(self, message: Message, user: User | None, cluster: str) -> None:
        who = who_in(message, user)
        known = self._memories.recall(who) if who else None
        # A question about the same one holds more than its name.
        if who and not (known and known.is_latest and known.name == cluster):
            language, span = self._preferences.language(user) or "en", (0, len(cluster))
            self._memories.keep(who, Memory(cluster, language, cluster, span, is_latest=True))


def _near(name: str, directory: Directory, words: Texts) -> Card:
    """That there is no such cluster, and which have a similar name."""
    near = directory.near(name, SUGGESTIONS)
    rows = tuple((_choice(cluster),) for cluster in near)
    parts = [words.cluster_unknown, words.suggest if near else ""]
    return Card("\n\n".join(filter(None, parts)), rows)


def _choice(cluster: Cluster) -> Button:
    return Button(cluster.name[:LONGEST_LABEL], data=f"cluster:{slug_of(cluster)}")
