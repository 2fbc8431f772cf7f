"""A strict local stand-in for Telegram's Bot API: HTTP in, what Telegram would say out.

It refuses whatever Telegram refuses, and some of what Telegram only lets pass, such as a bare `>`.
"""

import json
import re
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs

Json = dict[str, Any]

BOT = {"id": 4242, "is_bot": True, "first_name": "Klyngesvar", "username": "klyngesvar_bot"}
BOT["supports_inline_queries"] = True

# Telegram also takes links, but ours belong on buttons.
_TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "del", "code", "pre", "blockquote"}
_TOKENS = re.compile(r"<(/?)([a-z-]+)( expandable)?>|&(?:lt|gt|amp|quot|#\d+);|[<>&]|[^<>&]+")
_URL = re.compile(r"(https?://[^\s/?#]+\.[^\s/?#]+([/?#]\S*)?|tg://\S+)", re.ASCII)
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
# Everything else that arrives is JSON: numbers, booleans, objects.
_STRINGS = set("text parse_mode callback_query_id action language_code url secret_token".split())
_FAULTS = {
    400: "Bad Request: query is too old and response timeout expired or query ID is invalid",
    403: "Forbidden: bot was blocked by the user",
    429: "Too Many Requests: retry later",
    500: "Internal Server Error",
    502: "Bad Gateway",
}
# Instead of a status: the connection ends without a reply, or the call is carried out and the
# reply comes after the bot has given up waiting.
HANG_UP, TOO_LATE = 0, 1
_KNOWN = {
    "getMe": "",
    "deleteWebhook": "drop_pending_updates",
    "setWebhook": "url secret_token allowed_updates",
    "getUpdates": "offset limit timeout allowed_updates",
    "sendMessage": "chat_id text parse_mode reply_markup link_preview_options reply_parameters"
    " message_thread_id",
    "editMessageText": "chat_id message_id text parse_mode reply_markup link_preview_options",
    "sendChatAction": "chat_id action message_thread_id",
    "answerCallbackQuery": "callback_query_id text show_alert",
    "setMyCommands": "commands language_code scope",
}


class Refusal(Exception):
    """An answer other than `ok`; with a chat, only to calls for that chat."""

    def __init__(
        self,
        status: int,
        description: str,
        retry_after: int | None = None,
        chat: int | None = None,
    ) -> None:
        super().__init__(description)
        self.status = status
        self.retry_after = retry_after
        self.chat = chat


