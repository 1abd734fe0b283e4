"""Where the text of a source is looked for."""

from urllib.parse import urlsplit

from corpus.sources.registry import Source
from corpus.wording import Message

ARCHIVE = "https://web.archive.org/web/20180101000000id_/{}"
"""The Internet Archive redirects this to its copy nearest to the date; `id_`: bytes as archived."""
NO_ADDRESS = Message.of("fetch.no-address")


def addresses(source: Source) -> tuple[str, ...]:
    """Where to look for a source, in this order: its address by https, its alternates, the archive.

    Alternates are the field `alternates` of the record, as they stand there.
    """
    if source.url is None:
        return source.alternates
    own = https_form(source.url)
    return tuple(dict.fromkeys((own, *source.alternates, ARCHIVE.format(own))))


def https_form(address: str) -> str:
    """The address by https and without the part after `#`, which servers never see."""
    parts = urlsplit(address)
    host = parts.netloc.removesuffix(":80") if parts.scheme == "http" else parts.netloc
    return parts._replace(scheme="https", netloc=host, fragment="").geturl()
