"""Italian."""

import re
from types import MappingProxyType

from bm25s.stopwords import STOPWORDS_ITALIAN

from corpus.languages.language import Language, Reliance, SentenceWords, numbered

_INTERROGATIVES = frozenset(
    "che chi come cosa dove perché quale quali quando quanta quante quanti quanto".split()
)

ITALIAN = Language(
    code="it",
    stemmer="italian",
    stop_words=frozenset(STOPWORDS_ITALIAN),
    interrogatives=_INTERROGATIVES,
    marks="àèéìòù«»",
    requests=_INTERROGATIVES,
    courtesies=re.compile(
        r"\b(?:buon(?:asera|giorno|anotte)|ciao|salve|grazie(?: (?:mille|tante))?|aiuto|aiutatemi"
        r"|per (?:favore|piacere)|arrivederci)\b",
        re.I,
    ),
    articles=("gli", "i", "il", "la", "le", "lo"),
    elisions=re.compile(
        r"\b(?:[cdlmnstv]|un|all|dall|dell|nell|sull|coll|quell|quest|dov|com|cos)['’](?=\w)", re.I
    ),
    numerals=numbered("due tre quattro cinque sei sette otto nove dieci undici dodici"),
    scales=MappingProxyType(
        {
            **dict.fromkeys(("mille", "mila"), 10**3),
            **dict.fromkeys(("milione", "milioni"), 10**6),
            **dict.fromkeys(("miliardo", "miliardi"), 10**9),
        }
    ),
    counting=re.compile(r"\bquant[oaie]\b", re.I),
    sentences=SentenceWords(
        never_final=frozenset(
            "arch avv c.d cfr dott dr ecc.mo es ing on p.es prof rag sig sigg spett".split()
        ),
        before_numbers=frozenset("art artt cap co fig lett n nn p par pag pagg pp sez vol".split()),
        conjunctions=("e", "ed", "o"),
    ),
    reliance=Reliance(
        openings=re.compile(
            r"(?:quest[aeio]|quell[aeio]|ess[aeio]|egli|ella|loro|suo[i]?|sua|sue|ciò|tal[ei]|"
            r"entramb[ei]|inoltre|anche|così|pertanto|quindi|tuttavia|però|infatti|infine|"
            r"dunque|primo|secondo|terzo|ad esempio|per esempio)\b",
            re.I,
        ),
        definite=re.compile(r"(?:il |lo |la |gli |i |le |l['’])([^\W\d_]+(?: [^\W\d_]+)?)", re.I),
        indefinite=re.compile(r"\b(?:una?|uno)\s((?:[^\W\d_][\w’'-]*\s?){1,5})", re.I),
    ),
)
