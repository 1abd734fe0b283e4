"""Labels of the items of a provision, such as `(a)` or `IV.`, and the lists they make."""

import re
from collections.abc import Iterable, Iterator, Sequence

_LABEL = re.compile(
    r"(?:\((?P<in>[a-z]{1,2}|[A-Z]{1,2}|\d{1,3}|[ivxl]{1,6}|[IVXL]{1,6})\)"
    r"|(?P<half>[a-z]{1,2}|[ivxl]{1,5}|\d{1,2})\)"
    r"|(?P<dot>\d{1,2}|[IVXL]{1,6}|[a-z])\.(?!\d))\s*(?=\S|$)"
)
QUOTE = re.compile(r"[“‘\"'`]+\s*")
"""What opens a quotation, such as the text that an act inserts into another."""


def _ordinals() -> dict[str, tuple[str, ...]]:
    roman = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split()
    roman += [f"xx{one}" for one in roman[:9]] + ["xxx"] + [f"xxx{one}" for one in roman[:9]]
    letters = "abcdefghijklmnopqrstuvwxyz"
    return {
        "1": tuple(map(str, range(1, 200))),
        "a": tuple(letters),
        "A": tuple(letters.upper()),
        "i": tuple(roman),
        "I": tuple(one.upper() for one in roman),
        "aa": tuple(one * 2 for one in letters),
        "AA": tuple(one * 2 for one in letters.upper()),
    }


_KINDS = _ordinals()


def labels(text: str) -> tuple[str, ...]:
    """The labels that open a paragraph, outermost first: `(ii) (I) who has not` → `ii`, `I`.

    A quotation mark may stand before those in brackets.
    """
    found = []
    quote = QUOTE.match(text)
    position = quote.end() if quote else 0
    while match := _LABEL.match(text, position):
        label = match["in"] or match["half"] or match["dot"]
        if not any(label in names for names in _KINDS.values()) or (quote and not match["in"]):
            break
        found.append(label)
        position = match.end()
    return tuple(found)


def only_labels(text: str) -> bool:
    """Whether a paragraph holds labels and no word."""
    position = 0
    while match := _LABEL.match(text, position):
        position = match.end()
    return 0 < position == len(text)


def follows(label: str, other: str) -> bool:
    """Whether `other` is the label after `label` in some list: `b` after `a`, `ii` after `i`."""
    return any(
        label in names and other in names and names.index(label) + 1 == names.index(other)
        for names in _KINDS.values()
    )


def begins(label: str) -> bool:
    """Whether a label is the first of some list."""
    return any(label == names[0] for names in _KINDS.values())


Place = tuple[str, int]
"""A kind of label and how many come before it in its list."""
_Path = tuple[tuple[Place, str], ...]


def label_paths(groups: Iterable[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """For the labels of each paragraph of a provision, in order, the path to it from the provision.

    A label goes on the innermost list whose next label it is, or begins a list of its own; the
    label after it decides whether `i` follows `h` or begins `i, ii`. A paragraph without labels
    belongs to the item before it while its list goes on, as the second paragraph of `IV` does
    before `V`, and to what holds the list after its last item.
    """
    placed = list(_placed(list(groups)))
    later: list[_Path] = [()]
    for path in reversed(placed[1:]):
        later.append(later[-1] if path is None else path)
    earlier: _Path = ()
    for path, after in zip(placed, reversed(later), strict=False):
        whole = _between(earlier, after) if path is None else path
        earlier = earlier if path is None else path
        yield tuple(label for _, label in whole)


def _placed(groups: Sequence[Sequence[str]]) -> Iterator[_Path | None]:
    following = [*[label for group in groups for label in group][1:], ""]
    path: _Path = ()
    position = 0
    for group in groups:
        for label in group:
            place = _place(label, following[position], [at for at, _ in path])
            position += 1
            same = (n for n, (at, _) in enumerate(path) if at[0] == place[0])
            path = (*path[: next(same, len(path))], (place, label))
        yield path if group else None


def _between(before: _Path, after: _Path) -> _Path:
    """Where a paragraph without labels stands between two items."""
    shared = next((n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), None)
    if shared is None:
        return before if len(before) <= len(after) and after else ()
    (kind, number), (next_kind, next_number) = before[shared][0], after[shared][0]
    goes_on = kind == next_kind and number + 1 == next_number
    return before[: shared + 1] if goes_on else before[:shared]


def _place(label: str, after: str, path: Sequence[Place]) -> Place:
    options = [(kind, names.index(label)) for kind, names in _KINDS.items() if label in names]
    if not options:
        return ("?", 0)

    def fit(option: Place) -> tuple[bool, bool, bool, int]:
        kind, number = option
        depth = next((n for n, (at, _) in enumerate(path) if at == kind), None)
        goes_on = depth is not None and path[depth][1] + 1 == number
        opens = number == 0 and depth is None
        names = _KINDS[kind]
        goes_further = number + 1 < len(names) and names[number + 1] == after
        # `(i)` above `(1)` is a letter: small numerals stand below numbers, never above them.
        above = not (kind == "i" and after == "1")
        innermost = depth if depth is not None and goes_on else -1
        return (above, goes_on or opens, goes_further, innermost)

    return max(options, key=fit)
