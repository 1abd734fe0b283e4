"""Question, answer, refusal, problem → the HTML of a chat message."""

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, TypeAdapter, ValidationError

from corpus.errors import FootnoteError
from corpus.wording import Wording
from qa.answers import Answer, Fact, Quotation
from qa.web.chat.cards import SourceOf, cards
from qa.web.escape import verbatim
from qa.web.links import AskLink

ChatMessage = dict[str, str]
"""A message as Gradio takes it: `role` and `content`."""


class _Part(BaseModel):
    type: Literal["text"]
    text: str


class _Sent(BaseModel):
    role: Literal["user", "assistant"]
    content: list[_Part]


_SENT = TypeAdapter(list[_Sent])


def own_messages(sent: object) -> list[ChatMessage]:
    """The messages of a chat as the browser sends them back; what is no text is left out."""
    try:
        found = _SENT.validate_python(sent or [])
    except ValidationError:
        return []
    return [
        {"role": one.role, "content": "".join(part.text for part in one.content)} for one in found
    ]


def is_answer(content: str) -> bool:
    """Whether a message has an answer or a refusal."""
    return 'class="permalink"' in content


def question_message(question: str) -> str:
    """The reader's own words, as they were typed."""
    return f'<div class="asked">{verbatim(question)}</div>'


def answer_message(
    answer: Answer, link: AskLink, source_of: SourceOf, texts: Wording, notes: Sequence[str] = ()
) -> str:
    """A card for each quotation, or the refusal with the closest passages.

    Quotations of an answer that is unsure stand under the words that they may answer.
    `link` restores the answer, `notes` tell what was left out of it.
    """
    told = "".join(
        f'<p class="note">{verbatim(note)}</p>'
        for note in (*notes, *([] if answer.calibrated else [texts("answer.uncalibrated")]))
    )
    body = _found(answer, source_of, texts) if answer.answered else ""
    if not answer.answered:
        body = _refusal(answer, source_of, texts)
    return (
        f'<div class="answer">{_searched(answer, link, texts)}{told}{body}'
        f"{_meta(answer, link, texts)}</div>"
    )


def problem_message(problem: FootnoteError, texts: Wording) -> str:
    """What went wrong and what to do, in the place of an answer."""
    said = verbatim(texts.say(problem))
    return f'<div class="answer"><p class="problem">{said}</p></div>'


def _found(answer: Answer, source_of: SourceOf, texts: Wording) -> str:
    return (
        f"{_head(answer, texts)}{_facts(answer.about, texts)}"
        f"{_cards(answer, answer.quotes, source_of, texts)}"
    )


def _head(answer: Answer, texts: Wording) -> str:
    """What follows: facts of a record, quotations that answer, or some that may."""
    if answer.certainty == "unsure":
        return f'<p class="said unsure">{verbatim(texts("answer.unsure"))}</p>'
    said = texts("answer.record") if answer.about else texts.count("answer", len(answer.quotes))
    return f'<p class="said">{verbatim(said)}</p>'


def _refusal(answer: Answer, source_of: SourceOf, texts: Wording) -> str:
    reason = texts.say(answer.reason or "")
    head = (
        f'<div class="refusal"><p class="refusal-title">{verbatim(texts("answer.refused"))}</p>'
        f'<p class="refusal-reason">{verbatim(reason)}</p></div>'
    )
    if not answer.closest:
        return head
    said = texts.count("answer.closest", len(answer.closest))
    closest = _cards(answer, answer.closest, source_of, texts)
    return f'{head}<details class="closest"><summary>{verbatim(said)}</summary>{closest}</details>'


def _cards(
    answer: Answer, quotations: Sequence[Quotation], source_of: SourceOf, texts: Wording
) -> str:
    return cards(quotations, answer.index_version, source_of, texts)


def _facts(about: Sequence[Fact], texts: Wording) -> str:
    """What a record says: no quotation, and it does not look like one."""
    rows = "".join(
        f'<li><span class="field">{verbatim(texts.named("fact", fact.field))}</span> '
        f"{verbatim(texts.say(fact.said))}</li>"
        for fact in about
    )
    return f'<ul class="facts">{rows}</ul>' if rows else ""


def _searched(answer: Answer, link: AskLink, texts: Wording) -> str:
    """What was searched, where that is not what was typed, and the way to search that."""
    if link.typed:
        return f'<p class="searched">{verbatim(texts("answer.astyped"))}</p>'
    if _plain(answer.searched) == _plain(answer.question):
        return ""
    typed = link.model_copy(update={"typed": True, "version": None})
    return (
        f'<p class="searched">{verbatim(texts("answer.searched"))} '
        f"<q>{verbatim(answer.searched)}</q> "
        f'<a class="as-typed" href="{verbatim(typed.href)}">{verbatim(texts("answer.typed"))}</a>'
        "</p>"
    )


def _plain(question: str) -> str:
    return " ".join(question.split()).casefold()


def _meta(answer: Answer, link: AskLink, texts: Wording) -> str:
    said = texts("answer.meta", ms=f"{answer.elapsed_ms:.0f}", version=answer.index_version)
    return (
        f'<p class="meta">{verbatim(said)} · <a class="permalink" href="{verbatim(link.href)}">'
        f"{verbatim(texts('answer.link'))}</a></p>"
    )
