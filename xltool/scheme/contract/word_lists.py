"""程序自己的字眼表：凭名称、凭写的话判断的规则看哪些字，公式也看；方案另写的以方案为准。"""

from __future__ import annotations

from typing import Final

from xltool.scheme.contract.own import OwnList, OwnOption

BLANK_WORDS: Final = "blank_words"
UNWANTED: Final = "unwanted_words"
LESSER: Final = "lesser_words"
HANDLED: Final = "handled_words"


def _listed(*words: str) -> tuple[OwnOption, ...]:
    """只认字、不必有名字的各项：标识就是第几个。"""
    return tuple(OwnOption(f"word{number}", word) for number, word in enumerate(words, 1))


WORD_LISTS: Final = (
    OwnList(
        BLANK_WORDS,
        "等于没写的话",
        "假设：公开的自评表里常见的，说了等于没说；整格只有这几个字才算",
        _listed(
            *("无", "暂无", "没有", "无原因", "无偏差", "无偏差原因", "没有偏差", "无说明"),
            *("无需说明", "不涉及", "同上", "同前", "如上", "见上", "略", "从略", "详见附件"),
            *("见附件", "附件", "详见报告", "见报告", "详见自评报告", "见自评报告", "另附", "不详"),
            *("/", "／", "\\", "-", "－", "--", "---", "—", "——", "———", "*", "**", "***"),
            *("…", "……", "………", "...", "N/A", "NA", "none", "null", "XX", "XXX"),
        ),
    ),
    OwnList(
        UNWANTED,
        "越少越好的字眼",
        "重建：评价机构复核发现“成本指标用≥”；公开的自评表里投诉、事故、差错一类没有写运算符的常见",
        _listed(
            *("投诉", "事故", "超支", "差错", "失误", "中断", "故障", "违规", "不合格", "延误"),
            *("逾期", "伤亡"),
        ),
    ),
    OwnList(
        LESSER,
        "多半越少越好的字眼",
        "假设：时长、能耗、成本多半是少的好，也有多的好的（如服务时长），所以只说方向不定",
        _listed(
            *("时长", "用时", "恢复时间", "响应时间", "等待时间", "能耗", "损耗", "成本", "费用"),
            *("排放", "误差"),
        ),
    ),
    OwnList(
        HANDLED,
        "做得好的字眼",
        "假设：“投诉办结率”“能耗下降率”是做得好的事，虽有上面的字眼，仍是越多越好",
        _listed(
            *("办结", "处理", "处置", "整改", "排查", "回复", "演练", "防", "查处", "下降"),
            *("降低", "减少", "压减", "节约", "节省", "满意", "及时", "达标", "恢复率", "培训"),
        ),
    ),
)
