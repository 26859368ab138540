"""按名单预填的空白表：从版上印的与从头写的，各部件一个字节也不差。"""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from form_files import parts_of
from scheme_variants import brief

from xltool.excel import blank_forms
from xltool.excel.blank_forms import write_blank
from xltool.excel.errors import TextTooLongError
from xltool.excel.write import render_book
from xltool.form.book import form_plan
from xltool.form.form import make_form
from xltool.scheme.key import field_key
from xltool.scoring.catalogue import offered_schemes, ready_scheme, ready_schemes

if TYPE_CHECKING:
    from pathlib import Path

    from xltool.facts.typed import Typed
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Scheme

SCHEMES = [scheme.id for scheme in ready_schemes()]
OFFERED = [scheme.id for scheme in offered_schemes()]
EARLIER = [pytest.param(one, marks=pytest.mark.nightly) for one in SCHEMES if one not in OFFERED]
NAMES = {
    "平常": "示例市教育局",
    "多行高": "示例市" * 90,
    "过长": "局" * 9_000,
    "换行": "示例市\n教育局\n（本级）",
    "罕用字": "示例市𠮷水𰻝街道办事处",
    "引号": "\"示例\"市'教育'局",
    "标记": '<c r="A1">&amp;</c>]]>',
    "转义": "_x000D_局_x0041_",
    "控制字符": "甲\x07局\ud800",
    "首尾空格": " 示例市教育局 ",
    "书写方向": "\u202e局育教",
    "一个字": "局",
    "公式": "=1+1",
    "全角等号": "＝1+1",
    "空格后的加号": "　+甲局",
    "负号": "-局",
    "数字": "007",
    "线": "＿＿局",
}


def prefilled(scheme: Scheme, name: str, code: str = "101") -> dict[CellKey, Typed]:
    """预填的各项，方案有的才填。"""
    contents: dict[str, Typed] = {
        "cover.department": name,
        "cover.department_code": code,
        "cover.year": Decimal(2024),
        "cover.has_funds": "否",
    }
    return {field_key(key): value for key, value in contents.items() if scheme.has(key)}


def from_scratch(scheme: Scheme, contents: dict[CellKey, Typed]) -> list[tuple[str, bytes]]:
    plan = form_plan(make_form(scheme, contents, derive=True))
    return [*parts_of(render_book(plan)).items()]


def saved_parts(saved: Path) -> list[tuple[str, bytes]]:
    """各部件，连同次序。"""
    return [*parts_of(saved.read_bytes()).items()]


def dealt(scheme_id: str) -> list[str]:
    """平时下发的各个方案分着看，一个名称由一种表看；每种表看全部名称的在 nightly。"""
    return list(NAMES.values())[OFFERED.index(scheme_id) :: len(OFFERED)]


EACH = pytest.mark.parametrize(
    ("scheme_id", "names"),
    [(one, dealt(one)) for one in OFFERED]
    + [pytest.param(one, list(NAMES.values()), marks=pytest.mark.nightly) for one in SCHEMES],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)}个",
)


@EACH
def test_printed_is_written_byte_for_byte(scheme_id: str, names: list[str], tmp_path: Path) -> None:
    """记录表备几行与名称无关，只备几行；备足了的看一个。"""
    scheme = brief(ready_scheme(scheme_id)[0])
    for number, name in enumerate(names):
        contents = prefilled(scheme, name)
        saved = write_blank(scheme, contents, tmp_path / f"{number}.xlsx")
        assert saved_parts(saved) == from_scratch(scheme, contents), name


@pytest.mark.parametrize("scheme_id", SCHEMES)
def test_a_whole_form_is_written_byte_for_byte(scheme_id: str, tmp_path: Path) -> None:
    scheme, _ = ready_scheme(scheme_id)
    contents = prefilled(scheme, NAMES["标记"])
    saved = write_blank(scheme, contents, tmp_path / "一.xlsx")
    assert saved_parts(saved) == from_scratch(scheme, contents)


@pytest.mark.parametrize("scheme_id", [*OFFERED, *EARLIER])
def test_whatever_of_the_cover_is_prefilled(scheme_id: str, tmp_path: Path) -> None:
    """名称以外的项也可能空着、也可能像公式；没有预填的就是空白的模板。"""
    scheme = brief(ready_scheme(scheme_id)[0])
    every = prefilled(scheme, "示例市民政局", "=101")
    some = [{}, every, *({key: value} for key, value in every.items())]
    for number, contents in enumerate(some):
        saved = write_blank(scheme, contents, tmp_path / f"{number}.xlsx")
        assert saved_parts(saved) == from_scratch(scheme, contents), contents


def test_the_book_is_rendered_once_for_ordinary_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """平常的名称一份也不从头写；各份互不沾染，回头再印还是原样。"""
    scheme, _ = ready_scheme(SCHEMES[0])
    first = write_blank(scheme, prefilled(scheme, "甲局"), tmp_path / "一.xlsx")
    monkeypatch.setattr(blank_forms, "form_plan", None)
    other = write_blank(scheme, prefilled(scheme, "乙局" * 90), tmp_path / "二.xlsx")
    again = write_blank(scheme, prefilled(scheme, "甲局"), tmp_path / "三.xlsx")
    assert first.read_bytes() == again.read_bytes() != other.read_bytes()
    with ZipFile(BytesIO(other.read_bytes())) as archive:
        texts = [archive.read(name).decode() for name in archive.namelist()]
    assert any("乙局" * 90 in text for text in texts)
    assert not any("甲局" in text for text in texts)


def test_a_name_that_no_cell_holds_leaves_no_file(tmp_path: Path) -> None:
    scheme, _ = ready_scheme(SCHEMES[0])
    target = tmp_path / "一.xlsx"
    with pytest.raises(TextTooLongError):
        write_blank(scheme, prefilled(scheme, "局" * 32_768), target)
    assert list(tmp_path.iterdir()) == []
