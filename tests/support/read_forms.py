"""测试用：读一个评分表文件。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.finding import Finding
from xltool.intake.submission import FormReading, understand_book
from xltool.xlsx.read import read_book

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from xltool.scheme.model import Scheme


def read_submission(path: Path, schemes: Sequence[Scheme]) -> FormReading:
    """读一个文件；什么文件都不会出错退出，只会得到问题。"""
    book = read_book(path)
    if isinstance(book, Finding):
        refused = (book.in_file(path.name),)
        return FormReading(None, refused, refused)
    reading = understand_book(book, schemes, path.name)
    return FormReading(
        reading.submission,
        tuple(finding.in_file(path.name) for finding in reading.findings),
        tuple(finding.in_file(path.name) for finding in reading.each),
    )