@dataclass
class TelegramStandIn:
    """Serves one bot; `calls` holds every accepted call but getUpdates and getMe, in order."""

    token: str
    port: int = 0  # 0: any that is free
    calls: list[tuple[str, Json]] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    confirmed: int = 0  # the highest offset that was asked for
    _updates: list[Json] = field(default_factory=list)
    _chats: dict[int, Json] = field(default_factory=dict)
    _messages: dict[tuple[int, int], Json] = field(default_factory=dict)  # by chat and id
    _queries: set[str] = field(default_factory=set)
    _faults: dict[str, list[Refusal]] = field(default_factory=lambda: defaultdict(list))
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _poll: int = 0
    _last_id: int = 100

    def __enter__(self) -> Self:
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                status, reply = stand_in._respond(self.path, body)
                if status in (HANG_UP, TOO_LATE):
                    time.sleep(6 * status)
                    self.close_connection = True
                    return
                data = json.dumps(reply).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                """Keep the test's output clean."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            block_on_close = False

            def handle_error(self, *_: object) -> None:
                """A bot that stops lets go of its long poll; that is no error."""

        self._server = Server(("127.0.0.1", self.port), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    # What a test does

    def feed(self, kind: str, content: Json) -> None:
        """Let something happen in Telegram: a kind of update, with its content."""
        with self._changed:
            self._last_id += 1
            chat = content.get("message", content)["chat"]
            self._chats[chat["id"]] = chat
            message = content.get("message", content)
            if message is content:
                self._messages[chat["id"], message["message_id"]] = message
            else:  # a press; the message is known, but for one from before the test
                self._messages.setdefault((chat["id"], message["message_id"]), message)
            if kind == "callback_query":
                self._queries.add(content["id"])
            self._updates.append({"update_id": self._last_id, kind: content})
            self._changed.notify_all()

    def know(self, chat: Json) -> None:
        """Let the bot write to a chat, whose updates the test delivers itself."""
        self._chats[chat["id"]] = chat

    def feed_update(self, update: Json) -> None:
        """Let the next poll bring an update that may be of any shape."""
        with self._changed:
            self._last_id += 1
            self._updates.append({"update_id": self._last_id, **update})
            self._changed.notify_all()

    def fail_next(
        self,
        method: str,
        status: int,
        retry_after: int | None = None,
        chat: int | None = None,
        description: str = "",
    ) -> None:
        """Refuse the next call of a method, or the next for a chat."""
        description = (
            f"Bad Request: {description}" if description else _FAULTS.get(status, "hung up")
        )
        self._faults[method].append(Refusal(status, description, retry_after, chat))

    def wait_for(self, method: str, count: int = 1, seconds: float = 5) -> list[Json]:
        """The parameters of a method's calls, once there are so many."""
        deadline = time.monotonic() + seconds
        with self._changed:
            while len(found := self.params(method)) < count:
                if not self._changed.wait(max(0.0, deadline - time.monotonic())):
                    raise AssertionError(f"{method}: {found}; refused: {self.refused}")
        return found

    def wait_until_taken(self, seconds: float = 5) -> None:
        """Wait until a poll has confirmed every update so far."""
        with self._changed:
            last = max(update["update_id"] for update in self._updates)
            is_taken = self._changed.wait_for(lambda: self.confirmed > last, seconds)
        assert is_taken

    def params(self, method: str) -> list[Json]:
        """The parameters of a method's calls so far."""
        return [params for name, params in self.calls if name == method]

    def last_message(self, chat: int) -> Json:
        """The newest message of the bot's in a chat, as its readers have it."""
        own = [
            message
            for (chat_id, _), message in sorted(self._messages.items())
            if chat_id == chat and message["from"] == BOT
        ]
        return {key: value for key, value in own[-1].items() if value and key != "tagged"}

    # What Telegram does

    def _respond(self, path: str, body: str) -> tuple[int, Json]:
        method = path.rpartition("/")[2]
        try:
            result = self._dispatch(path, body)
        except Refusal as refusal:
            if refusal.status != 409:  # a poll that the bot has hung up on, on its way out
                self.refused.append((method, str(refusal)))
            reply: Json = {"ok": False, "error_code": refusal.status, "description": str(refusal)}
            if refusal.retry_after:
                reply["parameters"] = {"retry_after": refusal.retry_after}
            return refusal.status, reply
        return 200, {"ok": True, "result": result}

    def _dispatch(self, path: str, body: str) -> object:
        match = re.fullmatch(r"/bot([^/]+)/(\w+)", path)
        _require(match is not None, "Not Found", 404)
        assert match is not None
        token, method = match.groups()
        _require(token == self.token, "Unauthorized", 401)
        _require(method in _KNOWN, "Not Found: method not found", 404)
        params = _params(method, body)
        for fault in self._faults[method]:
            if fault.chat in (None, params.get("chat_id")):
                self._faults[method].remove(fault)
                if fault.status == TOO_LATE:
                    self._methods()[method](params)
                    self.calls.append((method, params))
                raise fault
        if method == "getUpdates":
            return self._get_updates(**params)
        result = self._methods()[method](params)
        if method != "getMe":
            with self._changed:
                self.calls.append((method, params))
                self._changed.notify_all()
        return result

    def _methods(self) -> Mapping[str, Callable[[Json], object]]:
        return {
            "getMe": lambda _: BOT,
            "deleteWebhook": lambda _: True,
            "setWebhook": _set_webhook,
            "sendMessage": self._send_message,
            "editMessageText": self._edit_message_text,
            "sendChatAction": self._send_chat_action,
            "answerCallbackQuery": self._answer_callback_query,
            "setMyCommands": _set_my_commands,
        }

    def _get_updates(
        self,
        offset: int = 0,
        limit: int = 100,
        timeout: int = 0,
        allowed_updates: list[str] | None = None,
    ) -> list[Json]:
        deadline = time.monotonic() + timeout
        with self._changed:
            self._poll += 1
            poll = self._poll
            self.confirmed = max(self.confirmed, offset)
            self._changed.notify_all()
            self._updates = [update for update in self._updates if update["update_id"] >= offset]
            while True:
                _require(poll == self._poll, "Conflict: terminated by other getUpdates", 409)
                found = [
                    update
                    for update in self._updates
                    if not allowed_updates or set(allowed_updates) & update.keys()
                ]
                if found or not self._changed.wait(max(0.0, deadline - time.monotonic())):
                    return found[:limit]

    def _send_message(self, params: Json) -> Json:
        chat = self._chat(params)
        topic = self._topic(params)
        self._check_reply(params)
        content = _content(params)
        with self._changed:
            self._last_id += 1
        message = {"message_id": self._last_id, "date": 1, "chat": chat, "from": BOT}
        self._messages[chat["id"], self._last_id] = {**message, **content}
        return {**message, **topic, "text": content["text"]}

    def _edit_message_text(self, params: Json) -> Json:
        chat = self._chat(params)
        message = self._messages.get((chat["id"], params["message_id"]))
        _require(message is not None, "message to edit not found")
        assert message is not None
        is_own = message.get("from") == BOT and message["date"] > 0  # 0: too old to be seen
        _require(is_own, "message can't be edited")
        content = _content(params)
        is_same = all(message.get(key) == value for key, value in content.items())
        _require(
            not is_same,
            "message is not modified: specified new message content and reply "
            "markup are exactly the same as a current content and reply markup of the message",
        )
        message.update(content)
        known = ("message_id", "date", "chat", "from", "text")
        return {**{key: message[key] for key in known}, "edit_date": 2}

    def _send_chat_action(self, params: Json) -> bool:
        self._chat(params)
        self._topic(params)
        _require(params.get("action") == "typing", "wrong parameter action in request")
        return True

    def _topic(self, params: Json) -> Json:
        """What a message in the topic holds; only a forum's topics are threads to send to."""
        if (thread := params.get("message_thread_id")) is None:
            return {}
        chat, of_topics = (
            self._chat(params),
            [
                message.get("message_thread_id")
                for (chat_id, _), message in self._messages.items()
                if chat_id == params["chat_id"] and message.get("is_topic_message")
            ],
        )
        _require(bool(chat.get("is_forum")) and thread in of_topics, "message thread not found")
        return {"message_thread_id": thread, "is_topic_message": True}

    def _check_reply(self, params: Json) -> None:
        if (reply := params.get("reply_parameters")) is None:
            return
        is_known = (params["chat_id"], reply["message_id"]) in self._messages
        may_miss = reply.get("allow_sending_without_reply", False)
        _require(is_known or may_miss, "message to be replied not found")

    def _answer_callback_query(self, params: Json) -> bool:
        known = params["callback_query_id"] in self._queries
        _require(known, "query is too old and response timeout expired or query ID is invalid")
        self._queries.remove(params["callback_query_id"])
        _require(len(params.get("text", "")) <= 200, "MESSAGE_TOO_LONG")
        return True

    def _chat(self, params: Json) -> Json:
        _require(params.get("chat_id") in self._chats, "chat not found")
        return self._chats[params["chat_id"]]


