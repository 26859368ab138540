"""疑点清单的“计为”：公式在怪写法上与程序同义，写了什么都不当通配符、条件。"""

from __future__ import annotations

from types import SimpleNamespace

import formualizer
import pytest

from xltool.collection.reviewed import counted_as
from xltool.collection.verdicts import NOT_LISTED, VERDICTS, Opinion
from xltool.consolidated.opinions import counted
from xltool.form.validations import list_name

WRITTEN = {
    **{word: word for word in VERDICTS},
    " 须改正": "须改正",
    "　须改正　": "须改正",
    "退回\u00a0": "退回",
    "不成立\n": "不成立",
    **dict.fromkeys(("同意", "*", "??", "须*", "<>", "=退回", ">0", "须 改正", "5"), NOT_LISTED),
    **dict.fromkeys(("", " ", "　"), ""),
}


@pytest.mark.parametrize(("word", "expected"), WRITTEN.items())
def test_the_formula_counts_what_the_program_counts(word: str, expected: str) -> None:
    value = SimpleNamespace(opinion=Opinion(word))
    formula = counted(SimpleNamespace(at=lambda _: "A1", value=value))  # type: ignore[arg-type]
    book = formualizer.Workbook()
    book.add_sheet("表")
    for row, listed in enumerate(VERDICTS, 1):
        book.set_value("表", row, 4, listed)
    book.set_value("表", 1, 1, word or None)
    book.set_formula("表", 1, 2, f"={formula.text.replace(list_name('review'), '$D$1:$D$4')}")
    assert (book.evaluate_cell("表", 1, 2), formula.result) == (expected, expected)
    assert counted_as(word) == expected
