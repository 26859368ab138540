"""要退回的各单位：哪一份的哪几条须改正、哪几条须说明；复核人员的意见也算在内。"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.assessment.harm import Harm
from xltool.assessment.noted import Noted
from xltool.collection.report_slices import SCORES
from xltool.collection.reviewed import counted_as, duty_of
from xltool.collection.statuses import RESEND, Due, FileStatus, UnitStatus
from xltool.collection.unit_standings import unit_standings
from xltool.collection.verdicts import DUE, Opinion
from xltool.finding import Severity
from xltool.messages import collection as say
from xltool.messages import files as say_files
from xltool.messages import form as say_form
from xltool.messages.waivers import WAIVED
from xltool.values import fold

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from xltool.collection.model import Collection, FileOutcome, Unit
    from xltool.collection.verdicts import Reviews
    from xltool.finding import Finding

_STRANGE: Final = frozenset(
    one.code
    for one in (
        say_form.NOT_OURS,
        say_form.IS_COLLECTED,
        say_files.NOT_A_FILE,
        say_files.PLAIN_TEXT,
        say_files.HTML,
        say_files.PDF,
        say_files.COMPRESSED,
        say_files.WORD,
        say_files.SLIDES,
        say_files.PICTURE,
        say_files.SHORTCUT,
        say_files.OFD,
        say_files.UNKNOWN,
        say_files.NO_SHEETS,
    )
)
"""不是表格，或不是自评表：看不出是谁的，就不当作谁的报送。"""
_NOT_ADOPTED: Final = (UnitStatus.RETURNED, UnitStatus.ABSENT)
REFILL: Final = frozenset(
    one.code
    for one in (
        say_form.NOT_OURS,
        say_form.IS_COLLECTED,
        say_form.UNKNOWN_SCHEME,
        say_form.OTHER_VERSION,
        say_files.PLAIN_TEXT,
        say_files.HTML,
        say_files.WORD,
        say_files.SLIDES,
        say_files.PICTURE,
        say_files.NO_SHEETS,
        say.OTHER_FORM,
    )
)
"""表不对的：在原来的文件上改不成，要换空白表重填。"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """要退回的一份：哪个文件，须改正的、须说明的各是哪几条，`notes` 是清单上全部要列的。

    `project` 是评的项目，`forms` 是应报的表种；
    `answers` 是所填内容的指纹，`scheme` 是用的方案，读不成一份报送的都空着；
    `readable` 是表格打得开。
    """

    file: str
    sha256: str
    project: str
    must: tuple[Noted, ...]
    explain: tuple[Noted, ...]
    notes: tuple[Noted, ...]
    answers: str = ""
    scheme: str = ""
    readable: bool = True
    forms: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """文件自己的名字：收在哪个文件夹里，是收表的人的事。"""
        return PurePosixPath(self.file).name

    @property
    def refill(self) -> bool:
        """是不是要换空白表重填。"""
        return any(one.finding.code in REFILL for one in self.must)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """要退回的一个单位：名称、编码，要退回的各份。

    `named` 是知道是哪个单位的；`lacking` 是只交来自评报告，评分表还没有收到。
    """

    name: str
    code: str
    parts: tuple[Part, ...]
    named: bool = True
    lacking: bool = False

    @property
    def must(self) -> int:
        """须改正的几处。"""
        return sum(len(part.must) for part in self.parts)

    @property
    def explain(self) -> int:
        """须说明的几处。"""
        return sum(len(part.explain) for part in self.parts)


class Cases(NamedTuple):
    """要退回的各单位，依汇总的次序；只有须说明而没有退回的几份；看不出是谁的报送、不写通知的文件。"""

    cases: tuple[Case, ...]
    left: int
    strange: tuple[str, ...]


def cases_of(collection: Collection, reviews: Reviews, *, explain: bool) -> Cases:
    """要退回的各单位。

    采用的，有须改正的才退回；`explain` 时，只有须说明的也退回。退回的、不能读的都要退回，
    看不出是谁的报送的除外。
    """
    strange: list[str] = []
    other_forms = {one.file: one for one in collection.findings if one.code == say.OTHER_FORM.code}
    found: dict[str, list[tuple[Unit | None, Part]]] = {}
    left = 0
    digests = {item.file: item.sha256 for item in collection.files}
    for unit in collection.units:
        part = _adopted(unit, digests[unit.file], reviews) if unit.adopted else None
        asked = part is not None and (part.must or (explain and part.explain))
        if asked and part is not None and unit.due is Due.OTHER_FORM:
            part = _on_other_form(part, other_forms)
        if part is not None and (part.must or (explain and part.explain)):
            found.setdefault(_whose(unit), []).append((unit, part))
        elif part is not None and part.explain:
            left += 1
    homes = _homes(collection.units)
    for item in collection.files:
        home = homes.get(item.unit)
        if item.status in RESEND and home is None and _is_strange(item):
            strange.append(item.file)
        elif item.status in RESEND and (home is None or home.status in _NOT_ADOPTED):
            key = _whose(home) if home else f"\0{item.file}"
            found.setdefault(key, []).append((home, _refused(item, home)))
    standings = unit_standings(collection.units)
    nothing = {one.key for one in standings if one.status is UnitStatus.ABSENT}
    cases = tuple(_case(parts, nothing) for parts in found.values())
    return Cases(cases, left, tuple(strange))


def _homes(units: Sequence[Unit]) -> Mapping[str, Unit]:
    """退回的文件凭单位、凭那一份的标识归到哪一行；只知道是哪个单位的，归到还没有采用的一份。"""
    listed = [unit for unit in reversed(units) if unit.owner]
    lacking = [unit for unit in listed if unit.status in _NOT_ADOPTED]
    homes = {unit.owner: unit for unit in (*listed, *lacking)}
    own = {unit.key: unit for unit in units}
    return homes | {
        key: unit for key, unit in own.items() if key not in homes or unit.status in _NOT_ADOPTED
    }


def _whose(unit: Unit) -> str:
    return unit.owner or fold(unit.department)


def _case(parts: Sequence[tuple[Unit | None, Part]], nothing: Container[str]) -> Case:
    """一个单位要退回的；`nothing` 是一份表也没有交来的单位。"""
    unit = parts[0][0]
    listed = tuple(part for _, part in parts)
    if unit is None:
        return Case(name=listed[0].name, code="", parts=listed, named=False)
    lacking = unit.owner in nothing
    return Case(name=unit.department, code=unit.code, parts=listed, lacking=lacking)


def _adopted(unit: Unit, digest: str, reviews: Reviews) -> Part:
    """采用的一份，各条由重到轻；复核人员说采信、不成立的不再提，说须改正、退回的都要改正。"""
    notes = unit.notes()
    scores = unit.slice(SCORES)
    harm = Harm.of(unit.scheme, scores if isinstance(scores, tuple) else ())
    listed = sorted(_listed(unit, notes, reviews), key=lambda pair: harm.rank(pair[1]))
    return Part(
        file=unit.file,
        sha256=digest,
        project=unit.project,
        must=tuple(one for duty, one in listed if duty is Severity.ERROR),
        explain=tuple(one for duty, one in listed if duty is Severity.WARNING),
        notes=tuple(one for _, one in listed),
        answers=unit.answers,
        scheme=unit.scheme,
        forms=unit.variants,
    )


def _on_other_form(part: Part, told: Mapping[str, Finding]) -> Part:
    """表种不对的，先说换表：在原来的表上改好了还是要退。"""
    finding = told.get(part.file)
    if finding is None:
        return part
    return replace(part, must=(Noted(finding, None), *part.must))


def _is_strange(item: FileOutcome) -> bool:
    """不像谁的报送。"""
    return any(one.code in _STRANGE for one in item.findings)


def _listed(
    unit: Unit, notes: Iterable[Noted], reviews: Reviews
) -> Iterator[tuple[Severity, Noted]]:
    """问题清单上列的，和各算哪一级，连同要单位改的意见：豁免了的、复核人员说采信、不成立的不列。"""
    for index, note in enumerate(notes):
        carried = reviews.findings.get((unit.key, index))
        opinion = carried.opinion if carried else Opinion()
        duty = duty_of(WAIVED if note.waiver else note.finding.label, opinion.value)
        if duty is None:
            continue
        word = counted_as(opinion.value)
        said = "：".join(filter(None, (word, str(opinion.reason)))) if word in DUE else ""
        yield duty, note._replace(opinion=said)


def _refused(item: FileOutcome, home: Unit | None) -> Part:
    """退回的、不能读的一份：它的错误都须改正；只知道是哪个单位的，不说是哪个项目。"""
    own = home if home and item.file in home.files else None
    listed = (Noted(one, None) for one in item.findings)
    notes = tuple(sorted(listed, key=Harm.of("", ()).rank))
    due = [one for one in notes if one.finding.severity is Severity.ERROR]
    return Part(
        file=item.file,
        sha256=item.sha256,
        project=own.project if own else "",
        must=tuple(due) or notes,
        explain=(),
        notes=notes,
        readable=item.status is FileStatus.RETURNED,
        forms=own.variants if own else (),
    )