def _require(holds: bool, description: str, status: int = 400) -> None:
    if not holds:
        prefix = "Bad Request: " if status == 400 else ""
        raise Refusal(status, prefix + description)


def _params(method: str, body: str) -> Json:
    sent = {name: values[0] for name, values in parse_qs(body, keep_blank_values=True).items()}
    unknown = sent.keys() - set(_KNOWN[method].split())
    _require(not unknown, f"unknown parameters {sorted(unknown)}")
    return {name: text if name in _STRINGS else json.loads(text) for name, text in sent.items()}


def _content(params: Json) -> Json:
    """What the user would see of a message: its words, what is tagged, and the buttons."""
    _require(params.get("parse_mode", "HTML") == "HTML", "unsupported parse_mode")
    html = params["text"]
    seen = read_html(html) if "parse_mode" in params else ReadHtml(html, ())
    _require(bool(seen.plain.strip()), "message text is empty")
    _require(len(seen.plain.encode("utf-16-le")) <= 2 * 4096, "message is too long")
    if (markup := params.get("reply_markup")) is not None:
        _require(set(markup) == {"inline_keyboard"}, "unsupported reply markup")
        for button in [button for row in markup["inline_keyboard"] for button in row]:
            _check_button(button)
    return {"text": seen.plain, "tagged": seen.tagged, "reply_markup": markup}


