"""Keys of the code without words, words without a use, values that words need and lack.

The code is read, not run: keys stand as text where words are asked for. Keys that are put together
there are named below, each first part with all that can follow it.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple, get_args

import pytest

import corpus.errors
from corpus.sources.csl import TYPES
from corpus.wording import Message, wording
from index.tables.lexical import LEXICAL
from index.tables.token_vectors import MULTILINGUAL_TOKENS, TOKENS
from qa.answers import Field
from qa.evaluate.data.gold import SPLITS, QuestionKind
from qa.evaluate.measures.answers import ANSWER_MEASURES
from qa.evaluate.measures.cases import TOGETHER
from qa.evaluate.measures.costs import COSTS
from qa.evaluate.measures.rankings import RANKING
from qa.web.chat.take_away import DOWNLOAD_FORMS

ROOT = Path(corpus.errors.__file__).parents[1]
WORDS = wording("en").words
FIRST_PARTS = {key.partition(".")[0] for key in WORDS}
ERRORS = {
    name for name, one in vars(corpus.errors).items() if isinstance(one, type) and "Error" in name
} | {"_TransientError"}
GIVEN = {"error"}
"""Parameters that are the class of an error."""
FORWARDED = {
    ("corpus/errors.py", "kind"),
    ("corpus/errors.py", "Message"),
    ("corpus/wording.py", "Message.counted"),
    ("qa/answering/live_engine.py", "DocumentError"),
    ("qa/evaluate/data/beir.py", "Message.of"),
    ("qa/question/filters.py", "QuestionError"),
    ("qa/question/filters.py", "Message"),
}
"""Where the key of an error or a message comes from elsewhere: from text in the same file, which is
looked at as all text, or from another error."""
COMPUTED = {
    "corpus": "source state language pages passages date version created documents size "
    "remove.done restore.done use.done".split(),
    "diff": "added removed changed".split(),
    "eval": "refused other answered sure".split(),
    "fact": get_args(Field),
    "job": "plan build fetch evaluate".split(),
    "judge": "good wrong good.why wrong.why".split(),
    "plan": "new changed removed".split(),
    "report.cost": COSTS,
    "report.data": tuple(f"gold, part {one}" for one in SPLITS),
    "report.group": (
        *"all article library follow-ups".split(),
        "library follow-ups",
        *get_args(QuestionKind),
    ),
    "report.measure": (
        *(f"{of}{one}" for of in ("", "passage ") for one in map(str, RANKING)),
        *ANSWER_MEASURES,
        *TOGETHER,
    ),
    "step": (LEXICAL, TOKENS, MULTILINGUAL_TOKENS),
    "take": tuple(DOWNLOAD_FORMS),
    "version": "current published candidate damaged".split(),
}
"""First part of keys that are put together → all that can follow."""
NAMED = {"lang": r"[a-z]{2}", "type": "|".join(map(re.escape, TYPES))}
"""Words that there are for some values only; others are shown as they are."""
NO_WORDS_OF_OURS = {"example"}
"""First parts of keys whose words come from the library."""
FILES = r".+\.(js|json|jsonl|lock|onnx|pt|safetensors|sqlite|toml|tsv)"
OF_THE_LIST = {"and", "and.i", "or", "or.o"}


class Use(NamedTuple):
    """A call that asks for words: its file, what is called, the first argument and the rest."""

    file: str
    line: int
    called: str
    key: ast.expr
    call: ast.Call


@cache
def _trees() -> dict[str, ast.Module]:
    return {
        str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8"))
        for package in ("corpus", "index", "qa")
        for path in sorted((ROOT / package).rglob("*.py"))
    }


def _asks(called: str) -> bool:
    last = called.rpartition(".")[2]
    return (
        called in {*ERRORS, *GIVEN, "kind", "Message", "Message.of", "Message.counted"}
        or called in {"texts", "said", "texts.count", "texts.named"}
        or (last == "texts" and called.startswith("self."))
    )


def _uses_in(file: str, tree: ast.Module) -> Iterator[Use]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and _asks(called := ast.unparse(node.func)):
            for key in _choices(node.args[0]):
                yield Use(file, node.lineno, called, key, node)


def _choices(key: ast.expr) -> list[ast.expr]:
    if isinstance(key, ast.IfExp):
        return [*_choices(key.body), *_choices(key.orelse)]
    return [key]


@cache
def _uses() -> tuple[Use, ...]:
    return tuple(use for file, tree in _trees().items() for use in _uses_in(file, tree))


def _known(called: str, key: str) -> bool:
    if called in {"texts.count", "Message.counted"}:
        return {f"{key}.one", f"{key}.many"} <= WORDS.keys()
    if called == "texts.named":
        return key in COMPUTED or key in NAMED
    return key in WORDS


def _first_part(key: ast.JoinedStr) -> str:
    """The text of a key before what is put in; nothing where it begins with that."""
    head = key.values[0]
    text = head.value if isinstance(head, ast.Constant) else ""
    return str(text).rpartition(".")[0] if text else ""


def _lacking(uses: Iterable[Use]) -> list[str]:
    """Keys as text that have no words, and first parts of others that are not named above."""
    found = []
    for use in uses:
        if isinstance(use.key, ast.Constant) and isinstance(use.key.value, str):
            if not _known(use.called, use.key.value):
                found.append(f"{use.file}:{use.line} {use.key.value}")
        elif isinstance(use.key, ast.JoinedStr):
            first = _first_part(use.key)
            if not first or first not in {*COMPUTED, *NAMED, *NO_WORDS_OF_OURS}:
                found.append(f"{use.file}:{use.line} {ast.unparse(use.key)}")
    return found


def test_each_key_of_the_code_has_words() -> None:
    assert _lacking(_uses()) == []
    assert len(_uses()) > 500


@cache
def _texts() -> frozenset[str]:
    return frozenset(
        node.value
        for tree in _trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def _like_a_key(text: str) -> bool:
    return (
        re.fullmatch(r"[a-z0-9]+(\.[a-z0-9-]+)+", text) is not None
        and text.partition(".")[0] in FIRST_PARTS
        and not re.fullmatch(FILES, text)
    )


def test_all_text_that_looks_like_a_key_is_one() -> None:
    """Keys are handed on by names, too: text of that form anywhere has words."""
    for text in filter(_like_a_key, _texts()):
        counted = f"{text}.one" in WORDS
        assert text in WORDS or counted or text in COMPUTED, text


def test_each_error_and_message_has_a_key() -> None:
    for use in _uses():
        if use.called in ERRORS or use.called.startswith("Message"):
            plain = isinstance(use.key, ast.Constant | ast.JoinedStr)
            assert plain or (use.file, use.called) in FORWARDED, f"{use.file}:{use.line}"
    forwarded = {(u.file, u.called) for u in _uses() if not isinstance(u.key, ast.Constant)}
    assert forwarded >= FORWARDED


def _scripts() -> str:
    folder = ROOT / "qa" / "web" / "static"
    return "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.js"))


def _used() -> set[str]:
    """All keys that anything asks for."""
    texts, asked = _texts(), _asked()
    found = {text for text in texts if "." in text or text in asked}
    found |= {f"{text}.{many}" for text in texts for many in ("one", "many")}
    found |= {f"js.{name}" for name in re.findall(r"\bwords\.(\w+)", _scripts())}
    found |= {f"{first}.{rest}".lstrip(".") for first, own in COMPUTED.items() for rest in own}
    return found | {f"{key}.page" for key in found} | OF_THE_LIST


def _asked() -> set[str]:
    return {str(use.key.value) for use in _uses() if isinstance(use.key, ast.Constant)}


def test_all_words_have_a_use() -> None:
    named = re.compile("|".join(rf"{first}\.({rest})" for first, rest in NAMED.items()))
    unused = sorted(key for key in WORDS.keys() - _used() if not named.fullmatch(key))
    assert unused == []


def test_each_key_of_the_scripts_has_words() -> None:
    for name in re.findall(r"\bwords\.(\w+)", _scripts()):
        assert f"js.{name}" in WORDS


def test_each_key_that_can_be_put_together_has_words_and_each_first_part_a_use() -> None:
    for first, own in COMPUTED.items():
        assert [rest for rest in own if f"{first}.{rest}".lstrip(".") not in WORDS] == []
    asked = {_first_part(use.key) for use in _uses() if isinstance(use.key, ast.JoinedStr)}
    asked |= {
        str(ast.literal_eval(u.key))
        for u in _uses()
        if u.called == "texts.named" and _is_text(u.key)
    }
    assert {*COMPUTED, *NAMED} - asked == set()


def _is_text(key: ast.expr) -> bool:
    return isinstance(key, ast.Constant)


def _fields(key: str) -> set[str]:
    plain = WORDS[key].replace("{{", "").replace("}}", "")
    return set(re.findall(r"{(\w+)[^}]*}", plain))


def _unfilled(uses: Iterable[Use]) -> list[str]:
    """Calls that lack a value which the words of their key need."""
    found = []
    for use in uses:
        if not isinstance(use.key, ast.Constant) or use.called in {
            "texts.named",
            "said",
            "Message",
        }:
            continue
        given = {one.arg for one in use.call.keywords}
        if None in given:  # values that were put together before
            continue
        key, more = str(ast.literal_eval(use.key)), set[str]()
        if use.called in {"texts.count", "Message.counted"}:
            key, more = f"{key}.many", {"n"}
        lacks = _fields(key) - {str(one) for one in given} - more if key in WORDS else set()
        if lacks:
            found.append(f"{use.file}:{use.line} {key} lacks {sorted(lacks)}")
    return found


def test_each_call_gives_the_values_that_its_words_need() -> None:
    assert _unfilled(_uses()) == []


def test_what_the_browser_puts_into_its_language_is_sent_to_it() -> None:
    from qa.web.texts import words_of_the_page

    sent = words_of_the_page().translations["en"]
    for use in _uses():
        if use.called == "said" and _is_text(use.key):
            assert str(ast.literal_eval(use.key)) in sent, f"{use.file}:{use.line}"
    assert not any(key.startswith(("index.", "report.", "fetch.")) for key in sent)


BROKEN = """
raise DocumentError("document.no-such-key", name=1)
texts("nothing.of-the-kind")
said(f"nowhere.{one}")
texts.count("chat.new", 3)
QuestionError("filter.no-year" if one else "filter.no-yeer", year=1)
LibraryError(f"{path}: not readable")
LibraryError("not readable: " "check the file")
"""


def test_this_test_finds_what_is_missing() -> None:
    uses = [*_uses_in("broken.py", ast.parse(BROKEN))]
    assert [told.partition(" ")[2] for told in sorted(_lacking(uses))] == [
        "document.no-such-key",
        "nothing.of-the-kind",
        "f'nowhere.{one}'",
        "chat.new",
        "filter.no-yeer",
        "f'{path}: not readable'",
        "not readable: check the file",
    ]
    (told,) = _unfilled(_uses_in("broken.py", ast.parse('Message.of("library.stray", path=1)')))
    assert told == "broken.py:1 library.stray lacks ['problem']"


@pytest.mark.parametrize("key", ["index.damaged", "document.of", "list.reasons"])
def test_messages_around_others_say_them(key: str) -> None:
    inner = Message.of("library.link-out")
    values = {name: [inner] if name == "reasons" else inner for name in _fields(key)}
    assert "copy the file itself" in str(Message(key, values))
