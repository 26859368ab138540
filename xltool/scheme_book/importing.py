"""把方案工作簿读成方案文件：一次说出全部问题；没有错误的才有文字。"""

from __future__ import annotations

import re
from dataclasses import fields
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.finding import Severity
from xltool.intake.grouping import group, ordered
from xltool.messages import scheme as say
from xltool.scheme.loader import shipped_scheme
from xltool.scheme.model import Scheme
from xltool.scheme.reader import ORIGINS
from xltool.scheme.sources import shipped_ids
from xltool.scheme.writing import scheme_toml
from xltool.scheme_book.crosscheck import cross_findings
from xltool.scheme_book.draft import Draft
from xltool.scheme_book.judging import judge
from xltool.scheme_book.locate import locate
from xltool.scheme_book.rows import read_table
from xltool.scheme_book.tables.catalogue import TABLES, fill
from xltool.values.file_names import safe_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.finding import Finding
    from xltool.xlsx.grid import Book

_FILE: Final = "file"  # 方案里不算内容的一项：从哪个文件读的
_YEAR: Final = re.compile("(?<![0-9])20[0-9]{2}(?![0-9])")


class Imported(NamedTuple):
    """读回的方案：方案文件的文字和方案；有错误时为空。"""

    text: str
    scheme: Scheme | None
    findings: tuple[Finding, ...]


def import_scheme(book: Book, file: str) -> Imported:
    """读一份方案工作簿；`file` 是它的文件名，写在方案文件的开头。"""
    found = locate(book)
    if not found.tables:
        return Imported("", None, found.findings)
    read = {key: read_table(one, date_1904=book.date_1904) for key, one in found.tables.items()}
    draft = Draft({key: one.table for key, one in read.items()})
    findings = list(found.findings)
    for one in read.values():
        findings += one.findings
    said = {(one.sheet, one.at) for one in findings if one.severity is Severity.ERROR}
    crossed = [one for one in cross_findings(draft) if (one.sheet, one.at) not in said]
    findings += crossed
    fill(draft)
    text = scheme_toml(draft.data, _heading(file))
    unsound = {key for key in TABLES if key not in read or not read[key].sound}
    unsound |= {draft.table_of(one) for one in crossed if one.severity is Severity.ERROR}
    judged = judge(draft, text, file, findings, frozenset(unsound))
    findings += judged.findings
    if judged.scheme is not None:
        findings += _identity(draft, judged.scheme)
    listed = tuple(group(ordered(findings, book)))
    if judged.scheme is None or any(one.severity is Severity.ERROR for one in listed):
        return Imported("", None, listed)
    return Imported(text, judged.scheme, listed)


def _heading(file: str) -> tuple[str, ...]:
    """方案文件开头的几行。"""
    return (
        f"由方案工作簿“{safe_name(file)}”导入。要改的，改工作簿再导入；直接改这里，工作簿里没有。",
        f"来源一律以{''.join(f'“{origin}”' for origin in ORIGINS)}开头。",
    )


def _identity(draft: Draft, scheme: Scheme) -> Iterator[Finding]:
    """标识不能与随程序带的方案相同。"""
    if scheme.id not in shipped_ids():
        return
    same = _content(scheme) == _content(shipped_scheme(scheme.id))
    message = say.UNCHANGED if same else say.SHIPPED_ID
    place, suggestion = draft.find("scheme.id"), next_id(scheme)
    yield message.finding(place, raw=scheme.id, suggestion=suggestion)


def next_id(scheme: Scheme) -> str:
    """换一个标识，如 jiangmen-2025-special → jiangmen-2026-special；没有年份的接上年份。"""
    found = _YEAR.search(scheme.id)
    if found is None:
        return f"{scheme.id}-{scheme.year + 1}"
    return f"{scheme.id[: found.start()]}{int(found[0]) + 1}{scheme.id[found.end() :]}"


def _content(scheme: Scheme) -> list[object]:
    """方案的全部内容，连同参数和选项的次序；出自哪个文件不算。"""
    values = [getattr(scheme, field.name) for field in fields(Scheme) if field.name != _FILE]
    return [list(value.items()) if isinstance(value, dict) else value for value in values]
