"""Write trained weights as the file that ships: `python -m qa.tools.reader_training.export OUT TO`.

`OUT` is the folder of a training run, `TO` gets `model.onnx` in 8 bits and `tokenizer.json`.
"""

import argparse
import logging
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import torch

from corpus.errors import FootnoteError
from index.manifest import file_entry
from qa.answering.reader import LANGUAGES_NOTE, MODEL_FILE, TOKENIZER_FILE
from qa.cli.console import say
from qa.cli.main import run
from qa.tools.reader_training.kept_words import latin_words, words_to_leave_out
from qa.tools.reader_training.network import ReaderNetwork
from qa.tools.reader_training.run_start import tokenizer_beside
from qa.tools.reader_training.starting_weights import WORD_VECTORS
from qa.tools.reader_training.train import WEIGHTS_FILE

_OPSET = 17


def trained_network(path: Path) -> ReaderNetwork:
    """The network of a file of trained weights. Raises FootnoteError where there is none."""
    if not path.exists():
        raise FootnoteError("training.no-weights", path=path)
    state = torch.load(path, map_location="cpu", weights_only=True)
    layers = 1 + max(int(name.split(".")[3]) for name in state if ".layer." in name)
    network = ReaderNetwork(layers, state[WORD_VECTORS].shape[0])
    network.load_state_dict(state)
    return network.eval()


def export(
    network: ReaderNetwork, tokenizer: Path, folder: Path, languages: Sequence[str] = ("en",)
) -> dict[str, str]:
    """Write the network and its tokenizer into a folder; gives the sha256 of each file by its name.

    The file of the network notes the languages that it reads.

    Matrices are kept in 8 bits, a scale each row (dynamic quantization of ONNX Runtime); inputs are
    `input_ids`, `token_type_ids` and `attention_mask`, outputs `answers` (pairs,) and `spans`
    (pairs, tokens, 2).
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        whole = Path(temporary, MODEL_FILE)
        _write(network, whole)
        with _quiet():  # its advice to preprocess changes nothing here
            quantize_dynamic(
                whole, folder / MODEL_FILE, weight_type=QuantType.QInt8, per_channel=True
            )
    _note(folder / MODEL_FILE, {LANGUAGES_NOTE: " ".join(sorted(languages))})
    shutil.copyfile(tokenizer, folder / TOKENIZER_FILE)
    return {name: file_entry(folder / name).sha256 for name in (MODEL_FILE, TOKENIZER_FILE)}


@contextmanager
def _quiet() -> Iterator[None]:
    """Warnings of libraries are not said meanwhile."""
    logger = logging.getLogger()
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)


def _note(path: Path, notes: Mapping[str, str]) -> None:
    import onnx  # noqa: PLC0415
    from onnx import helper  # noqa: PLC0415

    model = onnx.load(str(path))
    helper.set_model_props(model, dict(notes))
    onnx.save(model, str(path))


def _write(network: ReaderNetwork, path: Path) -> None:
    """The network in 32 bits. Pairs and tokens are of any number."""
    given = tuple(torch.ones((2, 8), dtype=torch.long) for _ in range(3))
    pairs = {0: "pairs", 1: "tokens"}
    names = ["input_ids", "token_type_ids", "attention_mask"]
    torch.onnx.export(
        network,
        given,
        str(path),
        input_names=names,
        output_names=["answers", "spans"],
        dynamic_axes=dict.fromkeys(names, pairs) | {"answers": {0: "pairs"}, "spans": pairs},
        opset_version=_OPSET,
        dynamo=False,
    )


def main(arguments: Sequence[str]) -> None:
    """Export the weights of a training run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("to", type=Path)
    parser.add_argument("--languages", nargs="+", default=["en"], help="codes, such as: en es")
    parser.add_argument(
        "--without",
        type=Path,
        metavar="FILE",
        help="leave the words of this file out of the vocabulary, one a line, as it has them",
    )
    given = parser.parse_args(arguments)
    network = trained_network(given.out / WEIGHTS_FILE)
    whole = tokenizer_beside(given.out / WEIGHTS_FILE)
    without = frozenset() if given.without is None else words_to_leave_out(given.without, whole)
    kept = latin_words(whole, without)
    network.keep_words(kept.ids)
    with tempfile.TemporaryDirectory() as temporary:
        tokenizer = Path(temporary, TOKENIZER_FILE)
        tokenizer.write_text(kept.tokenizer, encoding="utf-8")
        hashes = export(network, tokenizer, given.to, given.languages)
    if without:
        say(f"{len(without):,} words left out")
    for name, digest in hashes.items():
        size = (given.to / name).stat().st_size / 2**20
        say(f"{given.to / name}: {size:.1f} MiB, sha256 {digest}")


if __name__ == "__main__":
    sys.exit(run(lambda: main(sys.argv[1:])))
