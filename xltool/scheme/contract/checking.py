"""方案合不合约定：必须有的有没有，种类对不对。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xltool.scheme.contract.catalogue import NEEDS, SHEETS
from xltool.scheme.contract.judging_words import JUDGING_LISTS
from xltool.scheme.contract.lists import OWN_LISTS
from xltool.scheme.contract.need import KINDS, When
from xltool.scheme.contract.own import GAP
from xltool.scheme.fields import Compute, FieldKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.scheme.contract.need import Need
    from xltool.scheme.contract.own import OwnList
    from xltool.scheme.fields import Field, Sheet
    from xltool.scheme.model import Scheme
    from xltool.scheme.options import Option

    Problem = tuple[str, str]

_LIKE_GAPS: Final = ("...", "⋯")
TARGETS: Final = "indicators"
_OF_TARGETS: Final = frozenset({Compute.COMPLETION, Compute.FACTOR, Compute.EARNED})


def contract_problems(scheme: Scheme) -> Iterator[Problem]:
    """不合约定的地方：键的路径和说法。"""
    sheets = {sheet.key: sheet for sheet in scheme.sheets}
    for need in SHEETS:
        key, _, name = need.name.partition(".")
        sheet = sheets.get(key)
        if not name:
            yield from _sheet(need, sheet)
        elif sheet is not None:
            yield from _field(need, sheet, name)
    for sheet in scheme.sheets:
        yield from _columns(sheet)
    yield from _fixed(scheme)
    for own in OWN_LISTS:
        for option in scheme.listed(own.key):
            yield from _unread(own, option)
            yield from _gaps(own, option)


def _fixed(scheme: Scheme) -> Iterator[Problem]:
    """程序认字的选项，印出来的字不能换。"""
    for own in OWN_LISTS:
        for option in own.options if own.fixed else ():
            word = scheme.word(own.key, option.key)
            if word and word != option.value:
                path = f"options.{own.key}.{option.key}.value"
                yield (
                    path,
                    f"程序认这个字，要写“{option.value}”，现为“{word}”；别的写法写在 aliases",
                )


def _unread(own: OwnList, option: Option) -> Iterator[Problem]:
    """写了而程序不看的：照标识读的表里别的标识，只认印出来的字的表里别的写法。"""
    path = f"options.{own.key}.{option.key}"
    if own.keys and option.key not in own.keys:
        yield path, f"程序照标识读这个表，只看 {'、'.join(own.keys)}，写成“{option.key}”的不看"
    if option.aliases and own.only_words:
        yield f"{path}.aliases", "程序只看这个表各项的 value，不看 aliases；一个字眼写一项"


def _gaps(own: OwnList, option: Option) -> Iterator[Problem]:
    """话里的“…”只许一处，前后都要有字：多几处的找起来慢，说的是什么也看不清；像它的点不算。"""
    path = f"options.{own.key}.{option.key}"
    for phrase in (option.value, *option.aliases) if own.key in JUDGING_LISTS else ():
        likeness = next((one for one in _LIKE_GAPS if one in phrase), "")
        if not own.gaps and (GAP in phrase or likeness):
            yield path, f"“{phrase}”：这个表的字眼里不能隔字，要原样写"
        elif likeness:
            yield path, f"“{phrase}”里的“{likeness}”不是省略号，隔字要写“{GAP}”"
        elif GAP in phrase:
            before, *between, after = phrase.split(GAP)
            if not before or not after or any(between):
                yield path, f"“{phrase}”里的“{GAP}”只能有一处，前后都要有字"


def _sheet(need: Need, sheet: Sheet | None) -> Iterator[Problem]:
    path = f"sheets.{need.name}"
    if sheet is None:
        if need.when is When.ALWAYS:
            yield path, f"要有这张表（{need.meaning}）：{need.without}"
    elif need.sheet is not None and sheet.kind is not need.sheet:
        yield f"{path}.kind", f"“{need.name}”是{need.meaning}，种类要是 {need.sheet}"


def _field(need: Need, sheet: Sheet, name: str) -> Iterator[Problem]:
    path = f"sheets.{sheet.key}.{name}"
    field = next((item for item in sheet.fields if item.key == name), None)
    if field is None:
        if need.when is When.ALWAYS:
            yield path, f"要有这一项（{need.meaning}）：{need.without}"
        return
    yield from _content(need, field, path)


def _content(need: Need, field: Field, path: str) -> Iterator[Problem]:
    if need.holds is not None and field.kind not in KINDS[need.holds]:
        kinds = "、".join(kind.value for kind in FieldKind if kind in KINDS[need.holds])
        wanted = f"要填{need.holds}（kind 为 {kinds}）"
        yield f"{path}.kind", f"“{need.name}”是{need.meaning}，{wanted}，现为 {field.kind}"
    kind = field.computation.kind if field.computation else None
    if need.computed is not None and kind is not need.computed:
        wanted = f'computation 要写 kind = "{need.computed}"'
        yield f"{path}.computation", f"“{need.name}”是{need.meaning}，由程序算，{wanted}"
    if need.listed and field.options and field.options != need.listed:
        yield f"{path}.options", f"程序要与选项表“{need.listed}”比，这一项要从它选"


def _columns(sheet: Sheet) -> Iterator[Problem]:
    for field in (*sheet.fields, *sheet.extras):
        kind = field.computation.kind if field.computation else None
        if kind in _OF_TARGETS and sheet.key != TARGETS:
            meaning = NEEDS[TARGETS].meaning
            yield (
                f"sheets.{sheet.key}.{field.key}.computation.kind",
                f"{kind} 只能用在{meaning}表（{TARGETS}）",
            )
