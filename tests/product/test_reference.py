"""方案参考：照页上的小表做，全程走得通；方案文件里能写的键，页上都说到。"""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from cli_runner import xltool
from pages import named_block, page
from scheme_journey import contents_of, travel

from xltool import frames
from xltool.collection.collect import collect
from xltool.collection.model import Request
from xltool.excel.write import render_book
from xltool.form.book import form_plan
from xltool.form.form import make_form
from xltool.scheme.key import CellKey
from xltool.scheme.loader import load_scheme_file
from xltool.scheme.sources import LOCAL, shipped_ids, shipped_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = page("docs/方案参考.md")
SMALL = named_block(PAGE, "small-form")
ID = "county-2025"
POINTS = {"01": "39.2", "02": "30", "03": "10", "04": "20"}  # 支出率 98%，其余满分


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """页上的小表，存成文件。"""
    file = tmp_path / f"{ID}.toml"
    file.write_text(SMALL, "utf-8")
    return file


def fill(small: Path, folder: Path) -> Path:
    """填好的一份：各格照例子，自评得分照算得的。"""
    scheme = load_scheme_file(small)
    contents = contents_of(scheme)
    for code, points in POINTS.items():
        contents[CellKey("form", code, "self_score")] = Decimal(points)
    contents[CellKey("form", "01", "reason")] = "支出率98%，扣0.8分"
    contents[CellKey("cover", "self_total")] = sum(map(Decimal, POINTS.values()), Decimal(0))
    folder.mkdir()
    form = folder / "示例县教育局.xlsx"
    form.write_bytes(render_book(form_plan(make_form(scheme, contents))))
    return form


def dangling(book: Path) -> set[str]:
    """下拉列表引用了而没有的名称。"""
    with ZipFile(book) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    used = {
        found
        for name, text in parts.items()
        if name.startswith("xl/worksheets/sheet")
        for found in re.findall(r"<formula1>(list_\w+)<", text)
    }
    assert "list_review" in used
    return used - set(re.findall(r'<definedName name="(\w+)"', parts["xl/workbook.xml"]))


def test_the_small_form_has_four_indicators_and_goes_all_the_way(
    small: Path, tmp_path: Path
) -> None:
    scheme = load_scheme_file(small)
    assert len(scheme.indicators) == len(POINTS)
    travel(scheme, tmp_path, workbook=True)


def test_every_command_takes_the_small_form(small: Path, tmp_path: Path) -> None:
    """查、生成、填、查、计分、汇总、自评报告、写成工作簿、读回、说明，一条条命令走一遍。"""
    use = ("--schemes", small)
    assert xltool("scheme", "lint", small).code == 0
    assert xltool("template", ID, *use, "-o", tmp_path / "下发").code == 0
    assert [path.name for path in (tmp_path / "下发").iterdir()] == ["评分表_四项_2025.1.xlsx"]
    form = fill(small, tmp_path / "报送")
    checked = xltool("check", form, *use, "--json")
    assert (checked.code, checked.document["files"][0]["findings"]) == (0, [])
    scored = xltool("score", form, *use, "--json")
    assert (scored.code, scored.document["total"], scored.document["grade"]) == (0, "99.20", "合格")
    book = tmp_path / "汇总.xlsx"
    collected = xltool("collect", form.parent, "-o", book, *use, "--json")
    assert collected.code == 0
    assert collected.document["counts"]["adopted"] == 1
    assert dangling(book) == set()
    workbook = tmp_path / "方案.xlsx"
    assert xltool("scheme", "export", ID, *use, "-o", workbook).code == 0
    again = tmp_path / "读回.toml"
    assert xltool("scheme", "import", workbook, "-o", again).code == 0
    assert load_scheme_file(again).options == load_scheme_file(small).options
    written = xltool("report", form, *use, "-o", tmp_path / "自评报告.docx", "--json")
    assert (written.code, written.document["kind"]) == (0, "self_report"), written.err
    assert xltool("explain", "S01", *use, "--scheme", ID).code == 0
    refused = xltool("explain", "K01", *use, "--scheme", ID)
    assert "用不着 K01" in refused.err


def test_the_frames_of_the_small_form(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = fill(small, tmp_path / "报送")
    monkeypatch.setenv(LOCAL, str(small))
    collection = collect(Request(folder=form.parent, jobs=1))
    assert list(frames.summary(collection)["系统得分"]) == [99.2]
    assert list(frames.scores(collection)["编码"]) == list(POINTS)
    assert len(frames.indicators(collection)) == 0


INNER = {"flags": "parameters"}  # 编码下面是界限的名字，也是方案起的
BAND = {"limit", "share"}  # 写在一起：`{ limit, share }`


def keys(data: dict[str, Any], section: str = "") -> Iterator[str]:
    """方案文件里写了哪些键；名字由方案自己起的（参数、编码、取数）不算。"""
    for key, value in data.items():
        named = section not in ("parameters", "flags", "inputs", "points", "options_by")
        if named:
            yield key
        inner = value if isinstance(value, list) else [value]
        for item in inner:
            if isinstance(item, dict):
                yield from keys(item, key if named else INNER.get(section, ""))


@pytest.mark.parametrize("scheme_id", shipped_ids())
def test_every_key_of_the_file_is_told(scheme_id: str) -> None:
    assert "`{ limit, share }`" in PAGE
    written = set(keys(tomllib.loads(shipped_text(scheme_id)))) - BAND - {"remove"}
    sections = {"scheme", "parameters", "flags", "options", "checks", "sheets", "allocation"}
    untold = {key for key in written - sections if f"`{key}`" not in PAGE}
    assert untold - {"grades", "levels", "indicators"} == set()
