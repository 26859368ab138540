"""不论填了什么，规则都要得出结果，不会出错；同样的报送得出同样的结果。"""

from __future__ import annotations

from facts_builder import build_facts
from hypothesis import given
from hypothesis import strategies as st
from sizes import drawn

from xltool.flags.judging import findings, judge
from xltool.flags.rule import Case, Outcome
from xltool.scoring.catalogue import evaluate, ready_scheme

SAMPLES = [
    "405家", "≥33", "0", "0家", "-5", "-5家",
    "1%", "6.70%", "120%", "5万元", "≤40000万元", "0.0001亿元",
    "160万", "2024年12月前", "12月底前", "2024年2月30日", "是", "否",
    "无", "规范", "不规范", "有效促进", "全省前三", "不超过上年",
    "14/51", "5/0", "3至5家", "达成", "未达成", "培训2期、参训120人次",
    "足额保障率=100%", "同比增长5%", "30天内", "0.5个百分点", "—", "XXX",
    "*", "不适用", "#DIV/0!", "1（百分数格）", "99999999999999999999家", "0.000001万元",
    "（见附件）", "1.2.3",
]  # fmt: skip
TEXTS = st.sampled_from(SAMPLES) | st.text(max_size=12)
NUMBERS = st.sampled_from(
    ["", "0", "1", "-3", "97.35", "441.01", "99999999999999999999", "0.000001", "#N/A", "文字"]
)
LEVELS = st.sampled_from(
    [
        ("产出", "数量指标"),
        ("产出", "成本指标"),
        ("产出", "时效指标"),
        ("效益", "满意度指标"),
        ("", ""),
    ]
)
TITLES = st.sampled_from(
    ["资金拨付及时率", "增速高于全市百分数", "事故起数(起)", "合格率", "扶持数量(家次)", ""]
)

FIGURES = TEXTS | st.sampled_from(
    [
        "411×5=2055",
        "76.61亿元÷50.96=约2亿元",
        "1÷0=1",
        "=",
        "超1.9",
        "约2亿元",
        "累计333家",
        "5",
        "6",
    ]
)
TOPICS = st.sampled_from(
    [
        "推动“小升规”企业", "累计推动“小升规”企业", "2023年推动“小升规”企业",
        "推动小升规企业（市级）",
        "重点工作任务", "绩效指标", "产出指标", "均已完成整改", "暂无整改进展", "预算编制情况",
        "决算支出", "资金拨付及时率", "（）", "",
    ]
)  # fmt: skip
REFERENCES = st.sampled_from(["", "1", "1、2", "1-3", "9", "无", "—", "１～２", "0", "9999-1"])
KINDS = st.sampled_from(
    ["", "数据", "算式", "计数", "存在问题", "整改结论", "章节", "自评项目", "改进措施", "别的"]
)
PROBLEMS = st.sampled_from(
    ["预期值过于保守", "指标量化不足", "合同不规范", "资金拨付及时率远高于", ""]
)
PROGRESS = st.sampled_from(["", "已整改", "正在整改。", "未开始", "—", "见附件", "#N/A"])


def narrative() -> st.SearchStrategy[dict[str, list[dict[str, str]]]]:
    """报告正文的各表：关键数据核对、重点任务、上年度整改。"""
    claim = st.fixed_dictionaries(
        {"kind": KINDS, "topic": TOPICS, "figure": FIGURES, "unit": TEXTS, "indicator": REFERENCES}
    )
    problem = st.fixed_dictionaries({"problem": PROBLEMS, "status": PROGRESS, "progress": PROGRESS})
    task = st.fixed_dictionaries({"task": TITLES, "indicator": REFERENCES})
    return st.fixed_dictionaries(
        {
            "claims": st.lists(claim, max_size=6),
            "rectification": st.lists(problem, max_size=3),
            "tasks": st.lists(task, max_size=3),
        }
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    scheme, methods = ready_scheme("jiangmen-2025-special")
    numeric = [f"finance.{field.key}" for field in scheme.sheet("finance").fields]
    numeric += ["cover.self_total", "cover.year", "cover.indicator_count"]
    fields = {name: draw(NUMBERS) for name in draw(st.sets(st.sampled_from(numeric)))}
    rows = []
    for _ in range(draw(st.integers(0, 3))):
        level1, level2 = draw(LEVELS)
        row = {"level1": level1, "level2": level2, "title": draw(TITLES)}
        row |= {"expected": draw(TEXTS), "actual": draw(TEXTS), "unit": draw(TEXTS)}
        rows.append(row)
    fund = {"name": draw(TITLES), "planned": draw(NUMBERS), "paid": draw(NUMBERS)}
    fund |= {"reported_rate": draw(NUMBERS), "as_of": draw(TEXTS)}
    form = {"03": {"self_score": draw(NUMBERS)}, "08": {"self_score": draw(NUMBERS)}}
    records = {"indicators": rows, "funds": [fund], **draw(narrative())}
    facts = build_facts(scheme, fields, records, form)
    return Case(facts, evaluate(facts, methods))


@drawn(100)
@given(cases())
def test_every_rule_reaches_an_outcome(case: Case) -> None:
    verdicts = judge(case)
    for verdict in verdicts:
        assert (verdict.outcome is Outcome.HIT) == bool(verdict.hits)
        assert verdict.outcome is not Outcome.PASS or not verdict.missing
    found = findings(verdicts, case.facts)
    assert found == findings(judge(case), case.facts)
    assert all(item.message and item.remedy and item.sheet for item in found)


@drawn(40)
@given(cases())
def test_a_cell_is_flagged_once_by_one_rule(case: Case) -> None:
    for verdict in judge(case):
        told = [(hit.key, hit.message) for hit in verdict.hits]
        assert len(told) == len(set(told))
