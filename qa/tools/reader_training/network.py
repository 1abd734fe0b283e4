"""The network that is trained: BERT over question and passage, and two heads."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from qa.tools.reader_training.starting_weights import WORD_VECTORS, StartWeights
from qa.tools.reader_training.tokens import LabeledTokens
from qa.tools.reader_training.word_vectors import PartlyLearnedVectors

WIDTH, HEADS, INNER = 384, 12, 1536
SMALL_BATCH = 4
"""Pairs that are read at once on a processor."""


class Batch(NamedTuple):
    """Pairs as tensors, padded to the longest. Shapes: (pairs, tokens); `first`, `last`: (pairs,).

    `text` marks the tokens of passages, which may answer.
    """

    ids: Tensor
    kinds: Tensor
    mask: Tensor
    text: Tensor
    first: Tensor
    last: Tensor


class BatchReading(NamedTuple):
    """Logits of a batch (see `ReaderNetwork.forward`) and which of all pairs stand in it."""

    rows: tuple[int, ...]
    batch: Batch
    answers: Tensor
    spans: Tensor


class ReaderNetwork(nn.Module):
    """Whether a passage answers, a logit, and where its answer begins and ends, two a token."""

    def __init__(self, layers: int, words: int) -> None:
        super().__init__()
        config = BertConfig(
            vocab_size=words,
            hidden_size=WIDTH,
            num_hidden_layers=layers,
            num_attention_heads=HEADS,
            intermediate_size=INNER,
            max_position_embeddings=512,
            # Dropout of attention takes the slow way through it: a third of the time of a step.
            attention_probs_dropout_prob=0.0,
        )
        self._kept: list[nn.Module] = []
        self.bert = BertModel(config)
        self.classifier = nn.Linear(WIDTH, 1)
        self.spans = nn.Sequential(
            nn.Dropout(0.1),
            nn.Linear(WIDTH, WIDTH),
            nn.GELU(),
            nn.Dropout(0.1),
            nn.Linear(WIDTH, 2),
        )

    def forward(self, ids: Tensor, kinds: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Logits of answers, shape (pairs,), and of begin and end, shape (pairs, tokens, 2)."""
        states, pooled = self.read(ids, kinds, mask)
        return self.classifier(pooled).squeeze(-1), self.spans(states)

    def read(self, ids: Tensor, kinds: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """The last states, shape (pairs, tokens, width), and those of the mark at the beginning."""
        found: Any = self.bert(input_ids=ids, token_type_ids=kinds, attention_mask=mask)
        return found.last_hidden_state, found.pooler_output

    def below(self, batch: Batch, upper: int) -> Tensor:
        """The states of pairs below the last `upper` layers, shape (pairs, tokens, width)."""
        bert: Any = self.bert
        states: Tensor = bert.embeddings(input_ids=batch.ids, token_type_ids=batch.kinds)
        return self._through(self._layers()[:-upper], states, batch.mask)

    def above(self, states: Tensor, batch: Batch, upper: int) -> tuple[Tensor, Tensor]:
        """What `forward` gives, from the states that `below` gave."""
        states = self._through(self._layers()[-upper:], states, batch.mask)
        pooler: Any = self.bert.pooler
        return self.classifier(pooler(states)).squeeze(-1), self.spans(states)

    def learn_upper(self, upper: int) -> list[nn.Parameter]:
        """Let the last `upper` layers, the pooler and both heads learn, and nothing else.

        Gives those parameters, save the ones of the head of spans.
        """
        pooler: Any = self.bert.pooler
        parts: list[nn.Module] = [*self._layers()[-upper:], pooler, self.classifier]
        self.requires_grad_(False)
        for part in [*parts, self.spans]:
            part.requires_grad_(True)
        return [one for part in parts for one in part.parameters()]

    def _layers(self) -> list[nn.Module]:
        encoder: Any = self.bert.encoder
        return list(encoder.layer)

    @staticmethod
    def _through(layers: Sequence[nn.Module], states: Tensor, mask: Tensor) -> Tensor:
        """States after layers; padding is not looked at, `mask` is 0 there."""
        unseen = (1.0 - mask[:, None, None, :].float()) * torch.finfo(torch.float32).min
        for layer in layers:
            found: Any = layer(states, attention_mask=unseen)
            states = found[0] if isinstance(found, tuple) else found
        return states

    def freeze(self, layers: int) -> None:
        """Keep the embeddings and so many layers, the first ones, as they are; 0: nothing."""
        encoder: Any = self.bert.encoder
        self._kept = [self.bert.embeddings, *encoder.layer[:layers]] if layers else []
        for part in self._kept:
            part.requires_grad_(False)

    def learn_words(self, ids: Sequence[int]) -> None:
        """Let the vectors of these words learn, and those of no others; after `freeze`."""
        embeddings: Any = self.bert.embeddings
        embeddings.word_embeddings = PartlyLearnedVectors(embeddings.word_embeddings, ids)

    def learned_words(self) -> list[nn.Parameter]:
        """What learns since `learn_words`, one parameter; none before it."""
        vectors: Any = self.bert.embeddings.word_embeddings
        return [vectors.learned] if isinstance(vectors, PartlyLearnedVectors) else []

    def keep_words(self, ids: Sequence[int]) -> None:
        """Keep the vectors of these words alone, in this order; their ids are counted anew."""
        vectors = self.state_dict()[WORD_VECTORS][list(ids)].clone()
        table = nn.Embedding(len(vectors), WIDTH, padding_idx=0)
        table.weight = nn.Parameter(vectors)
        self.bert.embeddings.word_embeddings = table

    def train(self, mode: bool = True) -> "ReaderNetwork":
        """Learn, or read; what is kept as it is reads without dropout in both."""
        super().train(mode)
        for part in self._kept:
            part.eval()
        return self


def network_from(weights: StartWeights) -> ReaderNetwork:
    """A network that begins with these weights; the head of spans begins with chance numbers."""
    layers = 1 + max(int(name.split(".")[3]) for name in weights if ".layer." in name)
    words = weights[WORD_VECTORS].shape[0]
    network = ReaderNetwork(layers, words)
    tensors = {name: torch.from_numpy(value.copy()) for name, value in weights.items()}
    missing = network.load_state_dict(tensors, strict=False)
    if unknown := [name for name in missing.missing_keys if not name.startswith("spans.")]:
        raise ValueError(f"weights without {unknown}")
    return network


def batch_of(pairs: Sequence[LabeledTokens], device: torch.device) -> Batch:
    """The tensors of pairs."""
    tokens = [one.tokens for one in pairs]
    longest = max(len(one.ids) for one in tokens)

    def padded(rows: Sequence[Sequence[int]]) -> Tensor:
        return torch.tensor([[*row, *[0] * (longest - len(row))] for row in rows], device=device)

    return Batch(
        ids=padded([one.ids for one in tokens]),
        kinds=padded([one.kinds for one in tokens]),
        mask=padded([[1] * len(one.ids) for one in tokens]),
        text=padded([[int(at >= 0) for at in one.starts] for one in tokens]).bool(),
        first=torch.tensor([one.first for one in pairs], device=device),
        last=torch.tensor([one.last for one in pairs], device=device),
    )


def read_by_length(
    network: ReaderNetwork, pairs: Sequence[LabeledTokens], device: torch.device
) -> list[BatchReading]:
    """The logits of pairs, read in small batches of like length: padding is read for nothing."""
    order = sorted(range(len(pairs)), key=lambda n: (len(pairs[n].tokens.ids), n))
    found = []
    for start in range(0, len(order), SMALL_BATCH):
        rows = tuple(order[start : start + SMALL_BATCH])
        batch = batch_of([pairs[n] for n in rows], device)
        answers, spans = network(batch.ids, batch.kinds, batch.mask)
        found.append(BatchReading(rows, batch, answers.float(), spans.float()))
    return found
