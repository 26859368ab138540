"""下拉里选的：新表的列表里有的照原样写，换了字的照新的写，没有的不搬。"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from xltool.facts.entry import EntryState
from xltool.intake.options import every_option, option_lists
from xltool.values import match_choice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.typed import Contents, Typed
    from xltool.intake.options import Options
    from xltool.intake.whole_form import WholeForm
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Field, Scheme


class Carried(Protocol):
    """选项要看的：旧表、两个方案、新表里已经搬好的。"""

    whole: WholeForm
    old: Scheme
    target: Scheme
    contents: Contents


class Chosen(NamedTuple):
    """新表这一格写什么；列表里没有的为空，`listed` 是列表里有的。"""

    value: Typed | None
    listed: tuple[str, ...]


def chosen(carried: Carried, key: CellKey, there: CellKey, value: Typed) -> Chosen:
    """旧表选的在新表的列表里写作什么；旧表就没有选对的照原样搬，查的时候还会说。"""
    options = _options(carried, there)
    entry = carried.whole.submission.entries[key]
    if entry.state is not EntryState.VALUE:
        return Chosen(value, options.values)
    if match_choice(str(value), options.choices) is not None:
        return Chosen(value, options.values)
    word = str(entry.value)
    if match_choice(word, options.choices) is not None:
        return Chosen(word, options.values)
    names = _lists(carried.old.field(key))
    found = (
        carried.target.word(new, option.key)
        for old in names
        for option in carried.old.listed(old)
        if option.value == word
        for new in _lists(carried.target.field(there))
    )
    renamed = next((one for one in found if one in options.values), None)
    return Chosen(renamed, options.values)


def _options(carried: Carried, there: CellKey) -> Options:
    """新表这一格的列表；看上一级的，照上一级搬好的定，上一级空着的各表都算。"""
    field, scheme = carried.target.field(there), carried.target
    lists = option_lists(scheme)
    if not field.depends:
        return lists[field.options]
    above = there._replace(column=field.depends)
    parent = scheme.field(above)
    written = match_choice(str(carried.contents.get(above, "")), lists[parent.options].choices)
    name = field.options_by.get(written or "")
    return lists[name] if name else every_option(scheme, tuple(field.options_by.values()))


def _lists(field: Field) -> Iterator[str]:
    if field.options:
        yield field.options
    yield from field.options_by.values()
