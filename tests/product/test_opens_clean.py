"""写出的每一种文件，别的程序打开不会说有毛病：独立的校验器、规则的引用、批注、图、字体、停在哪里。"""

from __future__ import annotations

import re
import zipfile
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Final

import pytest
from every_output import KINDS, TEMPLATES, every_output
from openpyxl_books import loaded
from openxml_audit import OpenXmlValidator
from parity_engines import needs_office
from returned_copies import all_saved_by_office
from scheme_variants import brief

from xltool.excel.write import render_book
from xltool.form.book import form_plan
from xltool.form.form import make_form
from xltool.marking.patched_results import altered
from xltool.scoring.catalogue import ready_scheme, ready_schemes
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from pathlib import Path

ADVISED: Final = frozenset({"Excel_InlineStrCells"})
"""校验器的劝告，不改：文字写在格里（inlineStr）是 ECMA-376 第一部分 18.18.11 定的写法，

打开、改、存都不受影响；另放一张文字表的，要等各格都写完才写得出。
"""
FONTS: Final = frozenset(
    {"仿宋", "黑体", "宋体", "楷体", "方正小标宋简体", "Times New Roman"}
)  # 没有小标宋的，公文的字体表指明用宋体，工作簿由系统代替
SPECIAL: Final = "jiangmen-2025-special"
DAILY: Final = "评分表_有专项资金_2025.1.xlsx"
_PLAIN_RULE: Final = re.compile(
    r"<(conditionalFormatting|dataValidations)\b.*?</\1>", re.DOTALL
)  # 扩展里的（x14:…）是 2010 自己的写法，不在内
_FORMULA: Final = re.compile(r"<formula[12]?>(.*?)</formula[12]?>", re.DOTALL)
_QUOTED: Final = re.compile(r'"(?:[^"]|"")*"|&quot;.*?&quot;')
_FONT: Final = re.compile(
    r'<(?:name|rFont) val="([^"]+)"|typeface="([^"]+)"|(?<=<w:rFonts )([^>]*)/>'
)
_FACE: Final = re.compile(r'="([^"]+)"')
_POINTS: Final = re.compile(r"<c:(?:num|str)Cache>(.*?)</c:(?:num|str)Cache>", re.DOTALL)


def of(kind: str) -> bytes:
    """一种文件的内容；带后缀的是随程序带的模板。"""
    return every_output()[kind] if kind in KINDS else (TEMPLATES / kind).read_bytes()


