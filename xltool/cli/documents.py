"""--json 的文档：公开的约定，键不变；数一律写成字符串，免得走样。"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from xltool.cli.indicators import indicator_documents, number_text
from xltool.collection.lower import LowerVerdict
from xltool.finding import tally
from xltool.flags.page import thresholds_of, worded
from xltool.flags.rule import Outcome
from xltool.values import Measure, plain
from xltool.values.masking import masked

if TYPE_CHECKING:
    from collections.abc import Collection as Keys
    from collections.abc import Iterable, Sequence

    from xltool.assessment.report import Report
    from xltool.cli.submissions import Examined
    from xltool.collection.lower import LowerBook
    from xltool.collection.model import Collection, Unit
    from xltool.facts.entry import EntryValue, Submission
    from xltool.finding import Finding
    from xltool.flags.rule import Rule
    from xltool.intake.submission import FormReading
    from xltool.narrative.filling import Plan
    from xltool.scheme.model import Scheme

Document = dict[str, object]

SCHEMA: Final = "xltool/1"
_OUTCOMES: Final = {Outcome.HIT: "hit", Outcome.PASS: "pass", Outcome.UNJUDGED: "unjudged"}


def finding_document(finding: Finding) -> Document:
    """一条问题。"""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "file": finding.file,
        "sheet": finding.sheet,
        "cell": finding.at.a1 if finding.at else "",
        "message": masked(finding.message),
        "remedy": masked(finding.remedy),
        "explained": masked(finding.explained) or None,
    }


def check_document(examined: Iterable[Examined], reports: Sequence[Finding]) -> Document:
    """检查的文档；`reports` 是一起给而没有核对的自评报告，有才列。"""
    results = list(examined)
    findings = [*reports, *(finding for item in results for finding in item.findings)]
    told = {"reports": [finding_document(one) for one in reports]} if reports else {}
    return {
        "schema": SCHEMA,
        "files": [_checked(item) for item in results],
        "counts": {
            "found": len(results),
            "readable": sum(item.report is not None for item in results),
            "refused": sum(item.report is None for item in results),
            **tally(findings)._asdict(),
        },
        **told,
    }


def score_document(examined: Examined, output: str | None) -> Document:
    """计分的文档。"""
    report = examined.report
    return {
        "schema": SCHEMA,
        "file": examined.file,
        "sha256": examined.sha256,
        "ok": report is not None,
        "scheme": _scheme(report),
        "unit": _unit_name(report),
        "total": number_text(report.total if report else None),
        "self_total": number_text(report.self_total if report else None),
        "grade": report.grade if report else "",
        "self_grade": report.self_grade if report else "",
        "indicators": indicator_documents(report) if report else [],
        "findings": _findings(examined.findings),
        "output": output,
    }


def read_document(reading: FormReading, file: str) -> Document:
    """读出的值的文档。"""
    submission = reading.submission
    scheme, values = None, {}
    if submission is not None:
        scheme = {"id": submission.scheme, "version": submission.version}
        for key, entry in submission.entries.items():
            sheet, cell = entry_place(submission, key)
            value = {"value": value_text(entry.value), "raw": entry.raw}
            values[str(key)] = {**value, "sheet": sheet, "cell": cell}
    return {
        "schema": SCHEMA,
        "file": file,
        "ok": submission is not None,
        "scheme": scheme,
        "values": values,
        "findings": _findings(reading.findings),
    }


def collect_document(collection: Collection, output: str, returned: Keys[str] = ()) -> Document:
    """汇总的文档；`returned` 是复核退回的（按单位的 `key`）。"""
    from xltool.cli.standing import standing_document  # names of the book's sheets, heavy

    counts = collection.counts
    own = [finding for item in collection.files for finding in item.findings]
    units = [_unit(unit) for unit in collection.units]
    return {
        "schema": SCHEMA,
        "scheme": _common_scheme(collection),
        "files": [
            {
                "file": item.file,
                "sha256": item.sha256,
                "status": item.status.value,
                "reason": masked(item.reason),
                "instead": item.instead,
            }
            for item in collection.files
        ],
        "units": units,
        "standing": standing_document(collection, returned),
        "findings": _findings([*collection.findings, *own]),
        "counts": {
            "found": counts.found,
            "adopted": counts.adopted,
            "returned": counts.returned,
            "pending": counts.pending,
            "blank": counts.blank,
            "replaced": counts.replaced,
            "attached": counts.attached,
            "skipped": counts.skipped,
            "unreadable": counts.unreadable,
            **counts.problems._asdict(),
        },
        "lower": [_lower(book) for book in collection.lower],
        "output": output,
    }


def claims_document(report: str, output: str, plan: Plan) -> Document:
    """从自评报告填进“关键数据核对”的各条。"""
    return {
        "schema": SCHEMA,
        "report": report,
        "output": output,
        "found": plan.found,
        "left": plan.left,
        "claims": [line.line.cells for line in plan.written],
    }


def rule_document(rule: Rule, scheme: Scheme) -> Document:
    """一条规则的说明，界限的数和各栏的叫法取自方案。"""
    said = worded(rule, scheme)
    return {
        "code": rule.code,
        "title": said.title,
        "severity": rule.severity.value,
        "also": [severity.value for severity in rule.also],
        "why": said.why,
        "thresholds": list(thresholds_of(rule, scheme)),
        "source": rule.source,
        "remedy": said.remedy,
        "fires": said.fires,
        "silent": said.silent,
    }


def value_text(value: EntryValue) -> str | None:
    """读出的值：数写成不走样的字符串，日期写成 2025-04-18，没有值为空。"""
    if value is None:
        return None
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Measure):
        return value.raw if value.number is None else plain(value.number)
    return value


def entry_place(submission: Submission, key: object) -> tuple[str, str]:
    """一格在报送文件里的工作表和单元格。"""
    place = submission.place(key)  # type: ignore[arg-type]  # keys come from the same submission
    return (place.sheet, place.at.a1) if place else ("", "")


def _checked(item: Examined) -> Document:
    """查过的一份；每条疑点规则都有结果，未判的写明缺什么。"""
    report = item.report
    rules: Document = {}
    if report is not None:
        for code, outcome in report.outcomes.items():
            missing = list(report.unjudged.get(code, ()))
            rules[code] = {"outcome": _OUTCOMES[outcome], "missing": missing}
    return {
        "file": item.file,
        "sha256": item.sha256,
        "ok": report is not None,
        "scheme": _scheme(report),
        "unit": _unit_name(report),
        "findings": _findings(item.findings),
        "rules": rules,
    }


def _unit(unit: Unit) -> Document:
    """一个单位；采用的一份报送才有得分和问题，豁免了的问题写着理由。"""
    report = unit.report() if unit.adopted else None
    findings = [
        finding_document(note.finding.in_file(unit.file))
        | {"waived": note.waiver or None, "statement": masked(note.statement)}
        for note in (unit.notes() if report else ())
    ]
    return {
        "code": unit.code,
        "name": unit.name,
        "department": unit.department,
        "project": unit.project,
        "scheme": _scheme(report),
        "file": unit.file,
        "status": unit.status.value,
        "group": unit.group,
        "owed": [
            {"form": one.form, "project": one.project, "met": one.met, "file": one.file}
            for one in unit.owed
        ],
        "total": number_text(unit.total),
        "self_total": number_text(unit.self_total),
        "grade": unit.grade,
        "indicators": indicator_documents(report) if report else [],
        "findings": findings,
    }


def _lower(book: LowerBook) -> Document:
    """一本下级的汇总：各单位的得分和复核意见，各有在这一本里的位置。"""
    fields = LowerVerdict._fields[1:]
    return {
        "file": book.file,
        "sha256": book.sha256,
        "units": [
            {
                "through": [book.file, *unit.beneath],
                "code": unit.code,
                "department": unit.department,
                "project": unit.project,
                "form": unit.form,
                "status": unit.status,
                "self_total": number_text(unit.self_total),
                "total": number_text(unit.total),
                "grade": unit.grade,
                "reviewed": number_text(unit.reviewed),
                "match": unit.match,
                "place": unit.place,
                "file": unit.file,
                "sha256": unit.sha256,
            }
            for unit in book.units
        ],
        "verdicts": [
            {"through": [book.file, *beneath], **dict(zip(fields, said, strict=True))}
            for beneath, *said in book.verdicts
        ],
    }


def _common_scheme(collection: Collection) -> Document | None:
    """各单位共用的方案；用了几种或一份也没有采用时为空。"""
    reports = (unit.report() for unit in collection.units if unit.adopted)
    used = {(report.scheme, report.version) for report in reports}
    if len(used) != 1:
        return None
    ((scheme, version),) = used
    return {"id": scheme, "version": version}


def _scheme(report: Report | None) -> Document | None:
    return {"id": report.scheme, "version": report.version} if report else None


def _unit_name(report: Report | None) -> Document | None:
    return {"code": report.code, "name": report.name, "project": report.project} if report else None


def _findings(findings: Iterable[Finding]) -> list[Document]:
    return [finding_document(finding) for finding in findings]
