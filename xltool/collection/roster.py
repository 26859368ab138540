"""单位名单：按表头读出应报送的单位。"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from xltool.address import At, Place
from xltool.collection.variants import form_names, form_of, nearest_form
from xltool.finding import Finding
from xltool.layout.layout import IDENTITY
from xltool.messages import collection as say
from xltool.values import excel_number, fold, plain, quote
from xltool.values.file_names import safe_name
from xltool.xlsx.read import read_book

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from xltool.xlsx.grid import Grid

HEADER_ROWS: Final = 10

# 每一栏认得的表头，第一个是正式的写法
_HEADINGS: Final = {
    "name": ("单位名称", "部门名称", "预算单位名称", "单位", "部门"),
    "code": ("预算编码", "预算单位编码", "单位编码", "部门编码", "编码"),
    "aliases": ("曾用名", "别名", "简称"),
    "contact": ("联系人", "填报人", "经办人"),
    "phone": ("联系电话", "电话", "手机", "手机号码"),
    "zero": ("零报送", "是否零报送"),
    "forms": ("表种", "报送表种", "表格种类"),
    "remark": ("备注", "说明"),
}
_BY_HEADING: Final = {fold(text): key for key, texts in _HEADINGS.items() for text in texts}
_YES: Final = frozenset({"是", "√", "✓", "y", "yes", "1", "零报送"})
_NO: Final = frozenset({"", "否", "×", "n", "no", "0", "/", "-", "无"})
_SEPARATORS: Final = str.maketrans(dict.fromkeys("，；;\n\r", "、"))


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterEntry:
    """名单上的一个单位；`forms` 是应报的表种，没有写的空着。"""

    code: str
    name: str
    row: int
    aliases: tuple[str, ...] = ()
    contact: str = ""
    phone: str = ""
    zero: bool = False
    forms: tuple[str, ...] = ()
    remark: str = ""

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
        header = _header(grid)
        if header:
            return _roster(file, grid, *header)
    return say.ROSTER_HEADER.finding(roster=file, rows=HEADER_ROWS).in_file(file)


def _header(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """表头在第几行、各栏在第几列；必须有单位名称，还要另有一栏或单独成表。"""
    rows: dict[int, dict[str, int]] = {}
    for (row, column), cell in sorted(grid.cells.items()):
        key = _BY_HEADING.get(fold(cell.text)) if row <= HEADER_ROWS else None
        if key is not None:
            rows.setdefault(row, {}).setdefault(key, column)
    named = {row: columns for row, columns in rows.items() if "name" in columns}
    if not named:
        return None
    best = max(named, key=lambda row: (len(named[row]), -row))
    return best, named[best]


def _roster(file: str, grid: Grid, header: int, columns: Mapping[str, int]) -> Roster | Finding:
    findings: list[Finding] = []
    rows = sorted({row for row, _ in grid.cells if row > header})
    entries = tuple(_unique(_entries(grid, rows, columns, findings), grid, columns, findings))
    if not entries:
        return say.ROSTER_EMPTY.finding(sheet=grid.name, roster=file).in_file(file)
    return Roster(file, entries, tuple(finding.in_file(file) for finding in findings))


def _entries(
    grid: Grid, rows: Iterable[int], columns: Mapping[str, int], findings: list[Finding]
) -> Iterator[RosterEntry]:
    for row in rows:
        texts = {key: _text(grid, row, column) for key, column in columns.items()}
        place = Place(grid.name, At(row, columns["name"]))
        if texts["name"]:
            entry = _entry(row, texts, place, findings)
            yield replace(entry, forms=_forms(grid, entry, columns, findings))
        elif texts.get("code"):
            findings.append(say.ROSTER_NAMELESS.finding(place))


def _entry(
    row: int, texts: Mapping[str, str], place: Place, findings: list[Finding]
) -> RosterEntry:
    name, zero = texts["name"], fold(texts.get("zero", ""))
    if zero not in _YES | _NO:
        found = quote(texts["zero"])
        findings.append(say.ROSTER_ZERO.finding(place, name=quote(name), found=found))
    remark = texts.get("remark", "")
    return RosterEntry(
        code=texts.get("code", ""),
        name=name,
        row=row,
        aliases=tuple(_listed(texts.get("aliases", ""))),
        contact=texts.get("contact", ""),
        phone=texts.get("phone", ""),
        zero=zero in _YES or fold(remark) == "零报送",
        remark=remark,
    )


def _forms(
    grid: Grid, entry: RosterEntry, columns: Mapping[str, int], findings: list[Finding]
) -> tuple[str, ...]:
    """应报的表种；认不出的指出，不计。"""
    if "forms" not in columns:
        return ()
    forms: list[str] = []
    for text in _listed(_text(grid, entry.row, columns["forms"])):
        known = form_of(text)
        if known:
            forms.append(known)
            continue
        near = nearest_form(text)
        hint = say.NEAREST.format(name=near) if near else ""
        place = Place(grid.name, At(entry.row, columns["forms"]))
        found, all_forms = quote(text), "、".join(form_names())
        findings.append(
            say.ROSTER_FORM.finding(
                place, name=quote(entry.name), found=found, nearest=hint, forms=all_forms
            )
        )
    return tuple(dict.fromkeys(forms))


def _listed(text: str) -> list[str]:
    """顿号、逗号、分号或换行隔开的几个词。"""
    words = text.translate(_SEPARATORS).split("、")
    return [word.strip() for word in words if word.strip()]


def _text(grid: Grid, row: int, column: int) -> str:
    cell = grid.cells.get((row, column))
    if cell is None:
        return ""
    text = plain(excel_number(cell.text)) if cell.numeric else cell.text
    return " ".join(text.split())


def _unique(
    entries: Iterable[RosterEntry],
    grid: Grid,
    columns: Mapping[str, int],
    findings: list[Finding],
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
        column = columns["code" if what == say.CODE_WORD else "name"]
        findings.append(
            say.ROSTER_DUPLICATE.finding(
                Place(grid.name, At(entry.row, column)),
                name=quote(entry.name),
                other=quote(other.name),
                row=other.row,
                what=what,
            )
        )
    for entry in kept:
        clear = tuple(alias for alias in entry.aliases if names.get(fold(alias), entry) is entry)
        yield replace(entry, aliases=clear)
