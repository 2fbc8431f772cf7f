"""python -m training.train --out FOLDER: from the data sets to trained weights, resumable."""

import argparse
import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, cast

import torch
from torch import Tensor
from tqdm import tqdm  # type: ignore[import-untyped]

from index.encoder import SentenceEncoder, load_encoder
from index.reader_model import FROZEN, ExtractiveReader, bert_of, precision
from index.reader_windows import WindowReader
from training import data
from training.export import read_checkpoint
from training.groups import Mixture, Sampler, Stream
from training.item import Item, articles_of
from training.kernels import quicken
from training.naming import Naming
from training.pairs import Pair, Pairing
from training.retrieval import (
    BatchedQueries,
    Mined,
    build_index,
    mine,
    product_lexicon,
    read_mined,
)
from training.tune import cluster_items, figures
from training.written import GENERAL, HARDER, read_written

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

POOL = 8  # batches that are sorted by length together
CHECKPOINT_EVERY = 10  # pools
TUNE_QUESTIONS = 240
NORWEGIAN = 12  # times that NorQuAD's questions come for each time of the other general ones
NATURAL = 2  # times that a question about clusters comes for each time of the harder ones


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run depends on, beside the data; kept with its checkpoint."""

    tokens: int = 6_000_000
    minutes: float | None = None
    batch_tokens: int = 2400
    rate: float = 1e-4
    head_rate: float = 1e-3
    warm_up: float = 0.06
    dropout: float = 0.1
    frozen: int = FROZEN
    general_first: float = 0.6
    general_last: float = 0.1
    ranking: float = 0.5  # weight of choosing among a question's windows
    seed: int = 0
    threads: int = 2


@dataclass(slots=True)
class Progress:
    """How far a run has come."""

    tokens: int = 0
    steps: int = 0
    pools: int = 0
    seconds: float = 0.0

    def share(self, settings: Settings) -> float:
        """0 at the start, 1 when the tokens or the minutes are used up."""
        by_time = self.seconds / (60 * settings.minutes) if settings.minutes else 0.0
        return min(1.0, max(by_time, self.tokens / settings.tokens))


class Trainer:
    """A model, its optimiser and its place in the data."""

    def __init__(
        self,
        model: ExtractiveReader,
        mixture: Mixture,
        sampler: Sampler,
        tokenizer: "PreTrainedTokenizerFast",
        settings: Settings,
    ) -> None:
        """Start from the beginning; `resume` takes up a checkpoint."""
        self.model, self.mixture, self.sampler, self.settings = model, mixture, sampler, settings
        self.tokenizer, self.pairing = tokenizer, Pairing(tokenizer)
        self.progress = Progress()
        self.device = next(model.parameters()).device
        self.optimiser = torch.optim.AdamW(_parameters(model, settings), fused=True)

    def run(self, folder: Path, tune: Sequence[Item]) -> None:
        """Train to the end, with a checkpoint now and then and four looks at the tune split."""
        looks = [0.25, 0.5, 0.75, 1.0]
        looks = [look for look in looks if look > self.progress.share(self.settings)]
        with tqdm(total=100, unit="%", bar_format="{l_bar}{bar}| {postfix}") as bar:
            while (share := self.progress.share(self.settings)) < 1:
                record = self._pool()
                bar.n = round(100 * share, 1)
                bar.set_postfix(record)
                _log(folder, {"share": round(share, 4), **record})
                if self.progress.pools % CHECKPOINT_EVERY == 0:
                    self.save(folder)
                if looks and self.progress.share(self.settings) >= looks[0]:
                    looks.pop(0)
                    self.model.eval()
                    read = figures(WindowReader(self.model, self.tokenizer), tune)
                    _log(folder, {"tune": read, "share": round(share, 4)})
        self.save(folder)

    def _pool(self) -> dict[str, float]:
        """Some batches of like length; what they cost and how well they went."""
        started = perf_counter()
        before = self.progress.tokens
        losses = [self._step(batch) for batch in self._batches()]
        self.progress.pools += 1
        spent = perf_counter() - started
        self.progress.seconds += spent
        return {
            "loss": round(sum(losses) / len(losses), 4),
            "tokens": self.progress.tokens,
            "per_second": round((self.progress.tokens - before) / spent),
        }

    def _batches(self) -> list[list[list[Pair]]]:
        """Groups for a pool, sorted by length, cut into batches, in random order."""
        wanted = POOL * self.settings.batch_tokens
        pool: list[list[Pair]] = []
        while wanted > 0:
            group = self.mixture.draw(self.sampler, self.progress.share(self.settings))
            if group.shown:
                pool.append([self.pairing.pair(group.question, each) for each in group.shown])
                wanted -= sum(len(pair.ids) for pair in pool[-1])
        pool.sort(key=_longest)
        batches = list(_cut(pool, self.settings.batch_tokens))
        random.Random(f"{self.settings.seed} {self.progress.pools}").shuffle(batches)
        return batches

    def _step(self, groups: Sequence[Sequence[Pair]]) -> float:
        pairs = list(chain.from_iterable(groups))
        batch = self.pairing.batch(pairs).to(self.device)
        targets = torch.tensor([pair.target for pair in pairs])
        sizes = [len(group) for group in groups]
        self._set_rates()
        self.model.train()
        with precision(self.device):
            start, end = batch.scores(self.model)
        loss = _loss(start, end, targets.to(self.device), sizes, self.settings.ranking)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()
        self.optimiser.zero_grad()
        self.progress.steps += 1
        self.progress.tokens += int(batch.attention_mask.sum())
        return float(loss.detach())

    def _set_rates(self) -> None:
        """Linear warm-up, then linear decay to nothing."""
        share, warm_up = self.progress.share(self.settings), self.settings.warm_up
        factor = min(share / warm_up, (1 - share) / (1 - warm_up)) if warm_up else 1 - share
        for group in self.optimiser.param_groups:
            group["lr"] = group["peak"] * max(factor, 0.01)

    def save(self, folder: Path) -> None:
        """A checkpoint, whole or not at all."""
        state = {
            "settings": asdict(self.settings),
            "progress": asdict(self.progress),
            "place": self.mixture.place(),
            "model": self.model.own_state(),
            "optimiser": self.optimiser.state_dict(),
        }
        fresh = folder / "checkpoint.tmp"
        torch.save(state, fresh)
        fresh.replace(folder / "checkpoint.pt")

    def resume(self, folder: Path) -> None:
        """Go on from the folder's checkpoint, where it has one."""
        file = folder / "checkpoint.pt"
        if not file.exists():
            return
        state = torch.load(file, map_location=self.device, weights_only=True)
        self.progress = Progress(**state["progress"])
        self.mixture.resume(state["place"])
        self.model.load_own_state(state["model"])
        self.optimiser.load_state_dict(state["optimiser"])


