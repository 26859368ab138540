"""一个查过的方案走一小遍：空白表、照例子填好的一份、查、计分；表里的自查与 check 说的一样。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheme_journey import contents_of

from xltool.assessment.report import make_report
from xltool.excel.trial import trial_problems
from xltool.excel.write import render_book
from xltool.facts.derived import derived_keys
from xltool.finding import Severity
from xltool.form.book import form_plan
from xltool.form.form import make_form
from xltool.form.guide_cells import ready_cell
from xltool.intake.submission import understand_book
from xltool.scheme.key import CellKey
from xltool.scoring.catalogue import methods_of
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from xltool.form.form import Form
    from xltool.scheme.model import Scheme


def filled_form(scheme: Scheme, rows: int | None = None) -> Form:
    """照例子填好的一份，自评照系统得分；自动得出的几格不打字。`rows` 是记录表只填几行。"""
    derived, records = derived_keys(scheme), {s.key for s in scheme.sheets if s.capacity}
    contents = {key: one for key, one in contents_of(scheme).items() if key not in derived}
    if rows is not None:
        contents = {
            key: one
            for key, one in contents.items()
            if key.sheet not in records or int(key.row) <= rows
        }
    form = make_form(scheme, contents, derive=True)
    for score in form.scorecard.scores:
        key = CellKey(scheme.score_sheet.key, score.code, "self_score")
        if key in contents:
            contents[key] = score.points if score.value is None else score.value
    return make_form(scheme, contents, derive=True)


def tried(scheme: Scheme) -> str:
    """走不通、或两边说得不一样的地方；都好的是空串。"""
    found = trial_problems(scheme)
    if found:
        return found[0][1]
    form = filled_form(scheme)
    banner = str(ready_cell(form).content.result)
    reading = understand_book(read_bytes(render_book(form_plan(form))), [scheme])
    if reading.submission is None:
        return f"读不成：{[one.message for one in reading.findings]}"
    report = make_report(scheme, methods_of(scheme), reading.submission, reading.findings)
    if report.scorecard.total != form.scorecard.total:
        return f"总分 {report.scorecard.total}，表里 {form.scorecard.total}"
    errors = [one.message for one in report.findings if one.standing is Severity.ERROR]
    if banner.startswith("可报送") == bool(errors):
        return f"表里“{banner}”，查出 {errors}"
    return ""
