"""Whether a question leaves out what an earlier one said, or stands alone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from corpus.text.words import STOPWORDS, stems_of, unaccented, words_of
from qa.question.language import language_of_question

_NAME = re.compile(r"(?<=\w )[A-ZÁÉÍÓÚÑ]\w")
_ELLIPTIC = 2
"""A question of more telling words than this leaves nothing out, unless a word points back."""
_LONGEST_FRAGMENT = 3


@dataclass(frozen=True)
class PointingBack:
    """How questions of one language point back to an earlier one.

    All patterns but `pointing`, `innocent` and `definite` are matched at the beginning.
    """

    openings: re.Pattern[str]
    """Words that begin a question which goes on from another: `And in Mexico?`"""
    pointing: re.Pattern[str]
    """Words that speak of what was named before: `it`, `those`."""
    innocent: re.Pattern[str]
    """Phrases in which such words do not: `Is there a hotline?`"""
    antecedents: Mapping[str, re.Pattern[str]]
    """Pointing word → what stands before it where it speaks of a thing in the same question."""
    elided: re.Pattern[str]
    """A question for a number that does not say of what: `How many were arrested?`"""
    fragment: re.Pattern[str]
    """A phrase that is no sentence: `In prison?`"""
    definitions: re.Pattern[str]
    """Questions for what something is; the group `kind` is the article of any one of a kind."""
    existence: re.Pattern[str]
    """Questions for whether there is something."""
    relations: str
    """Nouns that say nothing without what they belong to, and their usual adjectives."""
    determiners: str
    """Pattern of what stands before such a noun: `the` penalty."""
    complements: str
    """Pattern of what says to what such a noun belongs: the penalty `for` smuggling."""
    definite: re.Pattern[str]
    """A noun that is known already: `the hotline`."""
    vague: frozenset[str]
    """Words that name nothing, though they are no stop words: `anyone`."""


_BE = r"(?:is|are|was|were)"
_AUXILIARY = (
    rf"(?:{_BE}|be|been|do|does|did|has|have|had|can|could|may|might|must|shall|should|will|would)"
)
_CLAUSE = (
    r".*(?:[,;]|\b(?:although|after|and|because|before|but|how|if|once|or|since|so|than|that|"
    r"though|unless|until|what|when|where|whether|which|while|who|whose|why)\b)"
)
_ANY = (
    r"(?i:\b(?:an?|any|each|every)\s(?:[^\W\d_]\s)?[^\W\d_]{3}|\b(?:any|every|some)(?:body|one)\b)"
)
_THING = rf"(?:{_ANY}|(?i:\bthe\s[^\W\d_]{{3}})|(?<=\w )[A-Z][\w.])"
_MANY = (
    rf"(?:{_ANY}|(?i:(?<!\bwho )(?<!\bwhat )(?<!\bthat )(?<!\bit )\b(?!does\b|always\b|"
    r"perhaps\b)(?:people|children|women|men|police|[a-z-]{2,}(?:[^suiy\W]|ie)s)\b))"
)
_NO_SUBJECT = rf"^(?!.*\b(?i:{_AUXILIARY})\s$).*"
"""Before a possessive: no auxiliary, behind which it begins the subject (`What are its aims?`)."""

_COSA = (
    r"(?:(?i:\b(?:el|la|los|las|una?|unos|unas|cada|algún|alguna|cualquier)\s[^\W\d_]{3})"
    r"|(?<=\w )[A-ZÁÉÍÓÚÑ][\w.])"
)
_CLAUSULA = (
    r".*(?:[,;]|\b(?i:antes|aunque|como|cuando|después|donde|e|mientras|ni|o|para|pero|porque|que|"
    r"quien|quienes|si|sin|y)\b)"
)

_GRAMMARS: Mapping[str, PointingBack] = MappingProxyType(
    {
        "en": PointingBack(
            openings=re.compile(r"(?:and|but|or|(?:what|how) about|what (?:else|if))\b", re.I),
            pointing=re.compile(
                r"\b(?:its?|they|them|theirs?|this|these|those|there|he|she|him|his|hers?|same|"
                r"former|latter|such|then|else)\b"
                rf"|^{_AUXILIARY} that\b|\b(?:at|by|for|in|of|on|to|under|with) that [\w-]+$"
                r"|\b(?:another|other|that|this|which) ones?\b(?! of)|\bones?$",
                re.I,
            ),
            innocent=re.compile(
                rf"\b(?<!who ){_AUXILIARY}(?:n['’]t| not)? there\b"
                rf"|\bthere(?:['’]s| {_AUXILIARY})\b|\bsuch as\b|\bthe same [\w-]+ (?:as|that)\b"
                rf"|\b{_BE} it (?:(?!\w+ed )[\w-]+ ){{1,2}}to\b|\bfind it [\w-]+ to\b"
                r"|\bit (?:matter|take)s?\b.* (?:that|to)\b|\bit (?:comes|turns) (?:to|out)\b"
                r"|\bthose (?:that|who|whom|whose|\w+ed)\b|\b(?:this|these|those) (?-i:[A-Z]+)\b"
                r"|\b(?:any|every|no|some)(?:body| ?one) else\b",
                re.I,
            ),
            antecedents=MappingProxyType(
                {
                    **dict.fromkeys(
                        "it he she him her hers same former latter then".split(),
                        re.compile(_THING + _CLAUSE),
                    ),
                    **dict.fromkeys("they them theirs".split(), re.compile(_MANY + _CLAUSE)),
                    "its": re.compile(_NO_SUBJECT + _THING),
                    "their": re.compile(_NO_SUBJECT + _MANY),
                    "his": re.compile(f"{_ANY}|{_THING}{_CLAUSE}"),
                }
            ),
            elided=re.compile(
                rf"how many (?:{_AUXILIARY}|in|from|of (?:them|these|those))\b", re.I
            ),
            fragment=re.compile(
                r"(?:about|after|at|before|by|during|for|from|in|on|since|to|under|until|with)\b"
                rf"(?!.*\b(?:{_AUXILIARY}|how|what|when|where|which|who|whom|whose|why)\b)",
                re.I,
            ),
            definitions=re.compile(rf"(?:what|who)(?:['’]s| {_BE}) (?P<kind>an? )?", re.I),
            existence=re.compile(rf"{_AUXILIARY}(?:n['’]t)? there\b", re.I),
            relations=(
                "address advantage age aim amount author budget chair condition consequence "
                "cost date deadline definition difference director duration effect example "
                "exception exemption fine founder goal head leader length limit maximum meaning "
                "member minimum motive name number outcome penalty percentage price procedure "
                "process punishment purpose rate reason requirement result role salary sentence "
                "share source term total annual average current exact federal first highest last "
                "legal longest lowest main official other phone prison shortest telephone time "
                "usual"
            ),
            determiners=r"(?:the|an?|any|which|what)",
            complements=r"(?:of|for|between|against)",
            definite=re.compile(r"\bthe ([^\W\d_]+)", re.I),
            vague=frozenset(
                "anybody anyone anything everybody everyone everything long nobody nothing often "
                "one ones somebody someone something times".split()
            ),
        ),
        "es": PointingBack(
            openings=re.compile(r"(?:y|pero|o|qu[eé] hay de|qu[eé] pasa (?:con|si))\b", re.I),
            pointing=re.compile(
                r"\b(?:ell[ao]s?|ello|es[aeo]|es[ao]s|est[aeo]|est[ao]s|él|sus?|all[ií]|ah[ií]|lo|"
                r"mism[ao]s?|entonces|aquel(?:l[ao]s?)?)\b",
                re.I,
            ),
            innocent=re.compile(
                r"\blo (?:que|cual)\b|\bpor lo (?:menos|tanto)\b|\ba lo largo\b"
                r"|\besta (?:escrit|permitid|prohibid)\w+|\bmism[oa]s? [^\W\d_]+ que\b",
                re.I,
            ),
            antecedents=MappingProxyType(
                {
                    **dict.fromkeys(
                        "ella ellas ellos ello él mismo misma mismos mismas entonces lo".split(),
                        re.compile(_COSA + _CLAUSULA),
                    ),
                    **dict.fromkeys(("su", "sus"), re.compile(_COSA)),
                }
            ),
            elided=re.compile(
                r"cu[aá]nt[oa]s (?:de (?:ell|es)[ao]s|en|se|han?|son|eran|fueron|est[aá]n|estaban|"
                r"hay|hab[ií]a|hubo)\b",
                re.I,
            ),
            fragment=re.compile(
                r"(?:ante|bajo|con|contra|de|desde|durante|en|hasta|para|por|seg[uú]n|sin|sobre)\b"
                r"(?!.*\b(?:es|son|era|fue|fueron|hay|han?|tienen?|pueden?|deben?|est[aá]n?|"
                r"qu[eé]|qui[eé]n(?:es)?|cu[aá]l(?:es)?|cu[aá]ndo|d[oó]nde|c[oó]mo|"
                r"cu[aá]nt[oa]s?)\b)",
                re.I,
            ),
            definitions=re.compile(
                r"(?:(?:qu[eé]|qui[eé]n(?:es)?) (?:es|son|era|eran|fue|fueron)"
                r"|qu[eé] (?:significan?|se entiende por)|defin[ae]|expli(?:ca|que)) "
                r"(?P<kind>una? )?",
                re.I,
            ),
            existence=re.compile(
                r"(?:no )?(?:hay|hab[ií]a|hubo|habr[aá]|exist(?:e|[ií]a)n?)\b", re.I
            ),
            relations=(
                "autor autora castigo causa condena condición consecuencia costo coste definición "
                "diferencia dirección director directora duración edad efecto ejemplo excepción "
                "fecha fin finalidad fuente fundador jefe límite líder máximo mínimo miembro monto "
                "motivo multa nombre número objetivo papel pena plazo porcentaje precio presidente "
                "presupuesto procedimiento proceso propósito razón requisito resultado salario "
                "sanción significado sueldo tasa total ventaja actual anual exacto federal legal "
                "máxima mínima oficial otro primero principal prisión promedio teléfono último "
                "usual"
            ),
            determiners=r"(?:el|la|los|las|una?|alg[uú]n|alguna|qu[eé]|cu[aá]l)",
            complements=r"(?:del?|por|para|entre|contra)",
            definite=re.compile(r"\b(?:el|la|los|las) ([^\W\d_]+)", re.I),
            vague=frozenset("alguien nadie ninguno ninguna veces vez".split()),
        ),
    }
)


def points_back(question: str, earlier: str = "") -> bool:
    """Whether a question leaves out what an earlier one said: `And in Mexico?`, `Who funds it?`.

    A question with a subject of its own does not. `earlier` is the question before it: a noun of
    it, named again with an article, is the one that was spoken of.
    """
    language = language_of_question(question)
    grammar, text = _GRAMMARS[language], question.strip(' ¿?¡!."“”')
    if grammar.openings.match(text) or _names_what_was_said(text, grammar):
        return True
    return _leaves_out(text, language, earlier)


def telling_words(question: str, language: str) -> list[str]:
    """The words of a question that say what it is about, in order, in lower case."""
    asking = _ASKING | STOPWORDS[language]
    return [word for word in words_of(question) if unaccented(word) not in asking]


def _names_what_was_said(text: str, grammar: PointingBack) -> bool:
    """Whether a word speaks of something that the question itself does not name before it."""
    text = grammar.innocent.sub(lambda found: "-" * len(found[0]), text)
    for word in grammar.pointing.finditer(text):
        antecedent = grammar.antecedents.get(word[0].lower())
        if antecedent is None or not antecedent.search(text[: word.start()]):
            return True
    return False


def _leaves_out(text: str, language: str, earlier: str) -> bool:
    """Whether a question without a pointing word lacks its subject or what that belongs to."""
    grammar, words = _GRAMMARS[language], telling_words(text, language)
    if grammar.elided.match(text):
        return True
    if grammar.fragment.match(text):
        return len(words) <= _LONGEST_FRAGMENT
    # With a name, two words tell what is asked: `What is the capital of France?`
    named = len(words) == _ELLIPTIC and _NAME.search(text)
    words = [word for word in words if word not in grammar.vague and not word[0].isdigit()]
    if words and (named or len(words) > _ELLIPTIC):
        return False
    return not words or _short_leaves_out(text, words, language, earlier)


def _short_leaves_out(text: str, words: list[str], language: str, earlier: str) -> bool:
    """The same of a question with no more than `_ELLIPTIC` telling words, and no name."""
    grammar = _GRAMMARS[language]
    definition = grammar.definitions.match(text)
    if definition and definition["kind"]:
        return False
    if _lacks_its_object(text, words, language):
        return True
    if definition or (len(words) == 1 and grammar.existence.match(text)):
        return False
    return len(words) == 1 or _spoken_of(text, language, earlier)


def _lacks_its_object(text: str, words: list[str], language: str) -> bool:
    """Whether a noun needs an object that is not said: `What is the maximum penalty?`"""
    grammar = _GRAMMARS[language]
    relations = set(stems_of(grammar.relations, language))
    nouns = [word for word in words if set(stems_of(word, language)) & relations]
    if not nouns or re.search(rf"\b(?:{'|'.join(nouns)}) {grammar.complements} \w", text, re.I):
        return False
    introduced = rf"\b{grammar.determiners} (?:{'|'.join(nouns)})\b"
    return len(nouns) == len(words) or bool(re.search(introduced, text, re.I))


def _spoken_of(text: str, language: str, earlier: str) -> bool:
    """Whether a noun with its article stands in the question before: `the visa`."""
    before = set(stems_of(earlier, language))
    nouns = " ".join(_GRAMMARS[language].definite.findall(text))
    return bool(before & set(stems_of(nouns, language)))


_ASKING = frozenset(
    "what which who whom whose when where why how many much que cual cuales quien quienes cuando "
    "donde como cuanto cuantos cuanta cuantas por and y".split()
)
