"""通报：各数与汇总的相同，只列单位；同样的汇总写出同样的字节。"""

from __future__ import annotations

import re
import shutil
import zipfile
from decimal import Decimal
from functools import cache
from io import BytesIO
from statistics import median
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from sample_books import SAMPLES, collected, plan
from small_docx import W
from small_docx import text_of as text

from xltool.collection.collect import collect
from xltool.collection.model import Request
from xltool.consolidated.book import consolidated_plan
from xltool.consolidated.saved_book import saved_book
from xltool.consolidated.settling import settle
from xltool.consolidated.sources import make_sources
from xltool.excel.write import render_book
from xltool.papers.bulletin import PLACEHOLDERS, bulletin_values
from xltool.papers.bulletin_template import bulletin_template
from xltool.papers.filling import Template
from xltool.papers.repeating import Listed
from xltool.papers.runs import gaps_in
from xltool.scoring.catalogue import ready_scheme
from xltool.season.choosing import Choosing, choosing_of
from xltool.season.letter import Letter
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from xltool.consolidated.saved_book import SavedBook
    from xltool.papers.filling import Values


@cache
def once() -> bytes:
    return filled()


@cache
def mixed() -> SavedBook:
    saved = saved_book(read_bytes(render_book(plan("mixed"))))
    assert saved is not None
    return saved


def filled() -> bytes:
    letter = Letter(office="示例市财政局 13800138000")
    values = bulletin_values(mixed(), settle(mixed()), letter, choosing_of())
    return Template(bulletin_template(), "模板.docx", PLACEHOLDERS).filled(values)


@cache
def bulletin() -> dict[str, str]:
    """各部件的文字。"""
    with zipfile.ZipFile(BytesIO(once())) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def root() -> ET.Element:
    return ET.fromstring(bulletin()["word/document.xml"])  # noqa: S314 - our own bytes


def rows(heading: str) -> list[list[str]]:
    tables = ([*one.iter(f"{W}tr")] for one in root().iter(f"{W}tbl"))
    (found,) = (lines for lines in tables if heading in text(lines[0]))
    return [[text(cell) for cell in row.iter(f"{W}tc")] for row in found[1:]]


def test_the_figures_are_those_of_the_units() -> None:
    units = [unit for unit in collected("mixed").units if unit.adopted]
    whole = text(root())
    for scheme in {unit.scheme for unit in units}:
        totals = [unit.total for unit in units if unit.scheme == scheme and unit.total is not None]
        mean = sum(totals) / len(totals)
        said = f"平均{mean:.2f}分，中位数{median(totals):.2f}分；最高{max(totals):.2f}分"
        only = f"填“{ready_scheme(scheme)[0].variant}”表的1个有得分：{mean:.2f}分（"
        assert (said if len(totals) > 1 else only) in whole
    listed = {row[2].partition("（")[0]: row[3:] for row in rows("系统得分")}
    assert listed == {unit.name: [f"{unit.total:.2f}"] * 2 + [unit.grade] for unit in units}
    assert sum(int(row[2]) for row in rows("占比")) == len(units)


def test_a_chart_shows_the_figures_of_its_table() -> None:
    grades, lost = (bulletin()[f"word/charts/chart{number}.xml"] for number in (1, 2))
    counts: dict[str, int] = {}
    level = ""
    for row in rows("占比"):
        level = row[1]
        counts[level] = counts.get(level, 0) + int(row[2])
    drawn = dict(
        zip(*(re.findall("<c:v>(.+?)</c:v>", part) for part in halves(grades)), strict=True)
    )
    assert {name: int(value) for name, value in drawn.items()} == counts
    values = re.findall("<c:v>(.+?)</c:v>", halves(lost)[1])
    assert [f"{float(value):.2f}" for value in values] == [row[5] for row in rows("平均失分")]
    assert "{{" not in grades + lost


def test_a_chart_reads_in_black_and_white_without_a_grid() -> None:
    """数标在条上，条描了边，名称写全，都在框内；替代文字说数在哪张表。"""
    whole = bulletin()["word/document.xml"]
    for number, title in ((1, "图1　各等级单位数"), (2, "图2　平均失分最多的指标（分）")):
        chart = bulletin()[f"word/charts/chart{number}.xml"]
        assert title in chart
        assert "gridlines" not in chart.lower()
        assert chart.count('<c:showVal val="1"/>') == chart.count("<c:dLbls>") == 1
        assert chart.count("<c:manualLayout>") == 1
        assert "…" not in chart
        assert re.search("<c:ser>.*?<c:spPr><a:solidFill>.*?<a:ln .*?</c:spPr>", chart)
        assert 'sz="1000"' in chart
        assert re.search(f'name="图{number}" descr="[^"]+数见表{number}"', whole)


