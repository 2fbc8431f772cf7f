"""Another extractive question-answering model, from the hub or a folder, in the reader's place."""

from collections.abc import Sequence

import torch
from transformers import AutoModelForQuestionAnswering, AutoTokenizer

from index.reader_tokens import Tokens
from index.reader_windows import WindowScores
from index.windows import Window
from knowledge.errors import KlyngesvarError

_LONGEST = 384  # tokens of question and window
_QUESTION = 300  # characters of the question, so that the window has room


class NamedReader:
    """Reads windows with a model that was trained on SQuAD 2 or the like."""

    def __init__(self, name: str) -> None:
        """Load `KLYNGESVAR_READER`; a KlyngesvarError says why that can not be done."""
        try:
            self._tokenizer = AutoTokenizer.from_pretrained(name)
            self._model = AutoModelForQuestionAnswering.from_pretrained(name).eval()
        except (OSError, ValueError) as error:
            raise KlyngesvarError(
                f"KLYNGESVAR_READER={name}: no such model on the hub or on disk, or no network. "
                f"Unset it to use the reader that comes with Klyngesvar.\n({error})"
            ) from error
        if not self._tokenizer.is_fast:
            raise KlyngesvarError(
                f"KLYNGESVAR_READER={name}: its tokenizer can not tell where its tokens stand in "
                "the text. Choose a model with a fast tokenizer."
            )

    def read(self, question: str, windows: Sequence[Window]) -> list[WindowScores]:
        """The scores of each window, in the order of the windows."""
        return [self._read(question, window) for window in windows]

    def _read(self, question: str, window: Window) -> WindowScores:
        found = self._tokenizer(
            question[:_QUESTION],
            window.head + window.text,
            truncation="only_second",
            max_length=_LONGEST,
            return_offsets_mapping=True,
            return_tensors="pt",
        )
        tokens = Tokens(
            tuple(found["input_ids"][0].tolist()),
            tuple(
                _in_body(window, start, end) if part == 1 else None
                for part, (start, end) in zip(
                    found.sequence_ids(0), found.pop("offset_mapping")[0].tolist(), strict=True
                )
            ),
        )
        with torch.inference_mode():
            logits = self._model(**found)
        start, end = logits.start_logits[0].numpy(), logits.end_logits[0].numpy()
        return WindowScores(window, tokens, start, end, float(start[0] + end[0]))


def _in_body(window: Window, start: int, end: int) -> tuple[int, int] | None:
    """Offsets in head and text -> offsets in the body; None within the head."""
    before = len(window.head)
    return (
        (start - before + window.start, end - before + window.start) if start >= before else None
    )
