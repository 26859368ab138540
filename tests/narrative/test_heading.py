"""报告的标题里写着的单位名称：年度、“附件”“关于”和“部门整体支出”不是名称。"""

from __future__ import annotations

import pytest
from report_marks import docx

from xltool.narrative.docx import read_document_bytes
from xltool.narrative.heading import heading_of
from xltool.narrative.outline import passages
from xltool.narrative.words import words_of
from xltool.scoring.catalogue import ready_scheme

NAME = "江门市教育局"


@pytest.mark.parametrize(
    ("title", "names"),
    [
        (f"{NAME}2024年度部门整体支出绩效自评报告", (NAME,)),
        (f"{NAME}关于2024年度部门整体支出绩效自评报告", (NAME,)),
        (f"关于{NAME}2024年度整体支出绩效自评报告", (NAME,)),
        (f"2024年度{NAME}部门整体支出绩效自评报告", (NAME,)),
        (f"附件2：{NAME}绩效自评报告", (NAME,)),
        ("2024年度部门整体支出绩效自评报告", ()),
        ("2024年整体支出绩效自评报告", ()),
        ("2024年绩效自评报告", ()),
        ("本部门2024年度绩效自评报告", ()),
        ("部门整体支出绩效自评报告", ()),
    ],
)
def test_the_unit_in_the_title(title: str, names: tuple[str, ...]) -> None:
    document = read_document_bytes(docx(f"{title}\n\n一、情况\n\n话。\n"))
    words = words_of(ready_scheme("jiangmen-2025-special")[0])
    assert heading_of(passages(document), words).names == names
