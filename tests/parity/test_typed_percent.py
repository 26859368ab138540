"""单位是%的填成98%：存的是0.98，公式差一百倍：自查说须改正，check 说同一处的错误。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

import pytest
from form_files import parts_of, quick_file
from live_bases import clean, scheme_of
from parity_engines import needs_office, recalculated
from sample_cells import packed, put_number, styled
from scheme_variants import PROJECT_101, SPECIAL, brief

from xltool.assessment.report import make_report
from xltool.facts.view import Facts
from xltool.finding import Severity
from xltool.form.book import form_plan
from xltool.form.form import make_form
from xltool.form.live.catalogue import asked_in
from xltool.form.live.check import Judged, found
from xltool.intake.submission import understand_book
from xltool.layout.block import TOTAL
from xltool.layout.columns import SELF_CHECK
from xltool.scheme.categories import SATISFACTION, categories
from xltool.scheme.key import CellKey
from xltool.scoring.catalogue import methods_of
from xltool.sheets.plan import Formula
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from xltool.finding import Finding
    from xltool.form.form import Form

SAYS = "百分数填98，不填98%"
RATED = {
    CellKey("indicators", "1", "expected"): Decimal(100),
    CellKey("indicators", "1", "actual"): Decimal(99),
    CellKey("indicators", "1", "operator"): "≥",
    CellKey("indicators", "1", "unit"): "%",
}


def form_of(scheme_id: str) -> Form:
    return make_form(brief(scheme_of(scheme_id)), clean(scheme_id) | RATED)


def typed(form: Form, numbers: dict[str, str], look: str = "0%") -> bytes:
    """照 Excel 的样子，在几格里键入百分数（日期）：数是小数（天数），格式是百分比（日期）。"""
    parts = parts_of(quick_file(form))
    for column, number in numbers.items():
        place = form.layout.place(CellKey("indicators", "1", column))
        put_number(parts, place.sheet, place.at.a1, number, styled(parts, look))
    return packed(parts)


class Checked(NamedTuple):
    """读回的一份：查出的问题，第一个指标的自查说的。"""

    findings: tuple[Finding, ...]
    told: tuple[str, ...]


def checked(form: Form, data: bytes) -> Checked:
    reading = understand_book(read_bytes(data), [form.scheme])
    assert reading.submission is not None
    report = make_report(form.scheme, methods_of(form.scheme), reading.submission, reading.findings)
    judged = Judged(Facts(form.scheme, reading.submission), "indicators", "1", lambda _: None)
    asked = asked_in(form.scheme, "indicators", "1")
    return Checked(report.findings, tuple(one.check.says for one in found(asked, judged)))


def errors_of(report: Checked) -> list[Finding]:
    return [o for o in report.findings if (o.code, o.standing) == ("K10", Severity.ERROR)]


@pytest.mark.parametrize(
    ("percents", "where"),
    [({"actual": "0.98"}, "actual"), ({"expected": "1"}, "expected"), ({}, "")],
)
def test_one_percent_beside_a_plain_number_is_an_error(
    percents: dict[str, str], where: str
) -> None:
    form = form_of(SPECIAL)
    report = checked(form, typed(form, percents))
    errors = errors_of(report)
    assert len(errors) == bool(where)
    if where:
        assert errors[0].at == form.layout.place(CellKey("indicators", "1", where)).at
    assert any(one.startswith(SAYS) for one in report.told) == bool(where)


def test_both_percents_are_compared_alike_unless_banded() -> None:
    """两格都是百分数的，比得出；满意度分档的看存的数，还要改。"""
    both = {"expected": "0.95", "actual": "0.98"}
    for scheme_id, banded in ((SPECIAL, False), (PROJECT_101, True)):
        form = form_of(scheme_id)
        contents = dict(form.contents)
        if banded:
            _, word = categories(form.scheme, (SATISFACTION,))[SATISFACTION]
            level1 = form.scheme.word("level1", SATISFACTION)
            contents[CellKey("indicators", "1", "level1")] = level1
            contents[CellKey("indicators", "1", "level2")] = word
        form = make_form(form.scheme, contents)
        report = checked(form, typed(form, both))
        assert any(one.startswith(SAYS) for one in report.told) == banded, scheme_id
        assert bool(errors_of(report)) == banded


def counted(unit: str | None) -> Form:
    """单位不是%的一份；没有单位的空着。"""
    form = form_of(SPECIAL)
    contents = dict(form.contents) | {CellKey("indicators", "1", "unit"): unit or ""}
    return make_form(form.scheme, {key: one for key, one in contents.items() if one != ""})


PERCENT, DAY = "0%", "yyyy-mm-dd"
DAYS = {"expected": "45536", "actual": "45529"}
# 单位、几格里键入的数、格式、说的开头、check 说的编码
ELSEWHERE = [
    ("个", {"actual": "0.98"}, PERCENT, "单位不是%的，不填百分数", "K10"),
    ("万元", {"expected": "1", "actual": "0.98"}, PERCENT, "单位不是%的，不填百分数", "K10"),
    (None, DAYS, DAY, "是日期的，计量单位选“日期”", "K07"),
    ("个", {"actual": "45529"}, DAY, "是日期的，计量单位选“日期”", "K06"),
    (None, {"expected": "0.95", "actual": "0.98"}, PERCENT, "", ""),
    ("倍", {"expected": "2", "actual": "1.5"}, PERCENT, "", ""),
    ("日期", DAYS, DAY, "", ""),
    (None, DAYS, "General", "是日期的，计量单位选“日期”", "K07"),
    ("个", DAYS, "General", "", ""),
]
ONLY_EXCEL = 3  # LibreOffice 的 CELL 看不出日期格式


@pytest.mark.parametrize(("unit", "numbers", "look", "says", "code"), ELSEWHERE)
def test_a_percent_or_a_day_under_another_unit_is_an_error(
    unit: str | None, numbers: dict[str, str], look: str, says: str, code: str
) -> None:
    form = counted(unit)
    report = checked(form, typed(form, numbers, look))
    row = form.layout.blocks["indicators"].rows["1"]
    found = {
        o.code
        for o in report.findings
        if o.code in {"K06", "K07", "K10"} and o.standing is Severity.ERROR
        if o.at is not None and o.at.row == row
    }
    assert found == ({code} if code else set())
    told = [one for one in report.told if one.startswith(("单位不是%", "是日期的"))]
    assert [one[: len(says)] for one in told] == ([says] if says else [])


# 单位写得不同的百分数、比率，没有单位的：两格都是百分数的比得出，只有一格是的差一百倍
@pytest.mark.parametrize("unit", ["% ", "(%)", "百分数", "/ ", "无", "不适用", "个百分点"])
def test_a_percent_is_known_however_its_unit_is_written(unit: str) -> None:
    form = counted(unit)
    for numbers, wrong in (
        ({"actual": "0.98"}, True),
        ({"expected": "0.95", "actual": "0.98"}, False),
    ):
        report = checked(form, typed(form, numbers))
        assert bool(errors_of(report)) == wrong
        assert [one for one in report.told if "98%" in one][:1] == [
            one for one in report.told if one.startswith(SAYS)
        ]
        assert any(one.startswith(SAYS) for one in report.told) == wrong


def test_formats_are_not_asked_of_a_row_of_words() -> None:
    """看格式的函数每次都重算：两格都是文字的行（没有一格是数），先拦在外面。"""
    form = counted("个")
    place = form.layout.place(CellKey("indicators", "1", "expected"))
    actual = form.layout.place(CellKey("indicators", "1", "actual")).at.a1
    texts = [
        cell.content.text
        for sheet in form_plan(form).sheets
        if sheet.name == place.sheet
        for cell in sheet.every_cell()
        if cell.at.row == place.at.row and isinstance(cell.content, Formula)
    ]
    (text,) = (one for one in texts if "不填百分数（98%存的是0.98）" in one)
    assert f"COUNT({place.at.a1},{actual})>0,MIN({place.at.a1},{actual})" in text.replace("$", "")


@needs_office
@pytest.mark.nightly
def test_the_form_itself_tells_it(tmp_path: Path) -> None:
    """formualizer 没有 CELL，看不见格式，由 LibreOffice 重算。"""
    form = form_of(SPECIAL)
    typings = {"actual": "0.98"}, {"expected": "0.95", "actual": "0.98"}
    files = [typed(form, one) for one in typings]
    files += [typed(counted(unit), one) for unit in ("% ", "/") for one in typings]
    files += [typed(counted(unit), numbers, look) for unit, numbers, look, *_ in ELSEWHERE]
    place = form.layout.place(CellKey("indicators", "1", SELF_CHECK.key))
    one, both, spaced, spaced_both, dashed, dashed_both, *others = (
        str(tables[place.sheet].get(place.at, "")) for tables in recalculated(files, tmp_path)
    )
    assert [SAYS in told for told in (one, spaced, dashed)] == [True] * 3
    assert not any("98%" in told for told in (both, spaced_both, dashed_both))
    listed = list(zip(ELSEWHERE, others, strict=True))
    del listed[ONLY_EXCEL]
    for (*_, says, _), told in listed:
        assert says in told
        assert ("单位不是%" in told or "是日期的" in told) == bool(says)


def test_a_text_score_is_missing_from_the_printed_total() -> None:
    """存成文字的自评得分：程序读得出，表上印的合计没有算进去，说一句。"""
    own = CellKey("form", "06", "self_score")
    form = form_of(SPECIAL)
    number = form.contents[own]
    text = make_form(form.scheme, {**form.contents, own: str(number)})
    for one, said in ((form, []), (text, ["R253"])):
        report = checked(one, quick_file(one))
        assert [found.code for found in report.findings if found.code == "R253"] == said
    (finding,) = (one for one in report.findings if one.code == "R253")
    assert finding.standing is Severity.NOTICE
    assert finding.at == form.layout.place(CellKey("form", TOTAL, "self_score")).at
