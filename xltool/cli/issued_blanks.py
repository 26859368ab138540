"""下发给一个单位的空白表是哪一份：凭下发时取的文件名找，再看是不是现在的方案。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.cli.prefilled import FORM_END, LONGEST
from xltool.finding import Finding
from xltool.intake.identity import Identified, identify_scheme
from xltool.scoring.catalogue import ready_schemes
from xltool.values.file_names import plain_part
from xltool.xlsx.read import read_book

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from xltool.collection.returning import Part


def unnumbered(name: str) -> str:
    """去掉文件名开头的序号：名单里插一行，后面的序号都变了，单位还是那些。"""
    number, _, rest = name.partition("_")
    return rest if number.isdecimal() else name


def issued_blank(folder: Path, unit: str, part: Part) -> Path | None:
    """这一份应当用的空白表；没有下发、分不清是哪一份的为空。"""
    start, project = f"{_in_name(unit)}_", _in_name(part.project)
    named = [
        path
        for path in sorted(folder.glob(f"*{FORM_END}"))
        if unnumbered(path.name).startswith(start) and project in path.name
    ]
    found = [path for path in named if _is_form(path, part.forms)]
    return found[0] if len(found) == 1 else None


def _in_name(text: str) -> str:
    return plain_part(text)[:LONGEST].strip("_")


def _is_form(path: Path, forms: Sequence[str]) -> bool:
    """是不是现在的方案、应报的表种。"""
    book = read_book(path)
    found = book if isinstance(book, Finding) else identify_scheme(book, ready_schemes())
    return isinstance(found, Identified) and (not forms or found.scheme.variant in forms)