def test_the_title_breaks_between_words() -> None:
    (title, *_) = (one for one in root().iter(f"{W}p") if "通报" in text(one))
    assert [text(run) for run in title.iter(f"{W}t")] == [
        "关于2024年度部门整体支出和项目支出",
        "绩效自评情况的通报",
    ]


def halves(chart: str) -> tuple[str, str]:
    """名称一半，数一半。"""
    names, _, values = chart.partition("<c:val>")
    return names.partition("<c:cat>")[2], values


def test_units_are_named_but_no_person() -> None:
    whole = "".join(bulletin().values())
    for unit in collected("mixed").units:
        for secret in (unit.phone, unit.contact_phone, unit.contact):
            assert not secret or secret not in whole
    assert "×××" not in whole
    assert "13800138000" not in whole
    missing = [unit.name for unit in collected("mixed").units if not unit.adopted]
    called = text(root()).partition("请对照原因抓紧办理")[2]
    assert missing
    assert all(name in called for name in missing)
    assert "1. 示例市机关事务管理局（99.86分）" in text(root())


def test_the_same_book_gives_the_same_bytes() -> None:
    assert once() == filled()
    assert gaps_in(once()) == 3
    assert "{{" not in text(root())


def test_layouts_of_one_form_are_told_as_one(tmp_path: Path) -> None:
    """一种表先后的版面，名次一起排的，通报里也是一种：合起来一段、一组等级，名次由小到大。"""
    for name in ("earlier/示例市水利局_山塘除险加固", "mixed/示例市水利局_河道清淤整治"):
        shutil.copy(SAMPLES / f"{name}.xlsx", tmp_path)
    shutil.copy(SAMPLES / "mixed" / "示例市商务局_电商产业园扶持.xlsx", tmp_path)
    collection = collect(Request(folder=tmp_path, jobs=1))
    saved = saved_book(read_bytes(render_book(consolidated_plan(make_sources(collection, "")))))
    assert saved is not None
    assert len(saved.sources) == 2
    values = bulletin_values(saved, settle(saved), Letter(), choosing_of())
    (whole,) = values["总体情况"]
    assert whole.startswith("3个单位有得分：")
    assert len({unit.scheme for unit in collection.units}) == 2
    ranking, grades, lost = (values[name].items for name in ("各单位", "等级分布", "失分指标"))
    assert [one["名次"] for one in ranking] == ["1", "2", "3"]
    names = [one["等级"] for one in grades]
    assert len(names) == len(set(names))
    assert sum(int(one["单位数"]) for one in grades) == 3
    titles = [one["指标"] for one in lost]
    assert len(titles) == len(set(titles))
    assert {one["失分单位"].partition("/")[2] for one in lost} == {"3"}


def named(most: int, below: str, errors: int) -> Values:
    choosing = Choosing(most=most, below=Decimal(below), errors=errors)
    return bulletin_values(mixed(), settle(mixed()), Letter(), choosing)


def items(values: Values, name: str) -> tuple[Mapping[str, str], ...]:
    listed = values[name]
    assert isinstance(listed, Listed)
    return listed.items


def test_units_are_named_by_the_bounds_of_the_season() -> None:
    """点谁的名由设置定，凭什么印在通报里；界限是零的不凭它。"""
    usual = bulletin_values(mixed(), settle(mixed()), Letter(), choosing_of())
    assert usual == named(10, "0.7", 5)
    strict, loose = named(1, "1", 1), named(0, "0", 0)
    assert items(strict, "表扬") == items(usual, "表扬")[:1]
    assert "按得分列前1个" in str(strict["表扬小结"])
    assert "复核得分不到满分的100%，或还有1处以上错误须改正" in str(strict["提醒小结"])
    low = [one for one in items(strict, "提醒") if "，不到满分的100%，等级" in one["原因"]]
    scores = [unit.reviewed for unit in settle(mixed()).units if unit.reviewed is not None]
    assert len(low) == sum(score < 100 for score in scores) > len(items(usual, "提醒"))
    assert (items(loose, "表扬"), loose["表扬小结"]) == ((), "")
    assert not [one for one in items(loose, "提醒") if re.search("得分|错误", one["原因"])]
    assert not re.search("满分|错误", str(loose["提醒小结"]))
