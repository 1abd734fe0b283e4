"""German."""

import re
from types import MappingProxyType

from bm25s.stopwords import STOPWORDS_GERMAN

from corpus.languages.language import Language, Reliance, SentenceWords, numbered

_INTERROGATIVES = frozenset(
    "wann warum was welche welchem welchen welcher welches wem wen wer weshalb wessen wie wieso "
    "wieviel wieviele wo wodurch woher wohin womit".split()
)

GERMAN = Language(
    code="de",
    stemmer="german",
    stop_words=frozenset(STOPWORDS_GERMAN),
    interrogatives=_INTERROGATIVES,
    marks="äöüß„",
    requests=_INTERROGATIVES,
    courtesies=re.compile(
        r"\b(?:hallo|gr[uü](?:ß|ss) gott|guten (?:abend|morgen|tag)|gute nacht"
        r"|(?:vielen )?dank|danke(?: (?:sch[oö]n|sehr))?|(?:ich brauche )?hilfe|bitte"
        r"|auf wiedersehen|tsch[uü](?:ß|ss))\b",
        re.I,
    ),
    articles=("das", "dem", "den", "der", "die"),
    numerals=numbered("zwei drei vier fünf sechs sieben acht neun zehn elf zwölf"),
    scales=MappingProxyType(
        {
            "tausend": 10**3,
            **dict.fromkeys(("million", "millionen"), 10**6),
            **dict.fromkeys(("milliarde", "milliarden"), 10**9),
        }
    ),
    counting=re.compile(r"\bwie ?(?:viele?|lange?|alt)\b", re.I),
    sentences=SentenceWords(
        never_final=frozenset(
            "bspw bzgl bzw ca d.h dr evtl ggf hrsg inkl insb mind o.ä prof s.o s.u sog str u.a "
            "u.u usf v.a vgl z.b z.t zzgl".split()
        ),
        before_numbers=frozenset("abb abs art bd kap nr rn s tab ziff".split()),
        conjunctions=("und", "oder"),
    ),
    reliance=Reliance(
        openings=re.compile(
            r"(?:er|sie|es|ihr(?:e[mnrs]?)?|sein(?:e[mnrs]?)?|dies(?:e[mnrs]?)?|jene[mnrs]?|"
            r"solche[mnrs]?|beide|deshalb|daher|darum|dadurch|damit|danach|dann|außerdem|zudem|"
            r"jedoch|dennoch|trotzdem|ferner|folglich|somit|schließlich|erstens|zweitens|drittens|"
            r"zum beispiel|ebenso)\b",
            re.I,
        ),
        definite=re.compile(r"(?:der|die|das|den|dem) ([^\W\d_]+(?:[- ][^\W\d_]+)?)", re.I),
        indefinite=re.compile(r"\beine?[mnrs]?\s((?:[^\W\d_][\w’'-]*\s?){1,5})", re.I),
    ),
    capital_nouns=True,
)
