"""随表交来的自评报告：各是哪个单位的，一个单位几份的取最后的一份，读表的时候去找。"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.collection.departments import unit_key
from xltool.collection.roster import code_of
from xltool.messages import narrative as say
from xltool.narrative.docx import read_document_bytes
from xltool.narrative.outline import passages
from xltool.narrative.told import Narrative, takes_claims
from xltool.narrative.words import words_of
from xltool.scoring.catalogue import ready_scheme, ready_schemes
from xltool.values import fold, quote
from xltool.values.file_names import listing
from xltool.xlsx.disk import file_bytes
from xltool.xlsx.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from xltool.collection.inbox import Item
    from xltool.collection.matching import Directory
    from xltool.collection.model import Summary
    from xltool.finding import Finding
    from xltool.narrative.heading import Heading
    from xltool.narrative.words import Words
    from xltool.xlsx.limits import Limits

SUFFIX: Final = ".docx"
OTHERS: Final = (SUFFIX, ".doc", ".wps", ".wpt", ".pdf", ".rtf", ".ofd", ".txt")
"""自评报告常存成的各种文件；只有 .docx 读得了。"""
_ANOTHER: Final = (
    "(?!关于|部门|整体|项目|绩效|自评|报告)[一-鿿]{0,15}?"
    "(?:局|院|校|园|所|中心|站|队|馆|会|处|室|公司|办|委|社|厂|场)"
)
"""文件名里，接在单位名称后面，连起来是另一个单位的：教育局的幼儿园。"""


class Written(NamedTuple):
    """一份读得出的自评报告：在哪里、叫什么、内容的指纹，开头写着的。"""

    path: Path
    file: str
    sha256: str
    heading: Heading


@dataclass(frozen=True, slots=True)
class Beside:
    """各单位的自评报告。

    `by_code`、`by_name` 按编码、按（折过的）名称查；`loose` 是报告里的名称对不上的，凭文件名找；
    `settled` 是已经知道不用的，各为什么；`listed` 是各份属名单上的哪个单位；`findings` 是要说明的。
    """

    by_code: Mapping[str, Written] = field(default_factory=dict)
    by_name: Mapping[str, Written] = field(default_factory=dict)
    loose: tuple[Written, ...] = ()
    settled: Mapping[str, str] = field(default_factory=dict)
    listed: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def of(self, name: str, code: str) -> Written | None:
        """一个单位的一份；先看编码，再看名称，再看文件名，几份的文件名里都有的不认。"""
        known = self.by_code.get(code_of(code)) if code_of(code) else None
        known = known or self.by_name.get(fold(name))
        if known is not None or not name:
            return known
        named = [one for one in self.loose if _by_file(one, fold(name))]
        return named[0] if len(named) == 1 else None

    def expected(self, summary: Summary) -> tuple[str, str]:
        """一份报送这一次应当与哪一份报告核对：文件和指纹，没有的空着。"""
        if not takes_claims(ready_scheme(summary.scheme)[0]):
            return "", ""
        found = self.of(summary.name, summary.code)
        return (found.file, found.sha256) if found else ("", "")


def _by_file(one: Written, name: str) -> bool:
    """文件名里写着这个单位，报告里写的名称（前面的地名可以略去）也不是别的单位。"""
    if not re.search(f"{re.escape(name)}(?!{_ANOTHER})", fold(one.file)):
        return False
    inside = [fold(known) for known in one.heading.names]
    return not inside or any(k.endswith(name) or name.endswith(k) for k in inside)


NOTHING: Final = Beside()


def report_words() -> Words:
    """认自评报告看的字；各方案没有另写的都一样。"""
    return words_of(ready_schemes()[0])


def narrative_in(data: bytes, file: str, limits: Limits) -> Narrative:
    """一份自评报告的正文。

    Raises:
        Refused: 读不了。
    """
    document = read_document_bytes(data, file, limits)
    return Narrative(file, document.sha256, passages(document))


def read_again(found: Written | None, limits: Limits) -> Narrative | None:
    """读表的时候再读它的报告；刚才读过以后变了、不在了的，不用。"""
    if found is None:
        return None
    try:
        narrative = narrative_in(file_bytes(found.path, limits), found.file, limits)
    except Refused:
        return None
    return narrative if narrative.sha256 == found.sha256 else None


@dataclass(slots=True)
class _Owner:
    """一个单位：各种名称、编码，交来的各份；`unit` 是名单上的哪个单位，名单外的空着。"""

    names: frozenset[str]
    code: str
    unit: str
    reports: list[Written]


def settle(
    items: Sequence[Item],
    headings: Mapping[str, tuple[str, Heading]],
    directory: Directory | None,
) -> Beside:
    """归到各单位；`headings` 是各份的指纹和开头写着的。"""
    owners: dict[str, _Owner] = {}
    settled = {
        file: say.OF_PROJECT for file, (_, heading) in headings.items() if heading.of_project
    }
    for item in items:
        if item.file in headings and item.file not in settled:
            one = Written(item.path, item.file, *headings[item.file])
            key, owner = _owner(one, directory)
            same = owners.setdefault(key, owner)
            if same is not owner:
                same.names |= owner.names
                same.reports += owner.reports
    by_code: dict[str, Written] = {}
    by_name: dict[str, Written] = {}
    loose: list[Written] = []
    listed: dict[str, str] = {}
    findings: list[Finding] = []
    for owner in owners.values():
        latest, why, note = _latest(owner.reports)
        settled |= why
        findings += [note] if note else []
        if latest is not None:
            by_code |= {owner.code: latest} if owner.code else {}
            by_name |= dict.fromkeys(owner.names, latest)
            loose += [] if owner.unit else [latest]
        listed |= {one.file: owner.unit for one in owner.reports if owner.unit}
    return Beside(by_code, by_name, tuple(loose), settled, listed, tuple(findings))


def _owner(one: Written, directory: Directory | None) -> tuple[str, _Owner]:
    """哪个单位的：名单上的按名单，报告里写着名称的按名称，都没有的凭文件名，先各算各的。"""
    names = frozenset(map(fold, one.heading.names))
    entry = None
    if directory is not None:
        listed = (directory.by_name.get(fold(name)) for name in one.heading.names)
        near = directory.in_path(one.file)
        if near and not any(_by_file(one, name) for name in (fold(near.name), *near.names)):
            near = None
        entry = next(filter(None, listed), near)
    if entry is None:
        return min(names, default=f"\0{one.file}"), _Owner(names, "", "", [one])
    known = frozenset({fold(entry.name), *entry.names}) | names
    owner = _Owner(known, code_of(entry.code), unit_key(entry), [one])
    return fold(entry.name), owner


def _latest(
    listed: Sequence[Written],
) -> tuple[Written | None, dict[str, str], Finding | None]:
    """几份里最后的一份，其余各为什么不用；分不出先后的一份也不用。"""
    distinct = list({one.sha256: one for one in reversed(listed)}.values())[::-1]
    if len(distinct) == 1:
        return distinct[0], {}, None
    dated = [one for one in distinct if one.heading.day is not None]
    newest = max((one.heading.day for one in dated if one.heading.day), default=None)
    last = [one for one in dated if one.heading.day == newest]
    if len(dated) == len(distinct) and len(last) == 1:
        why = say.OLDER.format(file=last[0].file)
        return last[0], {one.file: why for one in listed if one not in last}, None
    reason = say.NO_DATE if len(dated) < len(distinct) else say.SAME_DATE
    names = [one.heading.names[0] for one in distinct if one.heading.names]
    note = say.SEVERAL.finding(
        name=quote(names[0] if names else listed[0].file),
        count=len(distinct),
        files=listing(one.file for one in distinct),
        why=reason,
    )
    return None, {one.file: say.UNDECIDED for one in distinct}, note


def may_be_report(item: Item) -> bool:
    """先读的：名字是 .docx 的。"""
    return item.file.casefold().endswith(SUFFIX)


def stray(file: str, heading: Heading | None) -> Finding:
    """一份谁的也不是的。"""
    names = "、".join(f"“{quote(name)}”" for name in heading.names) if heading else ""
    return say.NO_OWNER.finding(names=names or say.NO_NAME).in_file(file)
