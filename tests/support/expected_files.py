"""示例应得的结果（sample_inputs/expected）：照程序现在的结果更新，要人核对的写明“待核”。

得分的算式和每处问题的由来是人照规则写的，不由程序代写：结果变了的，换成新的结果，`why` 写成
“待核：…”；有“待核”的，测试不通过，要有人照规则推一遍再改成自己的话。哪些规则通过、哪些未判、
缺什么，是照抄的，直接更新。
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from read_forms import read_submission

from xltool.assessment.report import make_report
from xltool.collection.beside import narrative_in
from xltool.flags.rule import Outcome
from xltool.scheme.loader import load_scheme_file
from xltool.scoring.catalogue import methods_of, ready_scheme, ready_schemes
from xltool.xlsx.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xltool.assessment.report import Report
    from xltool.finding import Finding
    from xltool.narrative.told import Narrative
    from xltool.scheme.model import Scheme

Json = dict[str, object]

SAMPLES: Final = Path(__file__).parents[2] / "sample_inputs"
PUBLISHED: Final = SAMPLES / "published" / "方案"
OFFICIAL: Final = Path(__file__).parent / "schemes"
UNCHECKED: Final = "待核："
_PLACE: Final = ("code", "severity", "sheet", "cell")
_WIDTH: Final = 110


@cache
def published_schemes() -> dict[str, Scheme]:
    """照录公开的表所用的方案：别的年度的项目表，和只供测试的部门表。"""
    files = (*PUBLISHED.glob("*.toml"), *OFFICIAL.glob("*.toml"))
    return {scheme.id: scheme for scheme in map(load_scheme_file, sorted(files))}


@cache
def outcome(file: str) -> tuple[Report | None, tuple[Finding, ...]]:
    """读一份示例的结果：报告（读不成的没有）和全部问题。"""
    own = published_schemes() if file.startswith("published/") else {}
    reading = read_submission(SAMPLES / file, (*ready_schemes(), *own.values()))
    if reading.submission is None:
        return None, reading.findings
    name = reading.submission.scheme
    scheme, methods = (own[name], methods_of(own[name])) if name in own else ready_scheme(name)
    report = make_report(
        scheme, methods, reading.submission, reading.findings, narrative=_beside(SAMPLES / file)
    )
    return report, report.findings


def _beside(form: Path) -> Narrative | None:
    """与这一份放在一起的自评报告；没有的为空。"""
    path = form.with_name(f"{form.stem}_自评报告.docx")
    if not path.exists():
        return None
    return narrative_in(path.read_bytes(), path.name, Limits())


def expected_files() -> list[Path]:
    """读得到的示例一份一个；最外一层的是整次汇总的，锁文件汇总时就跳过，都不在内。"""
    return sorted((SAMPLES / "expected").glob("*/[!~]*.json"))


def place(finding: Finding) -> tuple[str, str, str, str]:
    """一处问题写成四栏：编码、级别（说明了的写 explained）、工作表、单元格。"""
    level = "explained" if finding.explained else finding.severity.value
    return finding.code, level, finding.sheet, finding.at.a1 if finding.at else ""


def updated(old: Json) -> Json:
    """换成现在的结果；没有变的，人写的话照旧。"""
    report, findings = outcome(str(old["file"]))
    new = old | {"findings": list(_findings(old["findings"], findings))}
    if report is None or "scores" not in old:
        return new
    new["total"] = None if report.total is None else f"{report.total:.2f}"
    new["grade"] = report.grade
    new["scores"] = _scores(old["scores"], report)
    if "unjudged" in old:
        new["unjudged"] = _in_order(old["unjudged"], report.unjudged)
    if "passed" in old:
        new["passed"] = [code for code, one in report.outcomes.items() if one is Outcome.PASS]
    return new


def _findings(old: Iterable[Json], findings: Iterable[Finding]) -> Iterator[Json]:
    """照旧的次序，没有了的去掉，新有的接在后面。"""
    left = list(findings)
    for item in old:
        match = next((one for one in left if place(one) == tuple(item[k] for k in _PLACE)), None)
        if match:
            left.remove(match)
            yield item
    for one in left:
        yield dict(zip(_PLACE, place(one), strict=True)) | {"why": UNCHECKED + one.message}


def _scores(old: dict[str, Json], report: Report) -> dict[str, Json]:
    new = {}
    for line in report.scores:
        score = None if line.score is None else f"{line.score:.2f}"
        known = old.get(line.code)
        kept = known is not None and known["score"] == score
        new[line.code] = known if kept else {"score": score, "why": f"{UNCHECKED}程序算得{score}"}
    return new


def _in_order(old: Json, found: dict[str, tuple[str, ...]]) -> Json:
    """未判的规则：照旧的次序，新有的接在后面。"""
    codes = [code for code in old if code in found]
    codes += [code for code in found if code not in old]
    return {code: list(found[code]) for code in codes}


def written(document: Json) -> str:
    """一项一行；一行放不下的再拆开，好让人看出改了哪一处。"""
    parts = [f" {json.dumps(key)}: {_value(value)}" for key, value in document.items()]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _value(value: object) -> str:
    if not value or not isinstance(value, dict | list):
        return _inline(value)
    if isinstance(value, dict):
        items = [f"{json.dumps(key, ensure_ascii=False)}: {_item(v)}" for key, v in value.items()]
        return "{\n  " + ",\n  ".join(items) + "\n }"
    if all(isinstance(one, str) for one in value):
        return _inline(value)
    return "[\n  " + ",\n  ".join(map(_inline, value)) + "\n ]"


def _item(value: object) -> str:
    text = _inline(value)
    if isinstance(value, list) and len(text) > _WIDTH:
        return "[\n   " + ",\n   ".join(map(_inline, value)) + "\n  ]"
    return text


def _inline(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def update() -> Iterator[Path]:
    """写回；说出变了的各个。"""
    outcome.cache_clear()
    for path in expected_files():
        text = path.read_text("utf-8")
        new = written(updated(json.loads(text)))
        if new != text:
            path.write_text(new, "utf-8")
            yield path
