"""docs/方案参考.md 里由程序生成的几段：约定、选项、参数、类型、算法、计分办法。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.flags.registry import rules
from xltool.scheme.bounds import BOUNDS, OPTION_LENGTH, TEXT_LENGTH, TITLE_LENGTH
from xltool.scheme.contract.catalogue import NEEDS, SHEETS
from xltool.scheme.contract.lists import CATEGORIES, OPTIONS, OWN_LISTS
from xltool.scheme.contract.need import Need, When
from xltool.scheme.contract.parameters import PARAMETERS
from xltool.scheme.contract.word_lists import WORD_LISTS
from xltool.scheme.fields import SheetKind
from xltool.scheme.key import field_key
from xltool.scheme.labels import names_in
from xltool.scheme.parameters import METHOD_LABELS
from xltool.scheme_book.words import (
    COMPUTES,
    FIELD_KINDS,
    INPUTS,
    METHODS,
    SHEET_KINDS,
    WORDED_INPUTS,
)
from xltool.scoring.catalogue import METHODS as CATALOGUE
from xltool.scoring.catalogue import offered_schemes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xltool.scheme.contract.own import OwnList
    from xltool.scheme_book.table import Words
    from xltool.scoring.method import Method


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """一张 Markdown 的表。"""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(["", *(f"| {' | '.join(line)} |" for line in lines), "", ""])


def sheets() -> str:
    """程序认得的表、项和栏，一张表一段。"""
    parts = []
    for need in SHEETS:
        if "." in need.name:
            continue
        kind = SHEET_KINDS[(need.sheet or SheetKind.FIELDS).value].word
        parts.append(f"\n### {need.name}：{need.meaning}\n\n{kind}；{need.when}。{_lost(need)}\n")
        own = [item for item in SHEETS if item.name.startswith(f"{need.name}.")]
        own += asked_by_rules(f"{need.name}.")
        rows = [(f"`{item.name}`", item.meaning, _filled(item), _fate(item)) for item in own]
        parts.append(table(("名字", "是什么", "填什么", "没有时"), rows))
    return "".join(parts)


def asked_by_rules(start: str) -> list[Need]:
    """只有规则要看的项和栏：规则的 needs 就是约定，名称照有它的方案。"""
    names = {name: None for rule in rules() for name in rule.needs if name.startswith(start)}
    return [
        Need(name, next(one.field(field_key(name)).label for one in users))
        for name in names
        if name not in NEEDS and (users := [one for one in offered_schemes() if one.has(name)])
    ]


def _filled(need: Need) -> str:
    listed = f"，取自 `{need.listed}`" if need.listed else ""
    if need.computed is not None:
        return f"自动计算，`computation.kind` 写 `{need.computed}`"
    return f"{need.holds}{listed}" if need.holds else ""


def _fate(need: Need) -> str:
    """没有时怎样：必须有的先说必须有。"""
    must = "" if need.when is When.OPTIONAL else f"{need.when}。"
    return must + _lost(need)


def _lost(need: Need) -> str:
    """不判的规则由规则自己写明要什么得来。"""
    idle = [rule.code for rule in rules() if _wants(rule.needs, rule.remedy, need.name)]
    text = "" if need.when is When.ALWAYS else f"不判 {'、'.join(idle)}。" if idle else ""
    return text + need.without


def _wants(needs: tuple[str, ...], remedy: str, name: str) -> bool:
    wanted = (*needs, *names_in(remedy))
    return any(one == name or one.startswith(f"{name}.") for one in wanted)


def own_lists() -> str:
    """程序自己的选项表。"""
    rows = [(f"`{item.key}`", item.title, _offered(item), item.origin) for item in OWN_LISTS]
    return table(("标识", "名称", "选项", "来源"), rows)


def _offered(item: OwnList) -> str:
    """各个选项；凭字眼判断的，各种说法都是要看的字。"""
    if item not in WORD_LISTS or not any(one.aliases for one in item.options):
        return "、".join(one.value for one in item.options)
    return "；".join(f"`{one.key}` {'、'.join((one.value, *one.aliases))}" for one in item.options)


def options() -> str:
    """程序认得的选项。"""
    rows = [(f"`{item.name}`", item.meaning, _fate(item)) for item in OPTIONS]
    return table(("名字", "是什么", "没有时"), rows)


def categories() -> str:
    """二级指标的选项，程序认得的标识。"""
    return table(("标识", "意思和用处"), [(f"`{key}`", text) for key, text in CATEGORIES.items()])


def parameters() -> str:
    """共用参数。"""
    rows = [
        (f"`{item.name.removeprefix('parameters.')}`", item.meaning, _fate(item))
        for item in PARAMETERS
    ]
    return table(("名字", "是什么", "没有时"), rows)


def bounds() -> str:
    """数和字的界限。"""
    rows = [
        (f"`{key}`", f"{one.least} 到 {one.most}{' 的整数' if one.whole else ''}", one.why)
        for key, one in BOUNDS.items()
    ]
    texts = (
        (f"标题、名称、依据、单位，不超过 {TITLE_LENGTH} 个字", "文件属性、表头放不下"),
        (f"`help`、`note`、`example`、`guide` 各不超过 {TEXT_LENGTH} 个字", "一格放不下"),
        (f"选项 1 到 {OPTION_LENGTH} 个字，不能有换行，两头不能有空格", "公式里比不了"),
    )
    rows += [("文字", said, why) for said, why in texts]
    return table(("哪里", "界限", "不然"), rows)


def field_kinds() -> str:
    """填报项的类型。"""
    return _words(FIELD_KINDS)


def sheet_kinds() -> str:
    """表的种类。"""
    return _words(SHEET_KINDS)


def computes() -> str:
    """自动计算的算法。"""
    return _words(COMPUTES)


def _words(words: Words) -> str:
    rows = [(f"`{key}`", word.word, word.meaning) for key, word in words.items()]
    return table(("写法", "叫什么", "意思"), rows)


def methods() -> str:
    """计分办法：取什么数，要什么参数。"""
    rows = [
        (f"`{name}`", METHODS[name].meaning, _inputs(kind), _parameters(kind))
        for name, kind in CATALOGUE.items()
    ]
    return table(("name", "怎样算", "inputs", "parameters"), rows)


def _inputs(kind: type[Method]) -> str:
    return "；".join(_input(name, several=name in kind.several) for name in kind.needs) or "没有"


def _input(name: str, *, several: bool) -> str:
    """工作簿里写中文的方向，方案文件里写英文；一列的写成一列，不是一项一行。"""
    meaning = INPUTS[name].meaning.removesuffix("，一项一行")
    if name in WORDED_INPUTS:
        words = WORDED_INPUTS[name]
        meaning = "或 ".join(f"`{key}`（{word.meaning}）" for key, word in words.items())
    return f"`{name}`{'（一列）' if several else ''}：{meaning}"


def _parameters(kind: type[Method]) -> str:
    bands = "`bands`（一列 `{ limit, share }`）" if "limit" in kind.wants else ""
    own = [name for name in kind.wants if name not in ("limit", "share")]
    listed = [_parameter(name, kind) for name in own]
    listed += [f"{_parameter(name, kind)}，可以不写" for name in kind.optional]
    return "；".join(filter(None, [bands, *listed])) or "没有"


def _parameter(name: str, kind: type[Method]) -> str:
    label = METHOD_LABELS[name][0].format(n="N")
    return f"`{name}`{'（一列）' if name in kind.numbered else ''}：{label}"
