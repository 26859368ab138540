"""写完之后的核对：多一个、少一个都逃不过。"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from excel_demo import demo_plan

from xltool.excel.check import check_output
from xltool.excel.errors import OutputNotAsPlannedError
from xltool.excel.write import stream_book

if TYPE_CHECKING:
    from xltool.excel.expected import ExpectedBook

FORM_PART = "xl/worksheets/sheet2.xml"
REGISTER_PART = "xl/worksheets/sheet3.xml"
REGISTER_RELATIONS = "xl/worksheets/_rels/sheet3.xml.rels"
RELATIONS_END = "</Relationships>"
FILE_LINK = (
    '<Relationship Id="rIdFile9" Type="http://x/hyperlink" Target="http://x"'
    ' TargetMode="External"/></Relationships>'
)
EXTRA_LINK = '<hyperlinks><hyperlink ref="A1" location="表!A1"/>'


@pytest.fixture(scope="module")
def written() -> tuple[bytes, ExpectedBook]:
    buffer = BytesIO()
    facts = stream_book(demo_plan(), buffer)
    return buffer.getvalue(), facts


def changed(data: bytes, name: str, old: str, new: str) -> BytesIO:
    """把一个部件里的第一处换掉。"""
    buffer = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(buffer, "w") as target:
        for part in source.namelist():
            text = source.read(part).decode()
            if part == name:
                assert old in text
                text = text.replace(old, new, 1)
            target.writestr(part, text)
    return buffer


def added(data: bytes, name: str) -> BytesIO:
    buffer = BytesIO(data)
    with ZipFile(buffer, "a") as archive:
        archive.writestr(name, "<x/>")
    return buffer


def test_good_file_passes(written: tuple[bytes, ExpectedBook]) -> None:
    data, facts = written
    check_output(BytesIO(data), facts)
    assert [sheet.formulas.count for sheet in facts.sheets] == [0, 4, 0, 0]
    assert [sheet.links.count for sheet in facts.sheets] == [0, 0, 5, 0]


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (FORM_PART, "<v>20.00</v>", "<f>1+1</f>", "评分表 的公式与计划不符：计划 4 处，文件里 5"),
        (FORM_PART, "<v>20.00</v>", '<f t="array">1+1</f>', "评分表 的公式"),
        (FORM_PART, "<v>20.00</v>", "<f/>", "评分表 的公式"),
        (FORM_PART, "SUM(E6:E7)", "SUM(E6:E8)", "评分表 的公式"),
        (FORM_PART, "<f>SUM(E6:E7)</f>", "", "评分表 的公式与计划不符：计划 4 处，文件里 3 处"),
        (FORM_PART, "<formula1>复核结果", "<formula1>cmd|x", "评分表 的校验"),
        (FORM_PART, "<formula>AND(", "<formula>OR(", "评分表 的校验或条件格式"),
        (REGISTER_PART, "<hyperlinks>", EXTRA_LINK, "链接"),
        (REGISTER_PART, "<hyperlink ref=", '<hyperlink tooltip="x" ref=', "写法不同的链接"),
        (REGISTER_PART, "<hyperlink ref=", "<hyperlink\nref=", "写法不同的链接"),
        (REGISTER_PART, "'评分表'!F6", "'评分表'!F7", "疑点清单 的链接"),
        (REGISTER_RELATIONS, "01_", "02_", "疑点清单 的链接"),
        (REGISTER_RELATIONS, RELATIONS_END, FILE_LINK, "计划外的外部链接"),
        ("xl/_rels/workbook.xml.rels", RELATIONS_END, FILE_LINK, "外部链接"),
        ("xl/workbook.xml", "'选项'!$A$1", "[1]选项!$A$1", "名称与计划不符"),
        ("xl/workbook.xml", "评分表!$5:$5", "[1]评分表!$5:$5", "名称引用了别的文件"),
        ("xl/charts/chart1.xml", "$B$1:$B$3", "$B$1:$B$4", "图表引用的区域"),
        ("[Content_Types].xml", "sheet.main", "sheet.macroEnabled.main", "部件类型"),
    ],
)  # fmt: skip
def test_planted_things_are_caught(
    written: tuple[bytes, ExpectedBook], name: str, old: str, new: str, said: str
) -> None:
    data, facts = written
    with pytest.raises(OutputNotAsPlannedError, match=said):
        check_output(changed(data, name, old, new), facts)


@pytest.mark.parametrize(
    "name",
    ["xl/vbaProject.bin", "customXml/item1.xml", "xl/externalLinks/externalLink1.xml", "evil.exe"],
)
def test_unplanned_parts_are_caught(written: tuple[bytes, ExpectedBook], name: str) -> None:
    data, facts = written
    with pytest.raises(OutputNotAsPlannedError, match="计划外的部件"):
        check_output(added(data, name), facts)


def test_extra_sheet_is_caught(written: tuple[bytes, ExpectedBook]) -> None:
    data, facts = written
    with pytest.raises(OutputNotAsPlannedError, match="工作表的数目"):
        check_output(added(data, "xl/worksheets/sheet9.xml"), facts)


def test_truncated_file_is_caught(written: tuple[bytes, ExpectedBook]) -> None:
    data, facts = written
    with pytest.raises(OutputNotAsPlannedError, match="文件不完整"):
        check_output(BytesIO(data[:-30]), facts)
    spoiled = bytearray(data)
    spoiled[data.index(b"xl/worksheets/sheet2.xml") + 500] ^= 0xFF
    with pytest.raises(OutputNotAsPlannedError):
        check_output(BytesIO(bytes(spoiled)), facts)
