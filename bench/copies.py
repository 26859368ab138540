"""造许多份内容各不相同的报送：以一份样例为底，单位和实现值各不相同。

python bench/copies.py 样例.xlsx 文件夹 份数
"""

from __future__ import annotations

import sys
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from xltool.excel.prerendered import prerender_book
from xltool.excel.skeleton import empty_skeleton
from xltool.facts.typed import canonical
from xltool.facts.view import Facts
from xltool.finding import Finding
from xltool.form.book import form_plan
from xltool.form.changing_cells import changing_cells, changing_rows
from xltool.form.form import make_form
from xltool.intake.submission import understand_book
from xltool.scheme.key import CellKey
from xltool.scoring.catalogue import ready_schemes
from xltool.xlsx.read import read_book

if TYPE_CHECKING:
    from collections.abc import Iterable


def make_copies(sample: Path, folder: Path, numbers: Iterable[int], more: int = 0) -> None:
    """在文件夹里造这几号的各一份；`more` 是实现值另加多少，与原来的内容、问题的条数都不同。"""
    schemes = {scheme.id: scheme for scheme in ready_schemes()}
    book = read_book(sample)
    if isinstance(book, Finding):
        raise SystemExit(str(book))
    reading = understand_book(book, tuple(schemes.values()))
    if reading.submission is None:
        raise SystemExit(str(reading.findings))
    scheme = schemes[reading.submission.scheme]
    base = canonical(Facts(scheme, reading.submission))
    blank = form_plan(make_form(scheme, {}))
    book = prerender_book(empty_skeleton(blank), blank)
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        contents = dict(base)
        contents[CellKey("cover", "department")] = f"示例市第{number}局"
        contents[CellKey("cover", "department_code")] = f"9{number:05d}"
        for key, value in base.items():
            if key.sheet == "indicators" and key.column == "actual" and isinstance(value, Decimal):
                contents[key] = value + Decimal(number % 17) / 4 + more
        form = make_form(scheme, contents)
        buffer = BytesIO()
        book.print(buffer, changing_cells(form), changing_rows(form))
        (folder / f"示例市第{number:04d}局.xlsx").write_bytes(buffer.getvalue())


if __name__ == "__main__":
    make_copies(Path(sys.argv[1]), Path(sys.argv[2]), range(1, int(sys.argv[3]) + 1))
