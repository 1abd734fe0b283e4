"""Portuguese."""

import re
from types import MappingProxyType

from bm25s.stopwords import STOPWORDS_PORTUGUESE

from corpus.languages.language import Language, Reliance, SentenceWords, numbered

_INTERROGATIVES = frozenset(
    "como onde porque qual quais quando quanta quantas quanto quantos que quem quê".split()
)

PORTUGUESE = Language(
    code="pt",
    stemmer="portuguese",
    stop_words=frozenset(STOPWORDS_PORTUGUESE),
    interrogatives=_INTERROGATIVES,
    marks="áâãàçéêíóôõú",
    requests=_INTERROGATIVES,
    courtesies=re.compile(
        r"\b(?:ol[aá]|oi|bom dia|boa (?:noite|tarde)|(?:muito )?obrigad[ao]|(?:preciso de )?ajuda"
        r"|ajudem?-me|socorro|por favor|adeus)\b",
        re.I,
    ),
    articles=("a", "as", "o", "os"),
    numerals=numbered("dois/duas três quatro cinco seis sete oito nove dez onze doze"),
    scales=MappingProxyType(
        {
            "mil": 10**3,
            **dict.fromkeys(("milhão", "milhões"), 10**6),
            # As in Brazil; in Portugal, where `bilião` is 10**12, such texts say `mil milhões`.
            **dict.fromkeys(("bilhão", "bilhões"), 10**9),
        }
    ),
    counting=re.compile(r"\bquant[oa]s?\b", re.I),
    sentences=SentenceWords(
        never_final=frozenset(
            "aprox av cf cia dr dra dras drs exmo exma ltda prof profa p.ex sr sra sras srs "
            "sto v vs".split()
        ),
        before_numbers=frozenset("al art arts cap fig fl fls inc n nº p pág págs pp vol".split()),
        conjunctions=("e", "ou"),
    ),
    reliance=Reliance(
        openings=re.compile(
            r"(?:est[ae]s?|ess[ae]s?|isso|isto|aquel[ae]s?|el[ae]s?|seus?|suas?|tal|tais|ambos|"
            r"ambas|além disso|também|assim|portanto|porém|contudo|entretanto|no entanto|"
            r"finalmente|primeiro|segundo|terceiro|por exemplo|por isso)\b",
            re.I,
        ),
        definite=re.compile(r"[oa]s? ([^\W\d_]+(?:[- ][^\W\d_]+)?)", re.I),
        indefinite=re.compile(r"\buma?\s((?:[^\W\d_][\w’'-]*\s?){1,5})", re.I),
    ),
)
