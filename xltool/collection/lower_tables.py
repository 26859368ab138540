"""下级的汇总里要读哪几张表、各栏认得的表头；表头与汇总印出的相同，由测试来回核对。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.collection.verdicts import FINDING_HEADINGS, GONE_HEADINGS, SCORE_HEADINGS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class LowerSheet(NamedTuple):
    """要找的一种表：叫什么、各栏认得的表头、非有不可的栏。"""

    name: str
    headings: Mapping[str, Sequence[str]]
    needed: tuple[str, ...]


_UNIT: Final = {
    "code": ("预算编码",),
    "name": ("单位名称",),
    "project": ("项目名称",),
    "status": ("报送状态",),
    "self_total": ("自评得分",),
    "total": ("系统得分",),
    "grade": ("系统等级",),
    "reviewed": ("复核得分",),
}
SUMMARY: Final = LowerSheet(
    "汇总",
    {"no": ("单位序号",), **_UNIT, "file": ("来源文件",)},
    ("no", "name", "status", "total", "reviewed", "file"),
)
# 复核人员填的各栏，先后几版叫法不同
REVIEW: Final[Mapping[str, tuple[str, ...]]] = {
    "verdict": FINDING_HEADINGS["verdict"][:1],
    "points": (*SCORE_HEADINGS["verdict"], "复核调整（分）", "复核得分或调整（分）"),
    "reason": (*FINDING_HEADINGS["reason"], "理由"),
    "reviewer": FINDING_HEADINGS["reviewer"],
    "day": FINDING_HEADINGS["day"],
}
DETAILS: Final = LowerSheet(
    "得分明细",
    {"no": ("单位序号",), "about": SCORE_HEADINGS["code"], "name": SCORE_HEADINGS["name"]}
    | {"fact": SCORE_HEADINGS["title"], "score": ("系统得分",), "trace": ("计算过程",), **REVIEW},
    ("no", "about", "score", "trace"),
)
FILES: Final = LowerSheet(
    "文件清单", {"file": ("文件",), "sha256": ("内容指纹（SHA-256）",)}, ("file", "sha256")
)
DOUBTS: Final = LowerSheet(
    "疑点清单",
    {
        "name": FINDING_HEADINGS["name"],
        "about": FINDING_HEADINGS["code"],
        "where": FINDING_HEADINGS["where"],
        "fact": FINDING_HEADINGS["message"],
        **REVIEW,
    },
    ("name", "about", "where", "fact"),
)
LEVELS: Final = LowerSheet(
    "各级单位",
    {"through": ("来源汇总",), "form": ("表种",), **_UNIT, "match": ("核对",)}
    | {"file": ("报送文件",), "sha256": ("报送的指纹（SHA-256）",)},
    ("through", "name", "status", "total", "reviewed", "file"),
)
OPINIONS: Final = LowerSheet(
    "下级复核意见",
    {
        "through": ("来源汇总",),
        "name": ("单位",),
        "about": GONE_HEADINGS["code"],
        "where": ("位置",),
    }
    | {"fact": ("事实",), **REVIEW},
    ("through", "name", "about", "verdict"),
)
