"""A tokenizer is read from its file, or refused in the words of the model that needs it."""

from pathlib import Path

import pytest

from corpus.errors import ModelError
from corpus.wording import Message
from index.models.tokenizer import load_tokenizer
from tests.toys import toy_tokenizer


def _refused(reason: Message | str) -> ModelError:
    return ModelError("model.folder", folder="boats", reason=reason)


def test_a_tokenizer_cuts_texts_as_the_one_that_was_saved(tmp_path: Path) -> None:
    file = tmp_path / "tokenizer.json"
    toy_tokenizer().save(str(file))
    assert load_tokenizer(file, _refused).encode("nets torn").tokens == ["net", "##s", "torn"]


@pytest.mark.parametrize("damage", ["missing", "cut"])
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(damage: str, tmp_path: Path) -> None:
    file = tmp_path / "tokenizer.json"
    if damage == "cut":
        toy_tokenizer().save(str(file))
        file.write_text(file.read_text()[:100])
    with pytest.raises(ModelError, match=r"^boats: the model cannot be loaded \(.+\)") as caught:
        load_tokenizer(file, _refused)
    assert "\n" not in str(caught.value)
