"""退回的各份：标注好的退回件和通知，写进退回文件夹；由同样的东西写成的不再写。"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Final, NamedTuple

import xltool
from xltool.cli.issued_blanks import issued_blank
from xltool.finding import Finding
from xltool.marking.annotate import Job
from xltool.marking.isolated import Annotator
from xltool.marking.live_words import Live, live_words
from xltool.messages import marking as say_marking
from xltool.messages import papers as say
from xltool.papers.notice import Notice, notice_values, part_basis
from xltool.values.file_names import plain_part
from xltool.xlsx.disk import file_bytes
from xltool.xlsx.limits import Limits
from xltool.xlsx.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from xltool.collection.returning import Case, Part
    from xltool.excel.returns_folder import ReturnsFolder, Slot
    from xltool.papers.filling import Template
    from xltool.season.letter import Letter

COPY, NOTICE = "_退回修改.xlsx", "_通知.docx"
_LONGEST: Final = 150  # 字节，连同项目和后缀不超过文件名的上限
_BATCH: Final = 16  # 一次交去标注几份：内容都在内存里


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """写到哪里、照哪个模板、谁退回、今天是哪天；报送文件、下发的空白表在哪里；重名的单位。"""

    returns: ReturnsFolder
    template: Template
    letter: Letter
    today: date
    paths: Mapping[str, Path]
    shared: frozenset[str]
    issued: Path | None = None
    jobs: int | None = None


@dataclass(slots=True)
class Sent:
    """一个单位的：各份的退回件、要换的空白表叫什么，通知叫什么；不能标注的为什么，让开了谁改过的。"""

    case: Case
    stem: str
    copies: dict[str, str] = field(default_factory=dict)
    blanks: dict[str, str] = field(default_factory=dict)
    notice: str = ""
    problems: list[Finding] = field(default_factory=list)
    edited: list[Finding] = field(default_factory=list)

    @property
    def document(self) -> dict[str, object]:
        """在 JSON 里的样子。"""
        files = [
            {
                "file": part.file,
                "output": self.copies.get(part.file),
                "blank": self.blanks.get(part.file),
                "must": len(part.must),
                "explain": len(part.explain),
            }
            for part in self.case.parts
        ]
        return {
            "name": self.case.name,
            "code": self.case.code,
            "files": files,
            "notice": self.notice,
        }


class _Due(NamedTuple):
    """要标注的一份。"""

    sent: Sent
    part: Part
    slot: Slot
    job: Job


def file_stem(name: str) -> str:
    """文件名里用的单位名称：只留文字和数字，长的截短。"""
    stem = plain_part(name).strip("_") or "单位"
    while len(os.fsencode(stem)) > _LONGEST:
        stem = stem[:-1]
    return stem


def write_papers(papers: Papers, cases: Sequence[Case]) -> tuple[Sent, ...]:
    """写出各单位的；先标注，再写通知：通知里写着附件叫什么。"""
    sent = [Sent(case, stem) for case, stem in zip(cases, _stems(papers, cases), strict=True)]
    due = [one for each in sent for one in _due(papers, each)]
    with Annotator(jobs=papers.jobs) as annotator:
        for start in range(0, len(due), _BATCH):
            batch = due[start : start + _BATCH]
            jobs = [_loaded(papers, one) for one in batch]
            ready = [job for job in jobs if isinstance(job, Job)]
            results = iter(annotator.all_annotated(ready))
            for one, job in zip(batch, jobs, strict=True):
                _keep(papers, one, next(results) if isinstance(job, Job) else job)
    for each in sent:
        _put_blanks(papers, each)
        _write_notice(papers, each)
    return tuple(sent)


def _stems(papers: Papers, cases: Sequence[Case]) -> Iterator[str]:
    """各单位的文件名；重名的接上编码，还重名的编号。"""
    used: dict[str, int] = {}
    for case in cases:
        name = case.name if case.named else case.name.removesuffix(".xlsx")
        stem = file_stem(name)
        if case.code and stem in papers.shared:
            stem = f"{stem}_{plain_part(case.code)[:20]}"
        used[stem] = used.get(stem, 0) + 1
        yield stem if used[stem] == 1 else f"{stem}（{used[stem]}）"


def _due(papers: Papers, sent: Sent) -> Iterator[_Due]:
    """要标注的各份；现有的就是的，记下名字。"""
    for number, part in enumerate(sent.case.parts, 1):
        if not part.readable or part.refill:
            continue
        label = f"_{file_stem(part.project)[:20] if part.project else number}"
        name = f"{sent.stem}{label if len(sent.case.parts) > 1 else ''}{COPY}"
        slot = papers.returns.slot(name, _basis(*part_basis(part), papers.letter.sentence))
        sent.copies[part.file] = slot.path.name
        if slot.fresh:
            # 占住名字，同一次里别的不再用
            papers.returns.claim(slot)
            yield _Due(sent, part, slot, Job(b"", part.notes, Limits(), part.answers))


def _basis(*parts: str) -> str:
    """由什么写成的指纹；程序换了版本的重写。"""
    listed = "\0".join((xltool.__version__, *parts))
    return sha256(listed.encode("utf-8", "replace")).hexdigest()


def _loaded(papers: Papers, due: _Due) -> Job | Finding:
    """装上内容；标注的必须就是查过的那些字节。"""
    limits = Limits.from_environment()
    try:
        data = file_bytes(papers.paths[due.part.file], limits)
    except Refused as refused:
        return refused.finding
    if sha256(data).hexdigest() != due.part.sha256:
        return say_marking.CHANGED_MEANWHILE.finding()
    part = due.part
    live = live_words(part.scheme, part.notes) if part.scheme else Live()
    return Job(data, part.notes, limits, part.answers, papers.letter, live)


def _keep(papers: Papers, due: _Due, result: bytes | Finding) -> None:
    sent = due.sent
    if isinstance(result, Finding):
        papers.returns.release(due.slot)
        del sent.copies[due.part.file]
        sent.problems.append(result.in_file(due.part.file))
        return
    sent.copies[due.part.file] = papers.returns.write(due.slot, result).name
    sent.edited += _told(due.slot)


def _put_blanks(papers: Papers, sent: Sent) -> None:
    """要换表的，附上下发给它的空白表。"""
    issued = papers.issued
    if issued is None or not sent.case.named:
        return
    for part in (one for one in sent.case.parts if one.refill):
        path = issued_blank(issued, sent.case.name, part)
        if path is not None:
            data = path.read_bytes()
            slot = papers.returns.slot(path.name, _basis(sha256(data).hexdigest()))
            sent.blanks[part.file] = slot.path.name
            if slot.fresh:
                sent.blanks[part.file] = papers.returns.write(slot, data).name
                sent.edited += _told(slot)


def _write_notice(papers: Papers, sent: Sent) -> None:
    """通知；内容没有变的留着原来的，连同它的日期。"""
    values = notice_values(Notice(sent.case, papers.letter, papers.today, sent.copies, sent.blanks))
    told = (f"{key}\0{value}" for key, value in values.items() if key != "日期")
    basis = _basis(papers.template.mark, *told)
    slot = papers.returns.slot(f"{sent.stem}{NOTICE}", basis)
    sent.notice = slot.path.name
    if slot.fresh:
        sent.notice = papers.returns.write(slot, papers.template.filled(values)).name
        sent.edited += _told(slot)


def _told(slot: Slot) -> list[Finding]:
    if slot.edited is None:
        return []
    return [say.EDITED_KEPT.finding(file=slot.edited.name, other=slot.path.name)]
