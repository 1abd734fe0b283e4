"""A question as it is searched, and what a search gives."""

from dataclasses import dataclass, field

from corpus.text.documents import Span
from index.versions.store import StoredPassage

_ENGLISH = "en"


@dataclass(frozen=True)
class Query:
    """A question as it is searched.

    `words` are tokens of `index.tables.lexical`, translations among them, `related` those that a
    text may use instead and that count less; `named` the keys of sources that the question names,
    `near` those of laws of a state that it names; `provisions` the numbers of articles and sections
    that it cites, in lower case, `numbers` its others, in the form of `numbers_of`. `conversation`
    is the question after those before it; empty where it does not point back.
    """

    text: str
    language: str = _ENGLISH
    words: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    named: frozenset[str] = field(default_factory=frozenset)
    near: frozenset[str] = field(default_factory=frozenset)
    provisions: frozenset[str] = field(default_factory=frozenset)
    numbers: frozenset[str] = field(default_factory=frozenset)
    conversation: str = ""

    @property
    def text_to_read(self) -> str:
        """What a reader is given: the conversation, or the text where there is none."""
        return self.conversation or self.text


@dataclass(frozen=True)
class Candidate:
    """A passage that may answer.

    `score`, 0 to about 1, is what all kinds of search say together, against the other passages.
    `sentence_scores`, -1 to 1, tell how well each sentence alone matches the question, none before
    `QuestionSearch.with_sentence_scores`; `match` how well the passage does, whatever the others
    are; `signals` what each kind of search says of it; `answer` are the words of the document that
    a reader holds for the answer, None where none read it.
    """

    passage: StoredPassage
    score: float
    sentence_scores: tuple[float, ...] = ()
    match: float = 0.0
    signals: dict[str, float] = field(default_factory=dict, compare=False)
    language: str = _ENGLISH
    answer: Span | None = None
