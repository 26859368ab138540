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
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from xltool.collection.roster import RosterEntry
    from xltool.facts.typed import Typed
    from xltool.scheme.model import Scheme

# 文件名里只留文字和数字：斜杠、引号、书写方向符一类一律换掉
_ODD: Final = re.compile(r"[^\w（）()-]+")
_LONGEST: Final = 20  # 汉字，连同编码和扩展名不超过 80 多个字节


@dataclass(frozen=True, slots=True)
class Blank:
    """要生成的一份：方案、文件名、预填的内容。"""

    scheme: Scheme
    file: str
    contents: Mapping[CellKey, Typed] = field(default_factory=dict)


def blank_form(scheme: Scheme) -> Blank:
    """一份空白的评分表。"""
    return Blank(scheme, f"{_stem(scheme)}.xlsx")


def prefilled_forms(scheme: Scheme, roster: Path) -> Iterator[Blank]:
    """名单上每个要报送的单位一份。

    Raises:
        Failure: 名单不能用，或有问题要先改。
    """
    read = read_roster(roster)
    if isinstance(read, Finding):
        raise Failure(read.message, read.remedy)
    if read.findings:
        first = read.findings[0]
        raise Failure(f"{first.where} {first.message}", first.remedy)
    for number, entry in enumerate(read.entries, 1):
        if not entry.zero:
            yield Blank(scheme, _file(number, entry), dict(_cover(scheme, entry)))


def _stem(scheme: Scheme) -> str:
    return f"{scheme.form.name}_{scheme.variant}_{scheme.version}"


def _file(number: int, entry: RosterEntry) -> str:
    """名单里的序号在前：同名、怪名都不会重复，也不会与系统的保留名相同。"""
    name = _ODD.sub("_", entry.name)[:_LONGEST].strip("_")
    return f"{number:03d}_{name}_自评表.xlsx"


def _cover(scheme: Scheme, entry: RosterEntry) -> Iterator[tuple[CellKey, Typed]]:
    yield CellKey("cover", "department"), entry.name
    if entry.code:
        yield CellKey("cover", "department_code"), entry.code
    yield CellKey("cover", "year"), Decimal(scheme.year)
    funds = any(sheet.key == "funds" for sheet in scheme.sheets)
    options = scheme.options[scheme.field(CellKey("cover", "has_funds")).options]
    yield CellKey("cover", "has_funds"), options.value("yes" if funds else "no")
