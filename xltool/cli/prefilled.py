"""空白的评分表叫什么名字、预填什么。"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from xltool.cli.exits import Failure
from xltool.collection.roster import read_roster
from xltool.finding import Finding
from xltool.scheme.key import CellKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from xltool.collection.roster import RosterEntry
    from xltool.facts.typed import Typed
    from xltool.scheme.model import Scheme

# 文件名里只留文字和数字：斜杠、引号、书写方向符一类一律换掉
_ODD: Final = re.compile(r"[^\w（）()-]+")
_UNFIT: Final = re.compile(r"[^\w（）().-]+")  # 方案的名字里还有版本的点
_LONGEST: Final = 20  # 汉字，连同编码和扩展名不超过 80 多个字节
_COVER, _FUNDS = "cover", "funds"


@dataclass(frozen=True, slots=True)
class Blank:
    """要生成的一份：方案、文件名、预填的内容。"""

    scheme: Scheme
    file: str
    contents: Mapping[CellKey, Typed] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Batch:
    """按名单要生成的全部，和表种不在所给的方案里而不生成的单位有几个。"""

    blanks: tuple[Blank, ...]
    left_out: int


def blank_form(scheme: Scheme) -> Blank:
    """一份空白的评分表。"""
    name = f"{scheme.score_sheet.name}_{scheme.variant}_{scheme.version}"
    return Blank(scheme, f"{_UNFIT.sub('_', name)}.xlsx")


def prefilled_forms(schemes: Sequence[Scheme], roster: Path) -> Batch:
    """名单上每个要报送的单位，照它的表种各一份；没有写表种的用所给的唯一一个方案。

    Raises:
        Failure: 名单不能用，有问题要先改，或分不清用哪一个方案。
    """
    read = read_roster(roster)
    if isinstance(read, Finding):
        raise Failure(read.message, read.remedy)
    if read.findings:
        first = read.findings[0]
        raise Failure(f"{first.where} {first.message}", first.remedy)
    owing = [(number, item) for number, item in enumerate(read.entries, 1) if not item.zero]
    wanted = [(number, item, _wanted(schemes, item)) for number, item in owing]
    blanks = (
        Blank(scheme, _file(number, item, scheme, forms), dict(_cover(scheme, item)))
        for number, item, forms in wanted
        for scheme in forms
    )
    return Batch(tuple(blanks), sum(not forms for _, _, forms in wanted))


def _wanted(schemes: Sequence[Scheme], entry: RosterEntry) -> tuple[Scheme, ...]:
    """一个单位用哪几个方案。"""
    if not entry.variants:
        if len(schemes) > 1:
            variants = "、".join(dict.fromkeys(scheme.variant for scheme in schemes))
            raise Failure(
                f"名单里“{entry.name}”没有写表种，不知道用哪一个方案。",
                f"在名单的“表种”栏填 {variants} 之一，或写明用哪一个方案：{_ids(schemes)}。",
            )
        return tuple(schemes)
    chosen = tuple(one for form in entry.variants for one in schemes if one.variant == form)
    if len(chosen) > len({scheme.variant for scheme in chosen}):
        raise Failure(
            f"“{'、'.join(entry.variants)}”有几个方案，不知道用哪一个。",
            f"写明用哪一个方案：{_ids(chosen)}。",
        )
    return chosen


def _ids(schemes: Iterable[Scheme]) -> str:
    return "、".join(scheme.id for scheme in schemes)


def _file(number: int, entry: RosterEntry, scheme: Scheme, forms: Sequence[Scheme]) -> str:
    """名单里的序号在前：同名、怪名都不会重复，也不会与系统的保留名相同。"""
    name = _ODD.sub("_", entry.name)[:_LONGEST].strip("_")
    which = f"_{_ODD.sub('_', scheme.variant)}" if len(forms) > 1 else ""
    return f"{number:03d}_{name}{which}_自评表.xlsx"


def _cover(scheme: Scheme, entry: RosterEntry) -> Iterator[tuple[CellKey, Typed]]:
    yield CellKey(_COVER, "department"), entry.name
    if entry.code and scheme.has("cover.department_code"):
        yield CellKey(_COVER, "department_code"), entry.code
    if scheme.has("cover.year"):
        yield CellKey(_COVER, "year"), Decimal(scheme.year)
    answer = scheme.word("yes_no", "yes" if scheme.has(_FUNDS) else "no")
    if answer and scheme.has("cover.has_funds"):
        yield CellKey(_COVER, "has_funds"), answer
