"""封闭的词表：比较词、增减词、状态词、等级词……各种读法都从这里取词。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from xltool.values.kinds import Direction, Operator

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")


def split_words(text: str) -> tuple[str, ...]:
    """空白隔开的几个词。"""
    return tuple(text.split())


def meanings(table: Mapping[T, str]) -> dict[str, T]:
    """意思对几个词的表，翻成每个词的意思。"""
    return {word: meaning for meaning, words in table.items() for word in words.split()}


OPERATORS: Final = meanings({
    Operator.GE: ">= ≥ ≧ ⩾ => ≥= 大于等于 大于或等于 不低于 不少于 不小于 不得低于 不得少于 "
                 "至少 最少 达到 达",
    Operator.LE: "<= ≤ ≦ ⩽ =< ≤= 小于等于 小于或等于 不高于 不超过 不大于 不多于 不得超过 "
                 "不得高于 至多 最多 控制在 不突破",
    Operator.GT: "> 大于 高于 超过 超 多于 优于",
    Operator.LT: "< 小于 低于 少于",
    Operator.EQ: "= == 等于 为",
    Operator.APPROX: "≈ 约 大约 约为 大概 近",
})  # fmt: skip
# 输入法里的书名号常被当作大于、小于号打出来
SUSPECTS: Final = meanings({Operator.GE: "》 〉 》= 〉=", Operator.LE: "《 〈 《= 〈="})
TAILS: Final = meanings({
    Operator.GE: "以上 及以上 及其以上 或以上 (含)以上 (含)及以上 含以上 (含本数)以上",
    Operator.LE: "以下 及以下 及其以下 或以下 (含)以下 (含)及以下 以内 及以内 之内 内 封顶",
    Operator.GT: "余 多",
    Operator.APPROX: "左右 上下",
})  # fmt: skip
# 单独写在运算符一栏的，另有这几样说法
DIRECTIONS: Final = meanings({
    Operator.GE: "正向 正向指标 越大越好 越高越好",
    Operator.LE: "反向 反向指标 逆向 越小越好 越低越好",
})  # fmt: skip
GROWTH_BASES: Final = split_words("""
    同比 环比 年均 较上年 比上年 较上年度 比上年度 较去年 比去年 较上一年 比上一年
    较上年同期 比上年同期 较去年同期 比去年同期
""")
GROWTH_VERBS: Final = meanings({
    Direction.UP: "增长 增长率 增幅 提高 提升 上升 增加",
    Direction.DOWN: "下降 下降率 降低 减少 压减 压缩 降幅",
})  # fmt: skip
LEADS: Final = split_words("""
    共 共计 合计 累计 完成 已完成 共完成 累计完成 实际 实际完成 新增 全年 全年共 全年完成
    力争 确保 保证 保持
""")
NOUNS: Final = split_words("""
    企业 工业企业 规上企业 单位 项目 学员 人员 群众 职工 村 镇 街道 园区 平台 活动 培训 培训班
    会议 任务 课题 报告 文件 制度 设备 车辆 学校 医院 社区 岗位 工程 建筑 用户 农户 居民
""")

# 记录表里最常见的不是记录的行；表里的自查和条件格式只认这几样写法，程序认得更多
NO_RECORDS: Final = split_words("""
    合计 小计 总计 共计 累计 … …… ... ...... 。 。。。
    以下空白 （以下空白） (以下空白) 此行以下空白 以下无内容 以下为空 以下无正文
""")
NOT_APPLICABLE: Final = split_words("""
    空 空白 无 暂无 不适用 不涉及 未涉及 不需要 略 未填 未填写 无此项 n/a na none null
""")
TRUTHS: Final = meanings({
    True: "是 有 对 √ ✓ ✔ ☑ y yes true",
    False: "否 没有 错 × ✗ ✘ ☒ n no false",
})  # fmt: skip
TRUTH_SPECS: Final = split_words("""
    是/否 是或否 有/无 有或无 是、否 有、无 □是□否 是□否□ √/× 对/错
""")
STATES: Final[dict[str, bool | None]] = meanings({
    True: """
        规范 及时 完成 已完成 全部完成 全面完成 按时完成 按期完成 如期完成 及时完成 按计划完成
        通过 已通过 验收通过 通过验收 已验收 达标 已达标 合格 验收合格 符合 符合要求 符合标准
        符合规定 合规 合法合规 健全 完善 完备 完整 充分 准确 真实 有效 安全 公开 已公开 落实 已落实
        建立 已建立 按时 按期 准时 到位 执行到位 足额 已开展 已开工 已竣工 已实施 已执行 已发放
        已拨付 正常 稳定 满意 可持续 无事故 无违规
    """,
    False: """
        不规范 不及时 未完成 未按时完成 未按期完成 未通过 不通过 未验收 未达标 不达标 不合格
        验收不合格 不符合 不符合要求 不符合标准 不合规 不健全 不完善 不完整 不充分 不准确 无效
        未公开 未落实 未建立 不按时 滞后 延期 逾期 不到位 未开展 未开工 未竣工 未实施 未执行 未拨付
        异常 不稳定 不满意
    """,
    None: "部分完成 基本完成 进行中 正在进行",
})  # fmt: skip
TIERS: Final[dict[str, str]] = {
    f"{start}{what}{end}": tier
    for tier, start, end in (
        ("A", "达成", ""), ("A", "全部达成", ""),
        ("B", "部分达成", ""), ("B", "部分达成", "并具有一定效果"),
        ("C", "未达成", ""), ("C", "未达成", "且效果较差"),
    )
    for what in ("", "年度指标", "预期指标", "年度目标", "预期目标", "指标", "目标")
}  # fmt: skip
GRADES: Final = split_words("优 良 中 差 优秀 良好 中等 一般 较好 较差 优良 特级 a b c d")
GRADE_LEVELS: Final = split_words("""
    优秀 良好 中等 合格 一等 二等 三等 特等 一级 二级 三级 四级 五级 甲级 乙级 丙级
""")
REGIONS: Final = split_words("""
    全国 全省 全市 全县 全区 省内 市内 珠三角 粤港澳大湾区 大湾区 同类城市 地级市 各地市 各县区
""")
BASELINES: Final = split_words("""
    上年 去年 上一年 上年度 去年度 上年同期 去年同期 上年水平 上年度水平 上年数 上年实际
    上年实际数 上年预算 上年预算数 预算 预算数 年初预算 年初预算数 全国平均水平 全省平均水平
    全市平均水平 平均水平
""")
RELATIVES: Final = split_words("""
    零增长 负增长 正增长 持平 基本持平 只减不增 不增加 不增长 不减少 不下降 不上升
""")
ERRORS: Final = split_words("""
    #div/0! #n/a #name? #null! #num! #ref! #value! #spill! #calc! #getting_data #field!
    #blocked! #unknown! #connect! #busy! #external! #python!
""")
