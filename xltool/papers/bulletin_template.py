"""随程序带的绩效自评情况通报模板：照 GB/T 9704 的版心、字体、字号；另存出来就是可以改的 .docx。"""

from __future__ import annotations

from typing import Final

from xltool.excel.chart_part import chart_part
from xltool.narrative.gaps import gap
from xltool.papers.looks import (
    ADDRESSED,
    ANNEX,
    BODY_STYLE,
    CAPTION,
    ENCLOSED,
    GRADES_SIZE,
    HEAD,
    LAST,
    LOST_SIZE,
    SIGNED,
    STYLES,
    TITLE,
    chart,
    paragraph,
    table,
)
from xltool.papers.package import KAI, Document
from xltool.papers.runs import name_of

_ISSUER: Final = "发文单位"
_GRADES: Final = (("表种/合并", 30), ("等级", 20), ("单位数", 25), ("占比", 25))
_LOST: Final = (
    ("序号", 8),
    ("表种", 15),
    ("指标", 32),
    ("分值", 9),
    ("平均得分", 12),
    ("平均失分", 12),
    ("失分单位", 12),
)
_THEMES: Final = (
    ("序号", 8),
    ("主题", 18),
    ("处数", 8),
    ("单位数", 9),
    ("主要表现", 32),
    ("单位", 25),
)
_UNITS: Final = (
    ("名次", 8),
    ("表种/合并", 18),
    ("单位", 41),
    ("系统得分", 12),
    ("复核得分", 12),
    ("等级", 9),
)
_ENCLOSED: Final = "各单位得分和名次"
_CHARTS: Final = (("等级分布图", GRADES_SIZE), ("失分图", LOST_SIZE))
_SAMPLE: Final = (("优", 3), ("良", 2), ("中", 1))


def _listed(name: str, columns: tuple[tuple[str, int], ...]) -> list[tuple[str, int, str]]:
    return [(name_of(own), width, f"{{{{{name}.{own}}}}}") for own, width in columns]


def bulletin_template() -> bytes:
    """模板的内容。"""
    body = "".join(
        (
            paragraph(TITLE, "{{标题}}"),
            paragraph(ADDRESSED, "各有关单位："),
            paragraph(
                BODY_STYLE,
                "按照{{通知}}的要求，各单位开展了{{年度}}年度{{工作}}，现将复核后的情况通报如下。",
            ),
            paragraph(HEAD, "一、报送情况"),
            paragraph(BODY_STYLE, "{{报送情况}}"),
            paragraph(HEAD, "二、总体情况"),
            paragraph(BODY_STYLE, "{{总体情况}}"),
            paragraph(CAPTION, "表1　各等级的单位"),
            table(_listed("等级分布", _GRADES)),
            chart(0, "各等级单位数的条形图，数见表1", GRADES_SIZE),
            paragraph(HEAD, "三、失分较多的指标"),
            paragraph(BODY_STYLE, "按复核后的得分，平均失分最多的指标如下。"),
            paragraph(CAPTION, "表2　平均失分最多的指标"),
            table(_listed("失分指标", _LOST), prose=("指标",)),
            chart(1, "平均失分最多的指标的条形图，数见表2", LOST_SIZE),
            paragraph(HEAD, "四、存在的主要问题"),
            paragraph(BODY_STYLE, "复核后还须改正、说明的问题，按主题归拢如下。"),
            paragraph(CAPTION, "表3　存在的主要问题"),
            table(_listed("问题主题", _THEMES), prose=("主题", "主要表现", "单位")),
            paragraph(HEAD, "五、表扬和提醒"),
            paragraph(BODY_STYLE, "{{表扬小结}}"),
            paragraph(BODY_STYLE, "{{表扬.序号}}. {{表扬.单位}}（{{表扬.得分}}分）"),
            paragraph(BODY_STYLE, "{{提醒小结}}"),
            paragraph(BODY_STYLE, "{{提醒.序号}}. {{提醒.单位}}：{{提醒.原因}}。"),
            paragraph(HEAD, "六、有关要求"),
            paragraph(
                LAST,
                "请各单位对照问题清单，于{{整改期限}}前整改到位。"
                + gap("整改的其他要求，结果怎样应用", _ISSUER),
            ),
            paragraph(ENCLOSED, f"附件：{_ENCLOSED}"),
            paragraph(SIGNED, ""),
            paragraph(SIGNED, "{{发文单位}}"),
            paragraph(SIGNED, gap("成文日期", _ISSUER)),
            paragraph(ANNEX, "附件"),
            paragraph(CAPTION, _ENCLOSED),
            table(_listed("各单位", _UNITS), ("单位",)),
            paragraph(BODY_STYLE, ""),
        )
    )
    charts = tuple(chart_part(f"{{{{{name}}}}}", _SAMPLE, size) for name, size in _CHARTS)
    return Document("绩效自评情况通报", body, STYLES, charts, (KAI,)).data()