def _check_button(button: Json) -> None:
    text, actions = button.get("text"), button.keys() - {"text"}
    _require(bool(text), "inline keyboard button text is empty")
    _require(len(actions) == 1, "text buttons are unallowed in the inline keyboard")
    if "url" in actions:
        url = button["url"]
        _require(bool(_URL.fullmatch(url)), f"inline keyboard button URL '{url}' is invalid")
    elif "switch_inline_query" in actions:
        query = button["switch_inline_query"]
        _require(len(query) <= 256, "SWITCH_INLINE_QUERY_INVALID")
    elif "copy_text" in actions:
        _require(button["copy_text"].keys() == {"text"}, "can't parse copy text button")
        _require(1 <= len(button["copy_text"]["text"]) <= 256, "COPY_TEXT_INVALID")
    else:
        _require(actions == {"callback_data"}, f"unknown button action {actions}")
        size = len(button["callback_data"].encode())
        _require(1 <= size <= 64, "BUTTON_DATA_INVALID")


def _set_webhook(params: Json) -> bool:
    _require(params["url"].startswith("https://"), "bad webhook: An HTTPS URL must be provided")
    secret = params.get("secret_token", "")
    _require(bool(re.fullmatch(r"[\w-]{1,256}", secret, re.ASCII)), "secret token is unallowed")
    return True


def _set_my_commands(params: Json) -> bool:
    code = params.get("language_code", "")
    _require(bool(re.fullmatch(r"([a-z]{2})?", code)), "invalid language code specified")
    for command in params["commands"]:
        _require(bool(_COMMAND.fullmatch(command["command"])), "BOT_COMMAND_INVALID")
        _require(1 <= len(command["description"]) <= 256, "BOT_COMMAND_DESCRIPTION_INVALID")
    return True


@dataclass(frozen=True)
class ReadHtml:
    """What a user sees, and the words within each tag, in the order in which the tags close."""

    plain: str
    tagged: tuple[tuple[str, str], ...]


def read_html(html: str) -> ReadHtml:
    """Parse Telegram's HTML; anything that is not quite right is refused."""
    plain, tagged, open_tags = "", [], list[tuple[str, int]]()
    for match in _TOKENS.finditer(html):
        token, (closing, tag, attribute) = match.group(), match.groups()
        _require(token not in ("<", ">", "&"), f"can't parse entities: bare {token!r}")
        is_right = not attribute or (tag == "blockquote" and not closing)
        _require(is_right, f"can't parse entities: {token}")
        if not tag:
            plain += unescape(token)
        elif closing:
            is_open = bool(open_tags) and open_tags[-1][0].partition(" ")[0] == tag
            _require(is_open, f"can't parse entities: {token}")
            opened, at = open_tags.pop()
            tagged.append((opened, plain[at:]))
        else:
            _require(tag in _TAGS, f"can't parse entities: unsupported start tag {tag!r}")
            nested = tag == "blockquote" and any(name.startswith(tag) for name, _ in open_tags)
            _require(not nested, "can't parse entities: nested blockquote")
            open_tags.append((tag + (attribute or ""), len(plain)))
    _require(not open_tags, f"can't parse entities: can't find end tags of {open_tags}")
    return ReadHtml(plain, tuple(tagged))
