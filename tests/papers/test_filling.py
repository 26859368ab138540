"""模板里的清单、要补充的地方和图；随程序带的模板与生成的相同。"""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Final

import pytest
from regenerate import PAPERS, TEMPLATES
from small_docx import MAIN, docx, paragraph, texts

from xltool.narrative.gaps import gap
from xltool.papers.filling import Template
from xltool.papers.repeating import Listed
from xltool.papers.runs import gaps_in

if TYPE_CHECKING:
    from collections.abc import Mapping

KNOWN: Final = ("清单.甲", "清单.乙", "名", "图")
ROWS: Final = Listed(
    ({"甲": "一", "乙": "1"}, {"甲": "一", "乙": "2\n3"}, {"甲": "二", "乙": "<4>"})
)


def cell(content: str, look: str = "") -> str:
    return f"<w:tc>{look}{paragraph(content)}</w:tc>"


def table(*cells: str) -> str:
    head = f"<w:tr>{cell('头')}{cell('头')}</w:tr>"
    return f"<w:tbl>{head}<w:tr>{''.join(cells)}</w:tr></w:tbl>"


def filled(body: str, values: Mapping[str, object], **others: str) -> bytes:
    return Template(docx(body, **others), "模板.docx", KNOWN).filled(values)  # type: ignore[arg-type]


def main(data: bytes) -> str:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read(MAIN).decode()


@pytest.mark.parametrize(
    ("look", "around"),
    [("", ""), ('<w:tcPr><w:tcW w:w="9"/><w:vMerge/><w:vAlign/></w:tcPr>', '<w:tcW w:w="9"/>')],
)
def test_a_row_is_repeated_and_equal_cells_are_joined(look: str, around: str) -> None:
    body = table(cell("{{清单.甲/合并}}", look), cell("{{清单.乙}}")) + paragraph("完")
    data = filled(body, {"清单": ROWS})
    assert texts(data) == ["头", "头", "一", "1", "", "23", "二", "<4>", "完"]
    assert main(data).count(f'<w:tcPr>{around}<w:vMerge w:val="restart"/>') == 2
    assert main(data).count(f"<w:tcPr>{around}<w:vMerge/>") == 1
    assert "<w:br/>" in main(data)


def test_paragraphs_of_one_list_are_repeated_together() -> None:
    body = paragraph("{{清单.甲}}：{{名}}") + paragraph("{{清单.乙}}") + paragraph("完")
    one = Listed(ROWS.items[::2])
    assert texts(filled(body, {"清单": one, "名": "局"})) == ["一：局", "1", "二：局", "<4>", "完"]


def test_an_empty_list_takes_its_table_and_its_paragraphs_along() -> None:
    body = table(cell("{{清单.甲}}"), cell("{{名}}")) + paragraph("{{清单.乙}}") + paragraph("完")
    assert texts(filled(body, {"清单": Listed(()), "名": "局"})) == ["完"]


def test_what_people_must_add_is_yellow_and_counted() -> None:
    look = "<w:rPr><w:b/></w:rPr>"
    body = f"<w:p><w:r>{look}<w:t>数是{{{{名}}}}万元</w:t></w:r></w:p>"
    data = filled(body, {"名": gap("决算支出")})
    assert texts(data) == ["数是【此处由单位补充：决算支出】万元"]
    yellow = '<w:rPr><w:b/><w:highlight w:val="yellow"/></w:rPr>'
    assert f'{yellow}<w:t xml:space="preserve">【此处' in main(data)
    assert main(data).count("highlight") == 1
    assert gaps_in(data) == 1


def test_a_chart_is_known_by_its_title() -> None:
    charts = {
        "word/charts/chart1.xml": "<a:t>{{图}}</a:t>",
        "word/charts/chart2.xml": "<a:t>别的</a:t>",
    }
    data = filled(paragraph("{{名}}"), {"图": b"<new/>"}, **charts)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.read("word/charts/chart1.xml") == b"<new/>"
        assert archive.read("word/charts/chart2.xml").decode() == "<a:t>别的</a:t>"


@pytest.mark.parametrize("name", PAPERS)
def test_the_templates_beside_the_program_are_its_own(name: str) -> None:
    assert (TEMPLATES / name).read_bytes() == PAPERS[name]()