def _parameters(model: ExtractiveReader, settings: Settings) -> list[dict[str, Any]]:
    """Three groups: matrices with weight decay, the rest without, and the head's faster ones."""
    own = [(name, p) for name, p in model.named_parameters() if p.requires_grad]
    fast = [p for name, p in own if name.startswith(("head.", "segment"))]
    body = [p for name, p in own if name.startswith("upper.")]
    groups = [
        {"params": [p for p in body if p.ndim > 1], "peak": settings.rate, "weight_decay": 0.01},
        {"params": [p for p in body if p.ndim == 1], "peak": settings.rate, "weight_decay": 0.0},
        {"params": fast, "peak": settings.head_rate, "weight_decay": 0.0},
    ]
    return [{**group, "lr": 0.0} for group in groups]


def _loss(
    start: Tensor, end: Tensor, targets: Tensor, sizes: Sequence[int], ranking: float
) -> Tensor:
    """Where the answer is in each window ("not here" is a place), and which window has it."""
    cross_entropy = torch.nn.functional.cross_entropy
    loss = (cross_entropy(start, targets[:, 0]) + cross_entropy(end, targets[:, 1])) / 2
    margins = (_margin(start) + _margin(end)) / 2
    at, ranked = 0, []
    for size in sizes:
        here = targets[at : at + size, 0].gt(0).nonzero()[:, 0]
        if size > 1 and len(here) == 1:
            ranked.append(cross_entropy(margins[None, at : at + size], here))
        at += size
    return loss + ranking * torch.stack(ranked).mean() if ranked else loss


