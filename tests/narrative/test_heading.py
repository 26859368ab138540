"""报告的标题里写着的单位名称：年度、“附件”“关于”和“部门整体支出”不是名称。"""

from __future__ import annotations

import pytest
from report_marks import docx

from xltool.narrative.docx import read_document_bytes
from xltool.narrative.heading import heading_of, looks_like_report
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


TABLE = "一级指标\t三级指标\t预期值\t实现值\n产出\t培训教师\t{}\t{}\n"
LETTER = "关于报送2024年度绩效自评材料的函\n\n市财政局：\n\n现报送材料1份。\n\n"
HEADS = "一、绩效自评情况\n\n话。\n\n二、存在的问题\n\n少。\n\n三、改进措施\n\n改。\n\n"


@pytest.mark.parametrize(
    ("file", "text", "report"),
    [
        ("一.docx", "2024年度绩效自评情况的报告\n\n一、情况\n\n话。\n", True),
        ("一.docx", HEADS, True),
        ("一.docx", f"附表\n\n{TABLE.format('333人', '333人')}", True),
        ("一.docx", f"{LETTER}{TABLE.format('333人', '333人')}", True),  # 函和报告订在一起
        ("收/五_自评报告.docx", "一、情况\n\n话。\n", True),
        ("函.docx", f"{LETTER}附件：部门整体支出绩效自评报告\n", False),
        ("自评报告.docx", f"{LETTER}话。\n", False),
        ("一.docx", f"{NAME}文件\n\n关于开展绩效自评\n\n工作的通知\n\n各单位：\n\n请报。\n", False),
        ("一.docx", f"关于自评的通知\n\n请报。\n\n{HEADS}{TABLE.format('', '')}", False),  # 附提纲
        ("关于报送自评报告的通知.docx", "各单位：\n\n请报。\n", False),
        (f"{NAME}工作总结.docx", "一、工作\n\n话。\n\n二、存在的问题\n\n三、下一步\n", False),
        ("信.docx", "财政局：\n\n自评报告另寄。\n\n附件：教育局绩效自评报告\n", False),
    ],
)
def test_what_looks_like_a_report(file: str, text: str, *, report: bool) -> None:
    """凭标题、各节的标题、填了数的指标表、文件名；函、通知一类凭标题认出来，不是。"""
    words = words_of(ready_scheme("jiangmen-2025-special")[0])
    assert looks_like_report(passages(read_document_bytes(docx(text))), file, words) is report
