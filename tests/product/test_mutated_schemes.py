"""方案里任何一个值改坏：要么查时指出文件和键，要么下发、查、计分都走得通，表和 check 说得一样。"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from scheme_deletions import content
from scheme_mutations import mutants
from scheme_trial import filled_form, tried
from small_scheme import FILE, small_changed

from xltool.assessment.report import make_report
from xltool.excel.write import render_book
from xltool.finding import Severity
from xltool.form.book import form_plan
from xltool.form.guide_cells import ready_cell
from xltool.intake.submission import understand_book
from xltool.messages import entries as say
from xltool.scheme.writing import scheme_toml
from xltool.scoring.catalogue import methods_of
from xltool.soundness import examined
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from scheme_mutations import Mutant

SHORT = ("capacity = 15", "capacity = 3")  # 记录表少几行，写得快
SPREAD = 149  # 平时看其中的几个；每晚一个不漏
SHIPPED = ("jiangmen-2025-special", "mof-project")


def judged(mutant: Mutant) -> bool:
    """一个改坏的方案：查得出的说得出地方，查不出的走得通；返回是不是查不出。"""
    examination = examined(mutant.text, FILE)
    for problem in examination.problems:
        assert problem.file == FILE, mutant.name
        assert problem.path, mutant.name
        assert problem.message, mutant.name
    if examination.problems or examination.scheme is None:
        assert examination.problems, mutant.name
        return False
    try:
        assert tried(examination.scheme) == "", mutant.name
    except Exception as error:
        error.add_note(f"改了 {mutant.name}")
        raise
    return True


@pytest.mark.parametrize("spread", [SPREAD, pytest.param(1, marks=pytest.mark.nightly)])
def test_every_value_is_refused_with_its_place_or_goes_all_the_way(spread: int) -> None:
    every = list(mutants(small_changed(SHORT)))
    usable = sum(judged(one) for one in every[::spread])
    assert usable > len(every) / spread / 4  # 不是样样都拦
    assert usable < len(every) / spread


@pytest.mark.nightly
@pytest.mark.parametrize("base", SHIPPED)
def test_values_of_a_shipped_scheme(base: str) -> None:
    every = list(mutants(scheme_toml(content(base), ()), spoken=False))
    usable = sum(judged(one) for one in every[:: SPREAD // 2])
    assert usable


# 从前查方案时放过、后面才出错，或表和 check 说得不一样的；如今用得了的
ONCE_WRONG = [
    [('  { key = "note", label = "说明", kind = "text", help = "写。", example = "写" },\n', "")],
    [('inputs = ["spent", "budget"]', 'inputs = ["money.spent", "budget"]')],
    [("at_least = 1", "at_least = 3")],
    [('help = "决算支出。"', f'help = "{"长" * 1000}"')],
    [('name = "惠民工程"', 'name = "惠民\'工程"')],
    [('title = "预算执行率"', 'title = "=1+1"')],
    [("value = 2, unit", "value = 0, unit")],
]


@pytest.mark.parametrize("number", range(len(ONCE_WRONG)))
def test_what_once_stumbled_goes_all_the_way(number: int) -> None:
    text = small_changed(SHORT, *ONCE_WRONG[number])
    examination = examined(text, FILE)
    assert examination.problems == ()
    assert examination.scheme is not None
    assert tried(examination.scheme) == ""


@pytest.mark.parametrize("rows", [0, 1, 2, 3])
def test_too_few_rows_are_told_by_the_form_and_by_check(rows: int) -> None:
    """方案要至少三行：少了的，表里是必填未填，check 是错误；一行也没有的，计分的一条说了。"""
    scheme = examined(small_changed(SHORT, ("at_least = 1", "at_least = 3")), FILE).scheme
    assert scheme is not None
    form = filled_form(scheme, rows=rows)
    banner = str(ready_cell(form).content.result)
    reading = understand_book(read_bytes(render_book(form_plan(form))), [scheme])
    assert reading.submission is not None
    report = make_report(scheme, methods_of(scheme), reading.submission, reading.findings)
    told = [one.message for one in report.findings if one.code == say.TOO_FEW.code]
    assert banner.startswith("可报送") == (rows == 3)
    assert told == ([f"“惠民工程”至少填 3 行，现填了 {rows} 行"] if rows in (1, 2) else [])
    assert bool([one for one in report.findings if one.standing is Severity.ERROR]) == (rows < 3)