@cache
def parts(kind: str) -> dict[str, str]:
    """各部件的文字。"""
    with zipfile.ZipFile(BytesIO(of(kind))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def named(kind: str, pattern: str) -> list[str]:
    return [text for name, text in parts(kind).items() if re.fullmatch(pattern, name)]


@cache
def validator() -> OpenXmlValidator:
    """规范只读一遍。"""
    return OpenXmlValidator()


def complaints(data: bytes, name: str, folder: Path) -> list[str]:
    """校验器说的。"""
    path = folder / name
    path.write_bytes(data)
    found = validator().validate(path).errors
    return [f"{name} {one}" for one in found if one.id not in ADVISED]


def suffix(kind: str) -> str:
    return ".docx" if "word/document.xml" in parts(kind) else ".xlsx"


ALL: Final = (DAILY, *KINDS)
AGAIN: Final = frozenset({"下发的表", "移好的表"})  # 也是报送表，同一个写法；夜里再看


def test_an_independent_validator_finds_nothing(tmp_path: Path) -> None:
    """有专项资金的评分表备十几行的，往下各行一样；整份的模板夜里看。"""
    form = make_form(brief(ready_scheme(SPECIAL)[0]), {}, derive=True)
    found = complaints(render_book(form_plan(form)), DAILY, tmp_path)
    for number, kind in enumerate(KINDS):
        if kind not in AGAIN:
            found += complaints(of(kind), f"{number}{kind}{suffix(kind)}", tmp_path)
    assert found == []


@pytest.mark.nightly
@pytest.mark.parametrize("kind", sorted(AGAIN))
def test_the_same_kind_again_is_valid(kind: str, tmp_path: Path) -> None:
    assert complaints(of(kind), "表.xlsx", tmp_path) == []


@pytest.mark.nightly
@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.*x")), ids=lambda path: path.name)
def test_every_template_is_valid(path: Path, tmp_path: Path) -> None:
    assert complaints(path.read_bytes(), path.name, tmp_path) == []


@pytest.mark.nightly
@pytest.mark.parametrize("scheme_id", [scheme.id for scheme in ready_schemes()])
def test_the_form_of_every_scheme_is_valid(scheme_id: str, tmp_path: Path) -> None:
    data = render_book(form_plan(make_form(ready_scheme(scheme_id)[0], {})))
    assert complaints(data, "表.xlsx", tmp_path) == []


def test_the_validator_does_find_what_is_wrong(tmp_path: Path) -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, text in parts("收表记录").items():
            target.writestr(name, text.replace("<sheetData>", "<sheetDatum/><sheetData>"))
    assert complaints(out.getvalue(), "坏.xlsx", tmp_path)


def test_no_rule_points_to_another_sheet() -> None:
    """2007 不认，2010 写在扩展里；引用别的表要用名称。"""
    for kind in ALL:
        formulas = [
            formula
            for text in named(kind, r"xl/worksheets/.*\.xml")
            for rules in _PLAIN_RULE.finditer(text)
            for formula in _FORMULA.findall(rules[0])
        ]
        assert [one for one in formulas if "!" in _QUOTED.sub("", one)] == [], kind
        assert len(formulas) > 50 or kind not in {DAILY, "退回件", "评分后的表"}


def test_every_comment_has_its_box() -> None:
    for kind in ALL:
        comments = [text.count("<comment ") for text in named(kind, r"xl/comments.*\.xml")]
        boxes = [text.count("<x:Anchor>") for text in named(kind, r"xl/drawings/.*\.vml")]
        assert sum(comments) == sum(boxes), kind
        assert sum(boxes) > 5 or kind != "退回件"


def test_every_chart_carries_its_numbers() -> None:
    """不重算的程序（预览、手机）画图凭存着的数。"""
    drawn = set()
    for kind in ALL:
        for text in named(kind, r".*charts/chart\d+\.xml"):
            drawn.add(kind)
            caches = _POINTS.findall(text)
            assert caches, kind
            for points in caches:
                (count,) = re.findall(r'<c:ptCount val="(\d+)"', points)
                assert points.count("<c:pt ") == int(count) > 0, kind
    assert drawn == {"汇总", "通报"}


def test_the_fonts_are_on_any_office_computer() -> None:
    wanted = r"xl/(styles|comments.*|drawings/.*|charts/.*)\.xml|word/(?!theme)[^/]*\.xml"
    for kind in ALL:
        used = {
            name
            for text in named(kind, wanted)
            for styled, face, fonts in _FONT.findall(text)
            for name in filter(None, (styled, face, *_FACE.findall(fonts)))
        }
        assert used, kind
        assert used <= FONTS, kind


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (DAILY, {"填报说明": "A1", "封面": "C7", "评分表": "I7", "绩效目标完成情况": "B7"}),
        ("评分后的表", {"填报说明": "A1", "自评表": "D7", "评分表": "A1"}),
        ("退回件", {"问题清单": "G6", "自评表": "D7"}),
    ],
)
def test_every_sheet_opens_at_its_first_input(kind: str, expected: dict[str, str]) -> None:
    book = loaded(of(kind))
    opened = {sheet.title: sheet.sheet_view.selection[-1].activeCell for sheet in book}
    assert opened | expected == opened
    assert book.active is book.worksheets[0]


@needs_office
@pytest.mark.nightly
def test_libreoffice_recalculates_and_saves_every_workbook_unchanged(tmp_path: Path) -> None:
    """打开、重新算过、另存，本程序再读，一格不变。"""
    files = {kind: of(kind) for kind in KINDS if suffix(kind) == ".xlsx"}
    saved = all_saved_by_office(files | {"模板": of(DAILY)}, tmp_path)
    for kind, data in (files | {"模板": of(DAILY)}).items():
        before, after = read_bytes(data), read_bytes(saved[kind])
        assert altered(before.grids, after.grids, ()) is None, kind
