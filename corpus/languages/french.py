"""French."""

import re
from types import MappingProxyType

from bm25s.stopwords import STOPWORDS_FRENCH

from corpus.languages.language import Language, Reliance, SentenceWords, numbered

_INTERROGATIVES = frozenset(
    "combien comment où pourquoi quand quel quelle quelles quels qui quoi".split()
)

FRENCH = Language(
    code="fr",
    stemmer="french",
    stop_words=frozenset(STOPWORDS_FRENCH),
    interrogatives=_INTERROGATIVES,
    marks="àâæçéèêëîïôœùûüÿ«»",
    requests=_INTERROGATIVES,
    courtesies=re.compile(
        r"\b(?:bonjour|bonsoir|salut|merci(?: (?:beaucoup|bien))?|(?:[aà] l['’])?aide"
        r"|aide[zs]?[- ](?:moi|nous)|au secours|s['’]il (?:te|vous) pla[iî]t|au revoir)\b",
        re.I,
    ),
    articles=("la", "le", "les"),
    elisions=re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’](?=\w)", re.I),
    numerals=numbered("deux trois quatre cinq six sept huit neuf dix onze douze"),
    scales=MappingProxyType(
        {
            "mille": 10**3,
            **dict.fromkeys(("million", "millions"), 10**6),
            **dict.fromkeys(("milliard", "milliards"), 10**9),
        }
    ),
    counting=re.compile(r"\bcombien\b|\bquel âge\b", re.I),
    sentences=SentenceWords(
        never_final=frozenset(
            "av bd c.-à-d cf dr env ex m me mgr mm mme mlle p.ex prof st".split()
        ),
        before_numbers=frozenset(
            "al art arts chap éd fig n no nos p par pp sect t tit vol vols".split()
        ),
        conjunctions=("et", "ou"),
    ),
    reliance=Reliance(
        openings=re.compile(
            r"(?:il|ils|elle|elles|cel(?:a|le|les|ui)|ceux|ce|cet|cette|ces|leurs?|tel(?:s|le|les)?|"
            r"son|sa|ses|ainsi|aussi|alors|cependant|néanmoins|toutefois|en outre|en effet|"
            r"par conséquent|par ailleurs|de plus|enfin|ensuite|premièrement|deuxièmement|"
            r"par exemple)\b",
            re.I,
        ),
        definite=re.compile(r"(?:les? |la |l['’])([^\W\d_]+(?:[- ][^\W\d_]+)?)", re.I),
        indefinite=re.compile(r"\bune?\s((?:[^\W\d_][\w’'-]*\s?){1,5})", re.I),
    ),
)
