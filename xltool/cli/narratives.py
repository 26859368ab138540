"""命令上与评分表一起给的自评报告（.docx）：各随哪一份评分表核对。"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xltool.cli.submissions import Examined, reading_limits
from xltool.collection.beside import NOTHING, SUFFIX, narrative_in, report_words, settle, stray
from xltool.collection.inbox import Item
from xltool.finding import Finding
from xltool.intake.submission import FormReading
from xltool.messages import narrative as say
from xltool.narrative.docx import trouble
from xltool.narrative.heading import heading_of
from xltool.values.file_names import safe_name
from xltool.xlsx.disk import file_bytes
from xltool.xlsx.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from xltool.collection.beside import Beside
    from xltool.narrative.told import Narrative


@dataclass(frozen=True, slots=True)
class Given:
    """一起给的各份报告，按给的路径；`refused` 是读不了的，各有说明，`used` 是有评分表用到的。

    只给了一份评分表、一份报告的，就是它的；给了几份的，凭单位名称配。
    """

    forms: tuple[Path, ...]
    narratives: Mapping[str, Narrative]
    beside: Beside
    refused: tuple[Examined, ...]
    used: set[str] = field(default_factory=set)

    def of(self, name: str, code: str) -> Narrative | None:
        """一个单位的报告。"""
        written = self.beside.of(name, code)
        file = written.file if written else ""
        if len(self.forms) == len(self.narratives) == 1 and not self.refused:
            (file,) = self.narratives
        self.used.add(file)
        return self.narratives.get(file)

    def left_over(self) -> tuple[Finding, ...]:
        """各份评分表都看过以后，没有核对的报告各是为什么。"""
        loose = (one for one in self.beside.loose if one.file not in self.used)
        return (*self.beside.findings, *(stray(one.file, one.heading) for one in loose))


def given_reports(files: Sequence[Path]) -> Given:
    """命令上给的文件分成评分表和报告，报告都读好。

    Raises:
        Failure: 放宽上限的环境变量写得不对。
    """
    reports = [path for path in files if path.suffix.casefold() == SUFFIX]
    forms = tuple(path for path in files if path not in reports)
    read: dict[str, Narrative] = {}
    refused: list[Examined] = []
    for path in reports:
        result = read_report(path)
        if isinstance(result, Finding):
            reading = FormReading(None, (result,))
            refused.append(Examined(file=safe_name(path.name), reading=reading, report=None))
        else:
            read[safe_name(str(path))] = result[1]  # 各在各的文件夹的，名字可以相同
    words = report_words()
    headings = {file: (one.sha256, heading_of(one.passages, words)) for file, one in read.items()}
    items = [Item(path, safe_name(str(path))) for path in reports]
    beside = settle(items, headings, None) if headings else NOTHING
    return Given(forms, read, beside, tuple(refused))


def read_report(path: Path) -> tuple[str, Narrative] | Finding:
    """读一份自评报告：名字和正文，或读不了的说明。

    Raises:
        Failure: 放宽上限的环境变量写得不对。
    """
    file, limits = safe_name(path.name), reading_limits()
    try:
        narrative = narrative_in(file_bytes(path, limits), file, limits)
    except Refused as refused:
        return trouble(refused).in_file(file)
    return (file, narrative) if narrative.passages else say.EMPTY.finding().in_file(file)
