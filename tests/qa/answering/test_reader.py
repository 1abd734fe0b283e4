"""Readers: what they say of passages, and what happens where a model cannot be had."""

import hashlib
import json
from pathlib import Path

import pytest

from corpus.errors import ModelError
from corpus.settings import PassageSettings, Settings
from corpus.wording import Message, wording
from index.build.build import build
from qa.answering import reader as readers
from qa.answering.engine import Engine
from qa.answering.reader import (
    LANGUAGES_NOTE,
    MODEL_FILE,
    NO_READER,
    TOKENIZER_FILE,
    CrossEncoderReader,
    OnnxReader,
    PassageInContext,
    load_reader,
    open_reader,
)
from qa.request import Request
from tests.toys import TOY_PIECES, ToyEncoder, toy_tokenizer, write_library, write_toy_reader

PASSAGES = [
    PassageInContext("boat", "mend mend mend"),
    PassageInContext("", "nets"),
    PassageInContext("boat", "nets torn"),
]


def test_readings_come_in_the_order_of_the_passages(tmp_path: Path) -> None:
    # Sums over the largest: [CLS] 2, net 4, [SEP] 3 and the last [SEP] 3 are 12; boat and ":" 16.
    # (12 + 16 + 24) / 9, (12 + 10) / 6, (12 + 16 + 15) / 9.
    found = OnnxReader(write_toy_reader(tmp_path)).read("net", PASSAGES)
    assert [one.logit for one in found] == pytest.approx([52 / 9, 22 / 6, 43 / 9])


def test_a_passage_is_read_alike_alone_and_beside_others(tmp_path: Path) -> None:
    reader = OnnxReader(write_toy_reader(tmp_path))
    alone = [reader.read("net", [one])[0] for one in PASSAGES]
    assert reader.read("net", PASSAGES) == alone


def test_answering_words_are_whole_words_and_none_where_they_are_not_likely_enough(
    tmp_path: Path,
) -> None:
    # "##s" has the highest number of "net" (4), "##s" (6), "torn" (5): its word is "nets". Its
    # probability is 1 / (1 + 1 / e + 1 / e ** 2) = .665 as the first token and as the last: .443.
    folder = write_toy_reader(tmp_path)
    (likely,) = OnnxReader(folder, words_from=0.44).read("net", PASSAGES[2:])
    (unlikely,) = OnnxReader(folder, words_from=0.45).read("net", PASSAGES[2:])
    assert (likely.words, unlikely.words) == ((0, 4), None)


@pytest.mark.parametrize(
    ("notes", "languages"), [({}, {"en"}), ({LANGUAGES_NOTE: "es en"}, {"en", "es"})]
)
def test_the_languages_are_those_that_the_file_names_or_english(
    tmp_path: Path, notes: dict[str, str], languages: set[str]
) -> None:
    assert OnnxReader(write_toy_reader(tmp_path, notes=notes)).languages == languages


def test_no_passages_have_no_readings(tmp_path: Path) -> None:
    assert OnnxReader(write_toy_reader(tmp_path)).read("net", []) == []


def test_none_means_no_reader() -> None:
    assert load_reader(NO_READER) is None
    assert open_reader(NO_READER).problem is None


def test_a_folder_of_a_trained_reader_can_be_named(tmp_path: Path) -> None:
    reader = load_reader(str(write_toy_reader(tmp_path)))
    assert reader is not None
    assert reader.name == str(tmp_path)
    assert reader.read("net", PASSAGES[1:2])[0].logit == pytest.approx(22 / 6)


def _damage(folder: Path, file: str, damage: str) -> None:
    """A toy reader with one file that is missing, cut off, or that of another model."""
    path = write_toy_reader(folder) / file
    if damage == "missing":
        path.unlink()
    elif damage == "cut":
        path.write_bytes(path.read_bytes()[:100])
    elif file == TOKENIZER_FILE:
        toy_tokenizer([one for one in TOY_PIECES if one != "[CLS]"]).save(str(path))
    else:
        other = write_toy_reader(folder / "other", outputs=("logits", "states"))
        (other / file).replace(path)


DAMAGES = [
    (file, damage)
    for file in (MODEL_FILE, TOKENIZER_FILE)
    for damage in ("missing", "cut", "foreign")
]


