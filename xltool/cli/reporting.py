"""写通报、报告的过程：认出给的是哪一种，读，填模板，写出，说出写了什么、有几处要补充。"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.cli.documents import SCHEMA, finding_document
from xltool.cli.exits import ExitCode, Failure
from xltool.cli.return_papers import file_stem
from xltool.cli.saved import settled_book
from xltool.cli.submissions import examine, reading_limits
from xltool.cli.text import safe
from xltool.consolidated.saved_book import saved_book
from xltool.excel.keeping import write_beside
from xltool.excel.pristine import State, book_state
from xltool.excel.saved_reviews import OWN_BOOK
from xltool.facts.view import Facts
from xltool.finding import Finding
from xltool.messages import papers as say
from xltool.papers.bulletin import PLACEHOLDERS, bulletin_values
from xltool.papers.bulletin_template import bulletin_template
from xltool.papers.filling import Template, TemplateError
from xltool.papers.runs import gaps_in
from xltool.papers.self_report import placeholders, report_values
from xltool.papers.self_report_template import self_report_template
from xltool.scoring.catalogue import offered_schemes, ready_scheme
from xltool.season.choosing import choosing_of
from xltool.season.names import BULLETIN_FILE, SELF_REPORT_FILE
from xltool.season.register import BULLETIN
from xltool.xlsx.read import read_book

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xltool.cli.console import Console
    from xltool.cli.submissions import Examined
    from xltool.season.folder import Season
    from xltool.season.letter import Letter
    from xltool.xlsx.grid import Book

_BULLETIN: Final = "绩效自评情况通报.docx"
_REPORT: Final = "_自评报告.docx"


class Reporting(NamedTuple):
    """一次：印到哪里、给的文件、写到哪里、照哪个模板、谁发、在哪一季的工作文件夹里。"""

    console: Console
    file: Path
    output: Path | None
    template: Path | None
    letter: Letter
    season: Season | None


class Written(NamedTuple):
    """填好的一份：哪一种、平常叫什么、内容、要说的。"""

    kind: str
    name: str
    data: bytes
    findings: tuple[Finding, ...]


def perform(run: Reporting) -> ExitCode:
    """写一份。

    Raises:
        Failure: 模板不能用，汇总读不了、方案不同。
    """
    own = book_state(run.file) is not State.OTHER
    book = read_book(run.file, OWN_BOOK if own else reading_limits())
    # 存它的程序没有留下文件属性的，也认得出是汇总
    if own or (not isinstance(book, Finding) and saved_book(book) is not None):
        return _saved(run, _bulletin(run, book))
    examined = examine(run.file, opened=book)
    if examined.report is not None:
        return _saved(run, _self_report(run, examined))
    run.console.findings(examined.findings)
    run.console.document(_document("self_report", None, examined.findings, 0))
    run.console.note(f"{safe(examined.file)} 不能读，没有写报告。")
    return ExitCode.FOUND


def save_templates(console: Console, folder: Path) -> ExitCode:
    """另存随程序带的模板。"""
    folder.mkdir(parents=True, exist_ok=True)
    found = {BULLETIN_FILE: bulletin_template(), SELF_REPORT_FILE: self_report_template()}
    kept = [write_beside(folder / name, data) for name, data in found.items()]
    for one in kept:
        console.note(f"已写入 {safe(str(one.path))}")
    console.document({"schema": SCHEMA, "files": [str(one.path) for one in kept]})
    return ExitCode.RENAMED if any(one.renamed for one in kept) else ExitCode.OK


def _bulletin(run: Reporting, book: Book | Finding) -> Written:
    saved, settled = settled_book(run.file, book)
    if run.template is None and run.season is not None:
        run = run._replace(template=run.season.settings[BULLETIN])
    data = bulletin_template() if run.template is None else run.template.read_bytes()
    template = _template(run, data, BULLETIN_FILE, PLACEHOLDERS)
    choosing = choosing_of(run.season.settings if run.season else None)
    filled = template.filled(bulletin_values(saved, settled, run.letter, choosing))
    return Written("bulletin", _BULLETIN, filled, settled.findings)


def _self_report(run: Reporting, examined: Examined) -> Written:
    report, submission = examined.report, examined.reading.submission
    if report is None or submission is None:
        raise TypeError(examined.file)
    scheme, _ = ready_scheme(report.scheme)
    if run.template is None and scheme.of_project:
        fault = say.NOT_DEPARTMENT.finding(form=scheme.variant)
        raise Failure(f"{fault.code} {fault.message}。", fault.remedy)
    alike = [one for one in offered_schemes() if one.of_project == scheme.of_project]
    known = placeholders((scheme, *alike))
    data = self_report_template() if run.template is None else run.template.read_bytes()
    template = _template(run, data, SELF_REPORT_FILE, known)
    filled = template.filled(report_values(Facts(scheme, submission), report, known))
    return Written("self_report", f"{file_stem(report.name)}{_REPORT}", filled, ())


def _template(run: Reporting, data: bytes, usual: str, known: Sequence[str]) -> Template:
    name = safe(run.template.name) if run.template else usual
    try:
        return Template(data, name, known)
    except TemplateError as error:
        raise Failure(f"{error.finding.message}。", error.finding.remedy) from error


def _saved(run: Reporting, written: Written) -> ExitCode:
    target = run.output or Path(written.name)
    kept = write_beside(target, written.data)
    findings = list(written.findings)
    if kept.renamed:
        findings.append(say.OTHER_NAME.finding(file=safe(target.name), other=safe(kept.path.name)))
    gaps = gaps_in(written.data)
    run.console.findings(findings)
    run.console.document(_document(written.kind, str(kept.path), findings, gaps))
    if gaps:
        run.console.note(f"有 {gaps} 处标成黄色，请人补充。")
    run.console.note(f"已写入 {safe(str(kept.path))}")
    return ExitCode.RENAMED if kept.renamed else ExitCode.OK


def _document(
    kind: str, output: str | None, findings: Sequence[Finding], gaps: int
) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "kind": kind,
        "output": output,
        "gaps": gaps,
        "findings": [finding_document(one) for one in findings],
    }
