"""一份报送的结论：得分、疑点、读出的数；不带任何活的对象，可以在进程间传送。"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from xltool.assessment.harm import Harm
from xltool.assessment.noting import Keys
from xltool.assessment.stated import left_finding, with_statements
from xltool.assessment.unfilled import missing_findings, not_counted
from xltool.facts.answers import answers_mark
from xltool.facts.self_scores import SELF_TOTAL
from xltool.facts.typed import canonical, originals
from xltool.facts.view import Facts
from xltool.finding import LONGEST_NAME, bounded, named, tally
from xltool.flags.claims import told_figures
from xltool.flags.judging import findings as flag_findings
from xltool.flags.judging import judge
from xltool.flags.peers import peer_record_of
from xltool.flags.registry import rules_for
from xltool.flags.rule import Case, Outcome
from xltool.narrative.told import with_claims
from xltool.scheme.key import DEPARTMENT, DEPARTMENT_CODE, CellKey
from xltool.scheme.model import SheetKind
from xltool.scoring.catalogue import evaluate
from xltool.scoring.score import Score, Scorecard
from xltool.scoring.scored import scored

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from xltool.assessment.noted import Noted
    from xltool.facts.entry import Submission, Told
    from xltool.facts.last_year import LastYearLookup
    from xltool.facts.lineage import Lineage
    from xltool.facts.statements import Statement
    from xltool.facts.typed import Typed
    from xltool.finding import Finding, Tally
    from xltool.flags.peers import PeerRecord
    from xltool.narrative.told import Narrative
    from xltool.scheme.model import Scheme
    from xltool.scoring.method import Method
    from xltool.scoring.scored import Scored


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """一份报送的结论。

    `name` 是部门名称，`project` 是项目名称，评部门整体的空着。
    `contents` 是读出后写回模板的各格内容，`originals` 是其中填的字与读出的数不同的，照原文；
    `numbers` 是自动计算的项；
    `outcomes` 是每条疑点规则的结果，`unjudged` 是未判的规则缺什么；
    `peer_record` 是拿去与同批比的，单独一份时没有。
    `answers` 是所填内容的指纹，`lineage` 是退回件由哪几份标注而来。
    `narrative`、`narrative_mark` 是一起核对的自评报告和它内容的指纹，没有的空着。
    """

    file: str
    sha256: str
    answers: str
    lineage: Lineage
    scheme: str
    version: str
    code: str
    name: str
    project: str
    self_total: Decimal | None
    self_grade: str
    total: Decimal | None
    grade: str
    scores: tuple[Scored, ...]
    levels: tuple[tuple[str, Decimal | None], ...]
    notes: tuple[Noted, ...]
    outcomes: Mapping[str, Outcome]
    unjudged: Mapping[str, tuple[str, ...]]
    contents: Mapping[CellKey, Typed]
    numbers: Mapping[CellKey, Decimal]
    originals: Mapping[CellKey, str] = field(default_factory=dict)
    peer_record: PeerRecord | None = None
    narrative: str = ""
    narrative_mark: str = ""

    @property
    def scorecard(self) -> Scorecard:
        """全部得分。"""
        scores = tuple(Score(s.code, s.points, s.score, s.trace, used=s.used) for s in self.scores)
        return Scorecard(scores, self.total, self.grade, self.levels)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """全部问题。"""
        return tuple(note.finding for note in self.notes)

    @property
    def worst_first(self) -> tuple[Noted, ...]:
        """全部问题，由重到轻；别处存着的照 `notes` 的次序，凭次序认。"""
        return tuple(sorted(self.notes, key=Harm.of(self.scheme, self.scores).rank))

    @property
    def whose(self) -> str:
        """给人看的名称：部门，评项目的连同项目；没有填的为空串。"""
        return named(*(bounded(one, LONGEST_NAME) for one in (self.name, self.project)))

    @property
    def tally(self) -> Tally:
        """各级别的问题有几条。"""
        return tally(self.findings)

    def text(self, key: str) -> str:
        """封面上一项的内容，给人看。"""
        value = self.contents.get(CellKey("cover", key), "")
        return value.isoformat() if isinstance(value, date) else str(value)


def make_report(  # noqa: PLR0913 - a form, and what it is looked at beside
    scheme: Scheme,
    methods: Iterable[Method],
    submission: Submission,
    reading: Iterable[Finding],
    *,
    years: LastYearLookup | None = None,
    narrative: Narrative | None = None,
    in_batch: bool = False,
) -> Report:
    """计分、查疑，连同读的时候发现的问题，成为一份结论。

    `years` 是上年度的报送；`narrative` 是随表的自评报告，只供查疑，不影响得分；
    `in_batch` 时要放在一批里看的规则先不判，记下拿去比的。
    """
    facts = told = Facts(scheme, submission)
    try:
        told = Facts(scheme, with_claims(facts, narrative)) if narrative else facts
        aids = _Aids(told, narrative, years, in_batch=in_batch)
        return _concluded(facts, methods, reading, aids)
    finally:
        facts.release()
        told.release()


class _Aids(NamedTuple):
    """查疑另外看的：接上了自评报告的填报、那份报告、上年度的报送；是不是在一批里。"""

    told: Facts
    narrative: Narrative | None
    years: LastYearLookup | None
    in_batch: bool


def _concluded(
    facts: Facts,
    methods: Iterable[Method],
    reading: Iterable[Finding],
    aids: _Aids,
) -> Report:
    scheme, submission, in_batch = facts.scheme, facts.submission, aids.in_batch
    scorecard = evaluate(facts, methods)
    code, name = (facts.text(key).strip() for key in (DEPARTMENT_CODE, DEPARTMENT))
    project = facts.project
    last = aids.years.of(name, code, project) if aids.years else None
    verdicts = judge(Case(aids.told, scorecard, last), in_batch=in_batch)
    reported = {hit.key for verdict in verdicts for hit in verdict.hits}
    found = [*reading, *missing_findings(facts, reported)]
    found += not_counted(facts, scorecard.scores, {finding.code for finding in found})
    found += flag_findings(verdicts, aids.told)
    batch = {rule.code for rule in rules_for(scheme) if in_batch and rule.batch}
    later = tuple(one for one in submission.statements if one.code in batch)
    now = [one for one in submission.statements if one not in later]
    contents = canonical(facts)
    return Report(
        file=submission.file,
        sha256=submission.sha256,
        narrative=aids.narrative.file if aids.narrative else "",
        narrative_mark=aids.narrative.sha256 if aids.narrative else "",
        answers=answers_mark(submission),
        lineage=submission.lineage,
        scheme=scheme.id,
        version=scheme.version,
        code=code,
        name=name,
        project=project,
        self_total=facts.number(SELF_TOTAL),
        self_grade=_self_grade(facts),
        total=scorecard.total,
        grade=scorecard.grade,
        scores=tuple(scored(facts, score) for score in scorecard.scores),
        levels=scorecard.by_level,
        notes=_noted(facts, found, now, aids.told.submission.told),
        outcomes={item.rule.code: item.outcome for item in verdicts},
        unjudged={i.rule.code: i.missing for i in verdicts if i.outcome is Outcome.UNJUDGED},
        contents=contents,
        numbers=dict(_computed(facts)),
        originals=originals(facts, contents),
        peer_record=peer_record_of(facts)._replace(
            statements=later, told=tuple(told_figures(aids.told))
        )
        if in_batch
        else None,
    )


def _noted(
    facts: Facts, found: Iterable[Finding], statements: Sequence[Statement], told: Told | None
) -> tuple[Noted, ...]:
    """全部问题，带上单位在退回件里写的说明；说的那一条不在了的，说明排在最后。"""
    keys, file = Keys(facts), facts.submission.file
    listed = [keys.noted(one.in_file(file)) for one in _sorted(facts.scheme, told, found)]
    notes, left = with_statements(facts.scheme, listed, statements)
    return (*notes, *(keys.noted(left_finding(one).in_file(file)) for one in left))


def _computed(facts: Facts) -> Iterator[tuple[CellKey, Decimal]]:
    """自动计算的各项。"""
    for sheet in facts.scheme.sheets:
        fields = [field for field in sheet.fields if field.computation]
        if sheet.kind is SheetKind.FIELDS:
            keys = [CellKey(sheet.key, field.key) for field in fields]
        else:
            rows = facts.submission.records.get(sheet.key, ())
            keys = [CellKey(sheet.key, row, field.key) for row in rows for field in fields]
        for key in keys:
            value = facts.number(key)
            if value is not None:
                yield key, value


def _self_grade(facts: Facts) -> str:
    """单位自评的等级；总分由各行归拢的表不另填，照总分定。"""
    total = facts.number(SELF_TOTAL)
    if facts.scheme.computation(SELF_TOTAL) is None or total is None:
        return facts.text("cover.self_grade")
    return facts.scheme.grade(total)


def _sorted(scheme: Scheme, told: Told | None, findings: Iterable[Finding]) -> list[Finding]:
    """按表、行、列、编码排；不指某一格的在前，自评报告里的在后。"""
    sentences = {place: at for at, place in enumerate(told.places.values())} if told else {}
    order: dict[str, int] = {}
    for number, sheet in enumerate(scheme.sheets):
        order.setdefault(sheet.tab, number)

    def key(finding: Finding) -> tuple[bool, int, str, tuple[int, int], str]:
        at = (finding.at.row, finding.at.col) if finding.at else (0, 0)
        if finding.sheet in sentences:
            return True, sentences[finding.sheet], finding.sheet, at, finding.code
        return False, order.get(finding.sheet, -1), finding.sheet, at, finding.code

    return sorted(findings, key=key)