@pytest.mark.parametrize(("file", "damage"), DAMAGES)
def test_a_damaged_file_of_a_trained_reader_is_named_in_one_line(
    file: str, damage: str, tmp_path: Path
) -> None:
    _damage(tmp_path, file, damage)
    with pytest.raises(ModelError) as caught:
        OnnxReader(tmp_path)
    assert file in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_tokenizer_of_more_words_than_the_network_knows_is_refused_before_any_question(
    tmp_path: Path,
) -> None:
    (tmp_path / MODEL_FILE).symlink_to(readers.READER_FOLDER / MODEL_FILE)
    more = [*TOY_PIECES, *(f"word{number}" for number in range(50_000))]
    toy_tokenizer(more).save(str(tmp_path / TOKENIZER_FILE))
    with pytest.raises(ModelError, match="its tokenizer does not fit the network") as caught:
        OnnxReader(tmp_path)
    assert "\n" not in str(caught.value)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of an index of a few toy passages; not to be changed."""
    folder = tmp_path_factory.mktemp("read")
    settings = Settings(home=folder / "home", passages=PassageSettings(min_words=1, max_words=6))
    texts = {"nets": "# Nets\n\nThe nets are torn. Widows mend the boat."}
    build(settings, ToyEncoder(), packaged=write_library(folder / "packaged", texts))
    return settings


@pytest.fixture
def bundled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a toy reader that stands for the bundled one, checked as that is."""
    folder = write_toy_reader(tmp_path / "bundled")
    monkeypatch.setattr(readers, "READER_FOLDER", folder)
    for constant, file in (("READER_SHA256", MODEL_FILE), ("TOKENIZER_SHA256", TOKENIZER_FILE)):
        right = hashlib.sha256((folder / file).read_bytes()).hexdigest()
        monkeypatch.setattr(readers, constant, right)
    return folder


@pytest.mark.usefixtures("bundled")
def test_the_bundled_reader_reads_where_its_files_are_right(home: Settings) -> None:
    engine = Engine.open(home, ToyEncoder())
    assert "read" in engine.parts
    assert engine.ask(Request("Who mend the boat?")).parts == engine.parts
    engine.close()


@pytest.mark.parametrize(("file", "damage"), DAMAGES)
def test_without_the_bundled_reader_questions_are_answered_and_one_line_says_so(
    file: str, damage: str, bundled: Path, home: Settings
) -> None:
    _damage(bundled, file, damage)
    engine = Engine.open(home, ToyEncoder())
    answer = engine.ask(Request("Who mend the boat?"))
    engine.close()
    assert "read" not in engine.parts
    assert "boat" in (*answer.quotes, *answer.closest)[0].text
    told = str(answer.warning)
    assert file in told
    assert "\n" not in told
    assert told.count("install") == 1


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_page_is_told_no_path_of_the_server(language: str, bundled: Path) -> None:
    _damage(bundled, MODEL_FILE, "missing")
    problem = open_reader().problem
    assert isinstance(problem, Message)
    assert str(bundled) in str(problem)
    assert "/" not in wording(language).say(problem)


def test_the_bundled_reader_may_be_missing_though_it_is_named_and_no_other(bundled: Path) -> None:
    _damage(bundled, MODEL_FILE, "missing")
    assert open_reader(readers.BUNDLED_READER).problem is not None
    other = write_toy_reader(bundled.parent / "other")
    (other / TOKENIZER_FILE).write_text("{", encoding="utf-8")
    with pytest.raises(ModelError):
        open_reader(str(other))


def test_a_reader_that_cannot_be_loaded_is_named_with_what_else_can_be_given() -> None:
    with pytest.raises(ModelError, match=r"no/such/folder.*footnote-reader.*none"):
        load_reader("./no/such/folder")


def _cross_encoder(folder: Path, labels: int) -> str:
    """The smallest folder of a cross-encoder."""
    from transformers import BertConfig, BertForSequenceClassification

    config = BertConfig(
        vocab_size=len(TOY_PIECES),
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=1,
        intermediate_size=8,
        max_position_embeddings=64,
    )
    config.num_labels = labels
    BertForSequenceClassification(config).save_pretrained(folder)
    toy_tokenizer().save(str(folder / TOKENIZER_FILE))
    marks = {f"{mark}_token": f"[{mark.upper()}]" for mark in ("pad", "unk", "cls", "sep")}
    kind = {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": 64}
    (folder / "tokenizer_config.json").write_text(json.dumps(kind | marks), encoding="utf-8")
    return str(folder)


@pytest.mark.slow
def test_a_cross_encoder_gives_a_logit_a_passage_and_names_no_words(tmp_path: Path) -> None:
    reader = CrossEncoderReader(_cross_encoder(tmp_path, 1))
    found = reader.read("net", PASSAGES)
    assert [one.words for one in found] == [None] * 3
    alone = [reader.read("net", [one])[0].logit for one in PASSAGES]
    assert [one.logit for one in found] == pytest.approx(alone, abs=1e-5)


@pytest.mark.slow
def test_a_model_with_several_labels_is_no_reader(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="gives 3 numbers for a pair, expected 1") as caught:
        load_reader(_cross_encoder(tmp_path, 3))
    assert "\n" not in str(caught.value)


HOTLINE = PassageInContext(
    "Hotline",
    "In 2016 the hotline received 26,727 calls. The hotline is run by Polaris.",
)


def test_the_bundled_reader_names_the_words_that_answer_and_none_where_nothing_does() -> None:
    reader = load_reader()
    assert reader is not None
    (calls,) = reader.read("How many calls did the hotline get in 2016?", [HOTLINE])
    # Its likeliest words are "Polaris", which the passage does not say.
    (funds,) = reader.read("Who funds the hotline?", [HOTLINE])
    assert calls.logit > 0 > funds.logit
    assert calls.words is not None
    assert HOTLINE.text[slice(*calls.words)] in {"26,727", "26,727 calls"}
    assert funds.words is None
