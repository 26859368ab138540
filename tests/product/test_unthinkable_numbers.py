"""存在格里的数再怪，也只是一条说得出文件和格的问题：自评表、名单、上年度的都一样。"""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from itertools import cycle
from typing import TYPE_CHECKING

import pytest
from cli_forms import good_form, roster, write
from cli_runner import xltool

from xltool.address import At
from xltool.scheme.model import FieldKind, SheetKind
from xltool.scoring.catalogue import ready_scheme
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from pathlib import Path

REFUSED = ("+9.5", "1.8E308", "-1.8e+308")
UNTHINKABLE = ("1E300", "-1e+300", "1E-300", "-1E-300", "1.7976931348623157E+308", "5E-324")
NUMBERED = {FieldKind.MONEY, FieldKind.POINTS, FieldKind.PERCENT, FieldKind.INTEGER, FieldKind.DATE}
NUMBERED |= {FieldKind.NUMBER, FieldKind.MEASURE}


def with_number(data: bytes, sheet: str, at: str, number: str) -> bytes:
    """把一格（不论原来是什么）改成一个数。"""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w") as target:
        names = re.findall('<sheet name="([^"]*)"', source.read("xl/workbook.xml").decode())
        part = f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"
        for name in source.namelist():
            text = source.read(name)
            if name == part:
                cell = re.compile(rf'<c r="{at}"( s="\d+")?(?:/>| t="\w+">.*?</c>|>.*?</c>)')
                made, count = cell.subn(rf'<c r="{at}"\1><v>{number}</v></c>', text.decode())
                assert count == 1
                text = made.encode()
            target.writestr(name, text)
    return stream.getvalue()


@cache
def places() -> dict[str, tuple[str, str]]:
    """每张表、每一种要数的填报项各取一格：名称 → 表名、地址。"""
    from xltool.intake.submission import understand_book
    from xltool.layout.layout import template_layout

    scheme, _ = ready_scheme("jiangmen-2025-special")
    reading = understand_book(read_bytes(good_form()), (scheme,), "甲局.xlsx")
    assert reading.submission is not None
    layout = template_layout(scheme)
    found: dict[str, tuple[str, str]] = {}
    for key in reading.submission.entries:
        sheet = scheme.sheet(key.sheet)
        fields = sheet.fields if sheet.kind is SheetKind.FIELDS else sheet.columns
        name = key.row if sheet.kind is SheetKind.FIELDS else key.column
        field = next((one for one in fields if one.key == name), None)
        if field is not None and field.kind in NUMBERED and field.computation is None:
            place = layout.place(key)
            found.setdefault(f"{sheet.name}·{field.kind}", (place.sheet, place.at.a1))
    return found


def test_there_are_places_of_every_kind() -> None:
    assert len(places()) > 8


def told_of(folder: Path, data: bytes) -> list[tuple[str, str, str]]:
    """查一份，各条问题的编码和格。"""
    ran = xltool("check", write(folder, "甲局.xlsx", data), "--json")
    assert ran.code == 1, ran.err
    (one,) = ran.document["files"]
    return [(item["code"], item["sheet"], item["cell"]) for item in one["findings"]]


@pytest.mark.parametrize("number", UNTHINKABLE)
def test_every_kind_of_field_names_file_and_cell(number: str, tmp_path: Path) -> None:
    data = good_form()
    for sheet, at in places().values():
        data = with_number(data, sheet, at, number)
    told = told_of(tmp_path, data)
    assert [("V153", *place) for place in places().values() if ("V153", *place) not in told] == []


def test_one_alone_is_told_too(tmp_path: Path) -> None:
    """整份只有一处的：各格各填一种。"""
    for (sheet, at), number in zip(places().values(), cycle(UNTHINKABLE), strict=False):
        told = told_of(tmp_path, with_number(good_form(), sheet, at, number))
        assert ("V153", sheet, at) in told, (number, told)


@pytest.mark.parametrize("number", REFUSED)
def test_what_no_spreadsheet_writes_is_refused_with_its_cell(number: str, tmp_path: Path) -> None:
    file = write(tmp_path, "甲局.xlsx", with_number(good_form(), "封面", "C10", number))
    other = write(tmp_path, "乙局.xlsx", good_form())
    for command, files in (("check", (file, other)), ("score", (file,)), ("read", (file,))):
        ran = xltool(command, *files)
        assert ran.code == 1, ran.err
        assert "R144" in ran.out + ran.err
        assert "C10" in ran.out + ran.err


@pytest.mark.parametrize("number", [*REFUSED, *UNTHINKABLE])
def test_collect_a_roster_and_last_year(number: str, tmp_path: Path) -> None:
    inbox, earlier = tmp_path / "报送", tmp_path / "上年"
    inbox.mkdir()
    earlier.mkdir()
    sheet, at = next(iter(places().values()))
    odd = with_number(good_form(), sheet, at, number)
    write(inbox, "乙局.xlsx", good_form(department="乙局", department_code="102"))
    write(inbox, "甲局.xlsx", odd)
    write(earlier, "甲局.xlsx", odd)
    ran = xltool("collect", inbox, "--last-year", earlier, "-o", tmp_path / "1.xlsx", "--json")
    assert ran.code == 1, ran.err
    assert number in REFUSED or "V153" in ran.out
    assert number not in REFUSED or "C150" in ran.out
    listed = roster(tmp_path, ("甲局", "101", "", ""), ("乙局", "102", "", "")).read_bytes()
    listed = with_number(listed, "名单", At(2, 2).a1, number)
    ran = xltool(
        "collect", inbox, "--roster", write(tmp_path, "名单.xlsx", listed),
        "-o", tmp_path / "2.xlsx", "--json",
    )  # fmt: skip
    assert "环境变量" not in ran.err
    if number in REFUSED:
        assert ran.code == 2
        assert "名单.xlsx" in ran.err
        assert "B2" in ran.err
    else:
        assert ran.code == 1, ran.err
