"""一季里单位改了名、换了编码、改了项目名称，报告改了一个数：写过的意见、豁免、上年度的还是它的。"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from collected_once import collect_once
from collection_builder import form_bytes, roster_bytes, submission
from openpyxl_books import changed
from report_marks import docx
from returned_copies import returned

from xltool.collection.carrying import carried_over
from xltool.collection.collect import UnusableListError
from xltool.collection.model import Request
from xltool.collection.remembered import Remembered
from xltool.collection.report_slices import SCORES
from xltool.collection.roster import RosterEntry
from xltool.collection.row_keys import finding_key, score_key, turns
from xltool.collection.saved_rows import Saved, SavedRow
from xltool.collection.verdicts import CHANGED, FINDING, SCORE, UNCHANGED, VANISHED, Opinion
from xltool.scoring.catalogue import ready_scheme

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from openpyxl import Workbook

    from xltool.collection.model import Collection, Unit
    from xltool.scoring.scored import Scored

HEADER = ("单位名称", "预算编码", "曾用名", "项目名称")
OFFICE, RENAMED, OUTSIDE, INSIDE = "示例市办公室", "示例市委办", "丙单位", "丙县丙单位"
FIRST = (HEADER, (OFFICE, "101001"), (INSIDE,))
LATER = (HEADER, (RENAMED, "109001", OFFICE), (INSIDE, "", OUTSIDE))


def collected(folder: Path, *roster: tuple[str, ...], **files: bytes) -> Collection:
    """汇总一次；`files` 是文件名和内容。"""
    inbox = folder / "报送"
    inbox.mkdir(exist_ok=True)
    for name, data in files.items():
        suffix = "docx" if "报告" in name else "xlsx"
        (inbox / f"{name}.{suffix}").write_bytes(data)
    return collect_once(request(folder, *roster))


def request(folder: Path, *roster: tuple[str, ...], **more: Path) -> Request:
    listed = folder / "名单.xlsx"
    listed.write_bytes(roster_bytes(*roster))
    return Request(folder=folder / "报送", roster=listed, **more)


def judged(collection: Collection, verdict: str = "退回") -> Saved:
    """每一处疑点、每一个指标都写了意见的一份汇总。"""
    units = (unit for unit in collection.units if unit.adopted)
    return Saved(tuple(row for unit in units for row in _rows(unit, verdict)), (), ())


def _rows(unit: Unit, verdict: str) -> Iterable[SavedRow]:
    opinion = Opinion(verdict)
    for note, turn in zip(unit.notes(), turns(unit.notes()), strict=True):
        found, key = note.finding, finding_key(unit, note, turn)
        yield SavedRow(FINDING, key, unit.name, found.code, found.where, found.message, opinion)
    lines = unit.slice(SCORES)
    assert isinstance(lines, tuple)
    for line in lines:
        scored: Scored = line
        title = ready_scheme(unit.scheme)[0].indicator(scored.code).title
        key = score_key(unit, scored, title)
        yield SavedRow(SCORE, key, unit.name, scored.code, "", title, opinion)


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """两个单位报来了；一个后来改名又换编码，一个后来照 C120 补了曾用名。"""
    folder = tmp_path_factory.mktemp("季")
    office, outside = submission(OFFICE, "101001"), submission(OUTSIDE)
    collected(folder, *FIRST, 办公室=office, 丙=outside)
    return folder


def test_verdicts_follow_a_unit_by_its_former_name(season: Path) -> None:
    before = collect_once(request(season, *FIRST))
    assert {unit.name for unit in before.units if unit.adopted} == {OFFICE, OUTSIDE}
    saved = judged(before)
    reviews = carried_over(saved, collect_once(request(season, *LATER)).units)
    counted = len(reviews.findings) + len(reviews.scores)
    assert (counted, reviews.gone) == (len(saved.listed), ())
    assert {one.label for one in reviews.findings.values()} == {UNCHANGED}
    homes = {unit for unit, _ in (*reviews.findings, *reviews.scores)}
    assert len(homes) == len({unit.key for unit in before.units if unit.adopted})


def test_a_score_given_under_another_scheme_is_told(season: Path) -> None:
    """换了方案的，同样编码、同样名称的不是同一个指标。"""
    now = collect_once(request(season, *FIRST))
    rows = tuple(
        row._replace(key=row.key._replace(place="OTHER"))
        for row in judged(now).listed
        if row.kind == SCORE and row.key
    )
    reviews = carried_over(Saved(rows, (), ()), now.units)
    assert (reviews.scores, {one.why for one in reviews.gone}) == ({}, {VANISHED})


def test_waivers_and_last_year_follow_a_unit_by_its_former_name(season: Path) -> None:
    table, years = season / "豁免.xlsx", season / "上年"
    titles = ("规则", "单位", "位置", "理由", "批准人", "批准日期")
    (office,) = (one for one in collect_once(request(season, *LATER)).units if one.name == RENAMED)
    rule = office.notes()[0].finding.code
    row = (rule, OFFICE, "", "已核", "×××", "2025-4-20")
    table.write_bytes(roster_bytes(("认可的例外",), titles, row))
    years.mkdir()
    (years / "上年.xlsx").write_bytes(submission(OFFICE, "101001"))
    now = collect_once(request(season, *LATER, waivers=table, last_year=years))
    assert [result.partition(" ")[0] for _, result in now.waiver_outcomes] == ["用到"]
    assert set(now.earlier) == {office.key}
    assert not {"C153", "C165"} & {one.code for one in now.findings}


def test_two_former_names_with_a_year_each_are_not_chosen_between(season: Path) -> None:
    years = season / "两份"
    years.mkdir()
    for name in ("甲办", "乙办"):
        (years / f"{name}.xlsx").write_bytes(submission(name))
    roster = (HEADER, (RENAMED, "109001", f"{OFFICE}、甲办、乙办"), (INSIDE, "", OUTSIDE))
    now = collect_once(request(season, *roster, last_year=years))
    (told,) = (one for one in now.findings if one.code == "C153")
    assert (told.file, told.where) == ("名单.xlsx", "名单!A2")
    assert "曾用名 甲办、乙办 在上年度各有一份" in told.message
    assert now.earlier == {}


def test_units_of_one_name_and_two_codes_stop_the_run(season: Path) -> None:
    """不然一个单位的报送会换掉另一个的。"""
    roster = (HEADER, ("中心小学", "1"), ("中心小学", "2"), ("一小", "3"), ("一小", "4"))
    with pytest.raises(UnusableListError) as stopped:
        collect_once(request(season, *roster))
    assert stopped.value.finding.code == "C114"
    assert stopped.value.finding.message == (
        "名单里第 3 行和第 2 行都叫“中心小学”，预算编码不同，分不清报送是哪一个的；"
        "名单里第 5 行和第 4 行都叫“一小”，预算编码不同，分不清报送是哪一个的"
    )


# ---------------------------------------------------------------- 项目改了名称

WRONG, RIGHT, OTHER = "校舍维修改造", "校舍维修", "校园食堂"
SCHOOL = (HEADER, ("示例市教育局", "102", "", f"{RIGHT}、{OTHER}"))


@cache
def project(name: str) -> bytes:
    cover = {"department": "示例市教育局", "project": name}
    changes = ((f"cover.{key}", value) for key, value in cover.items())
    return form_bytes(*changes, scheme_id="mof-project")


def corrected(data: bytes, old: str, new: str) -> bytes:
    """在退回件上把项目名称改过来。"""

    def rename(book: Workbook) -> None:
        for cell in (cell for row in book["自评表"].iter_rows() for cell in row):
            if cell.value == old:
                cell.value = new

    return changed(returned(data), rename)


def test_verdicts_follow_a_project_renamed_on_its_returned_copy(tmp_path: Path) -> None:
    wrong, right = project(WRONG), corrected(project(WRONG), WRONG, RIGHT)
    first = collected(tmp_path, *SCHOOL, 甲=wrong, 食堂=project(OTHER))
    assert "C176" in {one.code for one in first.findings}
    saved = judged(first)
    both = collected(tmp_path, *SCHOOL, 甲改=right)
    assert "C202" not in {one.code for one in both.findings}
    fates = {file.file: file.status.label for file in both.files}
    assert fates == {"甲.xlsx": "被替代", "甲改.xlsx": "采用", "食堂.xlsx": "采用"}
    (tmp_path / "报送" / "甲.xlsx").unlink()
    for now in (both, collected(tmp_path, *SCHOOL)):
        reviews = carried_over(saved, now.units)
        assert reviews.gone == ()
        assert len(reviews.findings) + len(reviews.scores) == len(saved.listed)


def test_a_form_made_from_another_projects_copy_is_asked_about(tmp_path: Path) -> None:
    """名单上两个项目都有：拿一个的退回件改成另一个的，意见不跟过去。"""
    first = collected(tmp_path, *SCHOOL, 食堂=project(OTHER))
    copied = corrected(project(OTHER), OTHER, RIGHT)
    both = collected(tmp_path, *SCHOOL, 校舍=copied)
    assert [one.code for one in both.findings if one.code == "C202"] == ["C202"]
    (tmp_path / "报送" / "食堂.xlsx").unlink()
    saved = judged(first)
    reviews = carried_over(saved, collected(tmp_path, *SCHOOL).units)
    assert (reviews.findings, reviews.scores) == ({}, {})
    assert len(reviews.gone) == len(saved.listed)


# ---------------------------------------------------------------- 报告里的话

REPORT = "部门整体支出绩效自评报告\n\n部门名称：{name}\n\n一、基本情况\n\n{body}\n"
TWICE = "累计培训教师333人。\n\n共培训教师{teachers}人。\n\n累计新建学校12所。\n\n共新建学校15所。"


def report(body: str) -> bytes:
    return docx(REPORT.format(name=OFFICE, body=body))


def test_a_verdict_on_a_sentence_finds_it_again_when_a_figure_changes(tmp_path: Path) -> None:
    columns = ("kind", "topic", "figure", "unit", "location", "indicator")
    blank = ((f"claims.1.{column}", "") for column in columns)
    form = form_bytes(("cover.department", OFFICE), ("cover.department_code", "101001"), *blank)
    told = {"办公室": form, "办公室_自评报告": report(TWICE.format(teachers=432))}
    before = collected(tmp_path, *FIRST, **told)
    saved = judged(before)
    mine = [row for row in saved.listed if row.code == "X01" and "报告" in row.where]
    assert len(mine) == 2
    edited = report("加了一段话。\n\n" + TWICE.format(teachers=433))
    now = collected(tmp_path, *FIRST, 办公室_自评报告=edited)
    reviews = carried_over(saved, now.units)
    assert [one for one in reviews.gone if one.kind == FINDING] == []
    (unit,) = (one for one in now.units if one.adopted)
    labels = {
        note.finding.message[:5]: reviews.findings[unit.key, number].label
        for number, note in enumerate(unit.notes())
        if note.finding.code == "X01" and "报告" in note.finding.where
    }
    assert labels == {"累计培训教": CHANGED, "累计新建学": UNCHANGED}
    mended = report(TWICE.format(teachers=333))
    left = carried_over(saved, collected(tmp_path, *FIRST, 办公室_自评报告=mended).units)
    assert [(one.why, "培训教师" in one.message) for one in left.gone] == [(VANISHED, True)]


# ---------------------------------------------------------------- 上年度的


def entry(name: str, code: str, *aliases: str) -> RosterEntry:
    return RosterEntry(code=code, name=name, row=1, aliases=aliases)


def test_a_code_that_moved_brings_no_other_units_year() -> None:
    """上年甲局是101、乙局是102；今年101给了乙局，甲局换成105，丙局（新设）用102。"""
    years: Remembered[str] = Remembered()
    years.add("甲局", "101", "", "甲")
    years.add("乙局", "102", "桥", "乙桥")
    years.add("乙局", "102", "", "乙")
    assert years.of("乙局", "101", "") == "乙"
    assert years.of("甲", "101", "") == "甲"  # 名称写得不同的，凭编码
    roster = [entry("甲局", "105"), entry("乙局", "101"), entry("丙局", "102")]
    assert list(years.renamed(roster)) == []
    now = {one.name: years.of(one.name, one.code, "") for one in roster}
    assert now == {"甲局": "甲", "乙局": "乙", "丙局": None}
    assert years.of("丙局", "102", "桥") is None
    assert years.of("乙局", "101", "桥") == "乙桥"


def test_a_merged_unit_with_a_year_of_its_own_keeps_to_it() -> None:
    years: Remembered[str] = Remembered()
    for name in ("甲局", "乙局", "丙局"):
        years.add(name, "", "", name)
    roster = [entry("甲局", "1", "乙局"), entry("丁局", "2", "丙局")]
    assert list(years.renamed(roster)) == []
    assert (years.of("甲局", "1", ""), years.of("丁局", "2", "")) == ("甲局", "丙局")


def test_a_former_name_finds_its_projects_and_nobody_elses() -> None:
    years: Remembered[str] = Remembered()
    for name, project in (("老局", ""), ("老局", "路"), ("老局（东）", "路"), ("新局", "路")):
        years.add(name, "", project, f"{name}{project}")
    assert list(years.renamed([entry("新局", "1", "老局")])) == []
    now = {project: years.of("新局", "1", project) for project in ("", "路", "桥")}
    assert now == {"": "老局", "路": "新局路", "桥": None}
