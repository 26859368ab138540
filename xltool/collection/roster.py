"""单位名单：按表头读出应报送的单位。"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from xltool.collection.owed import Obligation, owed_by
from xltool.collection.table import HEADER_ROWS, find_table
from xltool.collection.variants import form_of, nearest_form, variant_names
from xltool.finding import Finding
from xltool.layout.layout import IDENTITY
from xltool.messages import collection as say
from xltool.values import fold, quote
from xltool.values.file_names import safe_name
from xltool.xlsx.read import read_book

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from xltool.collection.table import HeadedTable

# 每一栏认得的表头，第一个是正式的写法
_HEADINGS: Final = {
    "name": ("单位名称", "部门名称", "预算单位名称", "单位", "部门"),
    "code": ("预算编码", "预算单位编码", "单位编码", "部门编码", "编码"),
    "aliases": ("曾用名", "别名", "简称"),
    "contact": ("联系人", "填报人", "经办人"),
    "phone": ("联系电话", "电话", "手机", "手机号码"),
    "zero": ("零报送", "是否零报送"),
    "variants": ("表种", "报送表种", "表格种类"),
    "remark": ("备注", "说明"),
}
_YES: Final = frozenset({"是", "√", "✓", "y", "yes", "1", "零报送"})
_NO: Final = frozenset({"", "否", "×", "n", "no", "0", "/", "-", "无"})
_SEPARATORS: Final = str.maketrans(dict.fromkeys("，；;\n\r", "、"))


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterEntry:
    """名单上的一个单位：`owed` 是应报的各份，`group` 是归口科室，`extra` 是另有的栏和内容。"""

    code: str
    name: str
    row: int
    aliases: tuple[str, ...] = ()
    contact: str = ""
    phone: str = ""
    zero: bool = False
    owed: tuple[Obligation, ...] = (Obligation(),)
    remark: str = ""
    group: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def variants(self) -> tuple[str, ...]:
        """应报的表种，没有写的空着。"""
        return tuple(dict.fromkeys(one.form for one in self.owed if one.form))

    @property
    def projects(self) -> tuple[str, ...]:
        """名单上写了的项目。"""
        return tuple(dict.fromkeys(one.project for one in self.owed if one.project))

    @property
    def names(self) -> tuple[str, ...]:
        """折叠过的名称和曾用名。"""
        return tuple(fold(name) for name in (self.name, *self.aliases))


@dataclass(frozen=True, slots=True)
class Roster:
    """一份名单：文件名、各单位（依表里的次序）、读的时候发现的问题。"""

    file: str
    entries: tuple[RosterEntry, ...]
    findings: tuple[Finding, ...]


def code_of(text: str) -> str:
    """折叠过的预算编码；“无”“/”“000000”一类等于没填。"""
    code = fold(text)
    return code if any(char.isdecimal() and char != "0" for char in code) else ""


def read_roster(path: Path) -> Roster | Finding:
    """读名单；读不了的给出原因。"""
    file = safe_name(path.name)
    book = read_book(path)
    if isinstance(book, Finding):
        unreadable = say.ROSTER_UNREADABLE
        return unreadable.finding(roster=file, reason=book.message, remedy=book.remedy)
    if any(grid.name == IDENTITY for grid in book.grids):
        return say.ROSTER_IS_FORM.finding(roster=file).in_file(file)
    for grid in book.grids:
        table = find_table(grid, _HEADINGS, ("name",), date_1904=book.date_1904)
        if table is not None:
            findings: list[Finding] = []
            entries = tuple(_unique(_entries(table, findings), table, findings))
            if not entries:
                return say.ROSTER_EMPTY.finding(sheet=grid.name, roster=file).in_file(file)
            return Roster(file, entries, tuple(one.in_file(file) for one in findings))
    return say.ROSTER_HEADER.finding(roster=file, rows=HEADER_ROWS).in_file(file)


def _entries(table: HeadedTable, findings: list[Finding]) -> Iterator[RosterEntry]:
    for row in table.rows():
        texts = {key: table.text(row, key) for key in _HEADINGS}
        if not texts["name"]:
            if texts["code"]:
                findings.append(say.ROSTER_NAMELESS.finding(table.place(row, "name")))
            continue
        zero = fold(texts["zero"])
        if zero not in _YES | _NO:
            place, found = table.place(row, "name"), quote(texts["zero"])
            findings.append(say.ROSTER_ZERO.finding(place, name=quote(texts["name"]), found=found))
        yield RosterEntry(
            code=texts["code"],
            name=texts["name"],
            row=row,
            aliases=tuple(_listed(texts["aliases"])),
            contact=texts["contact"],
            phone=texts["phone"],
            zero=zero in _YES or fold(texts["remark"]) == "零报送",
            owed=owed_by(_variants(table, row, texts, findings), ()),
            remark=texts["remark"],
        )


def _variants(
    table: HeadedTable, row: int, texts: Mapping[str, str], findings: list[Finding]
) -> tuple[str, ...]:
    """应报的表种；认不出的指出，不计。"""
    variants: list[str] = []
    for text in _listed(texts["variants"]):
        known = form_of(text)
        if known:
            variants.append(known)
            continue
        near = nearest_form(text)
        findings.append(
            say.ROSTER_FORM.finding(
                table.place(row, "variants"),
                name=quote(texts["name"]),
                found=quote(text),
                nearest=say.NEAREST.format(name=near) if near else "",
                forms="、".join(variant_names()),
            )
        )
    return tuple(dict.fromkeys(variants))


def _listed(text: str) -> list[str]:
    """顿号、逗号、分号或换行隔开的几个词。"""
    words = text.translate(_SEPARATORS).split("、")
    return [word.strip() for word in words if word.strip()]


def _unique(
    entries: Iterable[RosterEntry], table: HeadedTable, findings: list[Finding]
) -> Iterator[RosterEntry]:
    """编码或名称与前面某一行相同的，指出并略去；曾用名与别的单位相同的不用。"""
    codes: dict[str, RosterEntry] = {}
    names: dict[str, RosterEntry] = {}
    kept: list[RosterEntry] = []
    for entry in entries:
        code, name = code_of(entry.code), fold(entry.name)
        other = codes.get(code) if code else None
        what = say.CODE_WORD if other else say.NAME_WORD
        other = other or names.get(name)
        if other is None:
            names[name] = entry
            if code:
                codes[code] = entry
            kept.append(entry)
            continue
        column = "code" if what == say.CODE_WORD else "name"
        findings.append(
            say.ROSTER_DUPLICATE.finding(
                table.place(entry.row, column),
                name=quote(entry.name),
                other=quote(other.name),
                row=other.row,
                what=what,
            )
        )
    for entry in kept:
        clear = tuple(alias for alias in entry.aliases if names.get(fold(alias), entry) is entry)
        yield replace(entry, aliases=clear)
