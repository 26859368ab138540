"""单位交来的是不是名单上写的表种，是不是最近一年的。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.messages import collection as say
from xltool.scoring.catalogue import ready_scheme, ready_schemes
from xltool.values import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xltool.collection.departments import Department
    from xltool.finding import Finding


def form_notes(department: Department) -> Iterator[Finding]:
    """交来的表与名单上的表种不同的，各指出一次。"""
    entry = department.entry
    if entry is None or not entry.variants:
        return
    forms = [one.form for one in entry.known]  # 免报的几份也写着表种
    for member in department.members:
        scheme, _ = ready_scheme(member.summary.scheme)
        if scheme.variant in forms:
            continue
        listed = (one for one in ready_schemes() if one.variant in forms)
        # 项目的表可以在部门的表以外另报，名单没有写到项目的表种时不比
        if scheme.of_project and not any(one.of_project for one in listed):
            continue
        expected, name = "、".join(entry.variants), quote(department.name)
        note = say.OTHER_FORM.finding(name=name, form=scheme.variant, expected=expected)
        yield note.in_file(member.file)


def older_notes(departments: Sequence[Department]) -> Iterator[Finding]:
    """同一种表收来几个年度的，不是最近一年的各指出一次：名次各排各的，不说就漏过去了。"""
    newest: dict[str, int] = {}
    for department in departments:
        for member in department.members:
            scheme, _ = ready_scheme(member.summary.scheme)
            newest[scheme.variant] = max(newest.get(scheme.variant, 0), scheme.year)
    for department in departments:
        for member in department.members:
            scheme, _ = ready_scheme(member.summary.scheme)
            if scheme.year < newest[scheme.variant]:
                note = say.OLDER_FORM.finding(
                    name=quote(department.name),
                    year=scheme.year,
                    form=scheme.variant,
                    newest=newest[scheme.variant],
                )
                yield note.in_file(member.file)