def _margin(logits: Tensor) -> Tensor:
    """By how much all places together beat "not here"."""
    return logits[:, 1:].logsumexp(1) - logits[:, 0]


def _longest(pairs: Sequence[Pair]) -> int:
    return max(len(pair.ids) for pair in pairs)


def _cut(pool: Sequence[list[Pair]], tokens: int) -> Iterator[list[list[Pair]]]:
    """Batches of about so many tokens with their padding; a group is never torn apart."""
    batch: list[list[Pair]] = []
    count = 0
    for group in pool:
        if batch and _longest(group) * (count + len(group)) > tokens:
            yield batch
            batch, count = [], 0
        batch.append(group)
        count += len(group)
    if batch:
        yield batch


def _log(folder: Path, record: dict[str, Any]) -> None:
    with (folder / "log.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(record) + "\n")


def make_trainer(folder: Path, settings: Settings) -> Trainer:
    """Everything a run needs: model, data, and negatives mined with the real retriever."""
    torch.manual_seed(settings.seed)
    torch.set_num_threads(settings.threads)
    encoder = load_encoder()
    plain, harder = cluster_items("train"), read_written("train", folder=HARDER)
    norquad, written = data.read_norquad(), read_written("train", "tune", folder=GENERAL)
    squad, xquad = data.read_squad(), data.read_xquad()
    clusters, general = [*plain, *harder], [*norquad, *squad, *written]
    mined = {
        **_mined(clusters, encoder, folder / "clusters"),
        **_mined(general, encoder, folder / "general"),  # a text of XQuAD is there twice
    }
    articles = articles_of([*clusters, *general])
    sampler = Sampler(articles, mined, Naming(tuple(articles.values())))
    mixture = Mixture(
        Stream([*NORWEGIAN * norquad, *squad, *xquad, *written], f"{settings.seed} general"),
        Stream([*NATURAL * plain, *harder], f"{settings.seed} clusters"),
        (settings.general_first, settings.general_last),
    )
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model = ExtractiveReader(bert_of(encoder.model), settings.frozen, settings.dropout).to(device)
    if device.type == "cpu":
        quicken(model)
    tokenizer = cast("PreTrainedTokenizerFast", encoder.model.tokenizer)
    return Trainer(model, mixture, sampler, tokenizer, settings)


def _mined(
    items: Sequence[Item], encoder: SentenceEncoder, folder: Path
) -> dict[tuple[str, str], Mined]:
    """The retriever's negatives, from these items' own articles and no others; vectors found in
    the folder are not made again."""
    articles = tuple(articles_of(items).values())
    texts = [(item.article.slug, item.question) for item in items], [a.body for a in articles]
    digest = hashlib.sha256(repr(texts).encode()).hexdigest()[:12]
    file = folder / f"mined-{digest}.json"  # of just these questions and articles
    if not file.exists():
        folder.mkdir(exist_ok=True)
        queries = BatchedQueries(encoder)
        with precision(torch.device("cpu")):  # bfloat16 ranks them as well as float32
            queries.prepare(item.question for item in items)
            index = build_index(articles, product_lexicon(), queries, folder / "index")
            mine(items, index, file)
    return read_mined(file)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training.train", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="checkpoints, log and cache")
    parser.add_argument(
        "--start", type=Path, help="another run's checkpoint: weights to begin with"
    )
    for name, default in asdict(Settings()).items():
        option = f"--{name.replace('_', '-')}"
        parser.add_argument(
            option, type=float if name == "minutes" else type(default), default=default
        )
    return parser.parse_args()


def main() -> None:
    """Train, or go on training from the checkpoint in the folder."""
    given = vars(_arguments())
    folder: Path = given.pop("out")
    start: Path | None = given.pop("start")
    folder.mkdir(parents=True, exist_ok=True)
    trainer = make_trainer(folder, Settings(**given))
    if start:
        trainer.model.load_own_state(read_checkpoint(start)["model"])
    trainer.resume(folder)
    trainer.run(folder, random.Random(0).sample(cluster_items("tune"), TUNE_QUESTIONS))


if __name__ == "__main__":
    main()
