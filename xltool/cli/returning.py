"""退回的过程：读、定下退回谁、标注、写通知和催报名单，印出写了什么。"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from xltool.cli.collecting import gathered_from, reading_store
from xltool.cli.documents import SCHEMA
from xltool.cli.exits import ExitCode, Failure
from xltool.cli.progress import progress_shown
from xltool.cli.return_papers import Papers, file_stem, write_papers
from xltool.cli.standing import SHOWN
from xltool.cli.submissions import reading_limits
from xltool.cli.text import safe
from xltool.collection.returning import cases_of
from xltool.collection.standing import standing
from xltool.consolidated.sources import make_sources
from xltool.excel.pristine import State, book_state
from xltool.excel.returns_folder import RECORD, open_returns
from xltool.excel.saved_reviews import UnreadableError, reviews_for
from xltool.excel.write import render_book
from xltool.finding import Finding
from xltool.messages import papers as say
from xltool.papers.filling import Template, TemplateError
from xltool.papers.notice import PLACEHOLDERS
from xltool.papers.notice_template import notice_template
from xltool.season.names import NOTICE_FILE
from xltool.season.reminders import (
    FILE,
    Reminders,
    called_in,
    followed,
    reminders_plan,
    sent_by,
)
from xltool.values.file_names import listing
from xltool.workers.pool import WorkerPool
from xltool.xlsx.read import read_book

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from xltool.cli.console import Console
    from xltool.cli.return_papers import Sent
    from xltool.collection.collect import Gathered
    from xltool.collection.model import Collection, Request
    from xltool.collection.owners import Identity
    from xltool.collection.standing import Standing
    from xltool.collection.verdicts import Reviews
    from xltool.excel.returns_folder import ReturnsFolder, Swept
    from xltool.season.letter import Letter

_READING: Final = "读报送"


@dataclass(frozen=True, slots=True, kw_only=True)
class Returning:
    """一次退回：印到哪里、要求、写到哪里、复核意见在哪一份、谁退回、照哪个模板、今天是哪天，空白表下发在哪里。"""

    console: Console
    request: Request
    folder: Path
    book: Path
    letter: Letter
    template: Path | None
    today: date
    explain: bool
    issued: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """写成了什么：各单位的、催报名单、只有须说明而没有退回的几份、看不出是谁的文件、删去和留着的。"""

    sent: tuple[Sent, ...]
    reminders: Path | None
    left: int
    strange: tuple[str, ...]
    swept: Swept
    edited: tuple[Finding, ...]


def perform(run: Returning) -> ExitCode:
    """退回。

    Raises:
        Failure: 模板、名单、存过的汇总不能用，或目标不能写。
    """
    reading_limits()
    template = _template(run.template)
    with (
        open_returns(run.folder) as returns,
        WorkerPool(run.request.jobs) as pool,
        progress_shown(run.console) as show,
        reading_store(cached=True) as store,
    ):
        show(_READING, 0, None)
        gathered = gathered_from(run.request, pool, partial(show, _READING), store)
        collection = gathered.collection
        now = standing(collection)
        done = _written(run, gathered, template, returns, now)
    _show(run, collection, now, done)
    if any(one.problems for one in done.sent):
        return ExitCode.FOUND
    return ExitCode.RENAMED if done.edited else ExitCode.OK


def _template(path: Path | None) -> Template:
    """通知的模板；没有给的用随程序带的。

    Raises:
        Failure: 打不开，或不能用。
    """
    if path is not None and not path.is_file():
        raise Failure(f"通知的模板“{path}”不存在。", "核对路径；不给就用随程序带的。")
    data = path.read_bytes() if path else notice_template()
    try:
        return Template(data, safe(path.name) if path else NOTICE_FILE, PLACEHOLDERS)
    except TemplateError as error:
        raise Failure(f"{error.finding.message}。", error.finding.remedy) from error


def _written(
    run: Returning, gathered: Gathered, template: Template, returns: ReturnsFolder, now: Standing
) -> Done:
    collection = gathered.collection
    found = cases_of(collection, _reviews(run, collection), explain=run.explain)
    stems = Counter(file_stem(unit.department) for unit in collection.units)
    papers = Papers(
        returns=returns,
        template=template,
        letter=run.letter,
        today=run.today,
        paths={item.file: item.path for item in gathered.items},
        shared=frozenset(stem for stem, count in stems.items() if count > 1),
        issued=run.issued,
        jobs=run.request.jobs,
    )
    sent = write_papers(papers, found.cases)
    reminders, edited = _reminders(run, collection, now, returns)
    if not collection.counts.found:  # 多半给错了文件夹：先前写的一份也不动
        returns.stay()
    swept = returns.sweep()
    unused = [say.NOT_NEEDED_KEPT.finding(file=safe(name)) for name in swept.kept]
    edited = (*(one for each in sent for one in each.edited), *edited, *unused)
    return Done(
        sent=sent,
        reminders=reminders,
        left=found.left,
        strange=found.strange,
        swept=swept,
        edited=edited,
    )


def _reviews(run: Returning, collection: Collection) -> Reviews:
    """存过的汇总里的复核意见。

    Raises:
        Failure: 有人存过，却读不了；坏了、加了密的看不出有没有人写过，也不能当作没有。
    """
    if book_state(run.book) is State.OTHER:
        raise Failure(
            f"“{safe(str(run.book))}”不是汇总，或者坏了、加了密：里面的复核意见读不了，没有退回。",
            "用 Excel 或 WPS 打开看看，去掉密码，另存为原来的名字；打不开的先移走，再执行一次。",
        )
    try:
        brought = reviews_for(run.book, make_sources(collection, "_"), collection.units)
    except UnreadableError as error:
        name = safe(str(error.book))
        raise Failure(
            f"“{name}”有人存过，里面的复核意见读不了：{error.finding.message}。",
            error.finding.remedy,
        ) from error
    for book in brought.unread:
        raise Failure(
            f"“{safe(str(book))}”有人存过，里面的复核意见读不了。",
            "用 Excel 或 WPS 打开、另存后再退回。",
        )
    return brought.reviews


def _reminders(
    run: Returning, collection: Collection, now: Standing, returns: ReturnsFolder
) -> tuple[Path | None, tuple[Finding, ...]]:
    """催报名单；没有名单的、没有要催的不写。"""
    if now.owed is None or not now.behind:
        return None, ()
    called: dict[Identity, str] = {}
    # 几份里写得不同的，照最后存的
    found = run.folder.glob(f"{FILE.removesuffix('.xlsx')}*.xlsx")
    for path in sorted(found, key=lambda one: (one.stat().st_mtime_ns, one.name)):
        book = read_book(path)
        called |= {} if isinstance(book, Finding) else called_in(book)
    listed = Reminders(now.behind, sent_by(collection), run.request.deadline, run.today, {})
    basis = sha256(render_book(reminders_plan(listed))).hexdigest()  # 人写的催报记录不算
    data = render_book(reminders_plan(listed._replace(called=followed(called, now.behind))))
    path, edited = returns.put(FILE, basis, data)
    if edited is None:
        return path, ()
    return path, (say.EDITED_KEPT.finding(file=edited.name, other=path.name),)


def _show(run: Returning, collection: Collection, now: Standing, done: Done) -> None:
    console = run.console
    for one in done.sent:
        head = f"× {safe(one.case.name)}：须改正 {one.case.must} 处，须说明 {one.case.explain} 处"
        console.line(head)
        for problem in one.problems:
            console.line(f"    没有退回件：{safe(problem.message)}。{safe(problem.remedy)}")
    console.findings(done.edited)
    console.document(_document(done))
    if not collection.counts.found:
        folder = safe(str(run.request.folder))
        console.note(f"“{folder}”里一个文件也没有，请核对是不是给错了文件夹；先前写的都留着。")
    copies = sum(len(one.copies) for one in done.sent)
    units = sum(one.case.named for one in done.sent)
    unknown = len(done.sent) - units
    more = f"，另有不知道是哪个单位的 {unknown} 份" if unknown else ""
    console.note(f"退回 {units} 个单位{more}：退回件 {copies} 份，通知 {len(done.sent)} 份。")
    if done.strange:
        names = safe(listing(done.strange))
        console.note(f"不是自评表、看不出是谁的 {len(done.strange)} 个文件没有写通知：{names}。")
    if done.left:
        console.note(f"另有 {done.left} 份只有须说明的，没有退回；要一并退回的加 --explain。")
    if now.pending:
        names = "、".join(safe(unit.name) for unit in now.pending[:SHOWN])
        more = f"等 {len(now.pending)} 个" if len(now.pending) > SHOWN else ""
        console.note(f"重复待确认的没有退回，请先核实：{names}{more}。")
    if done.reminders is not None:
        console.note(f"没有报、没有报齐的 {len(now.behind)} 个，列在 {safe(str(done.reminders))}")
    elif now.owed is None:
        console.note("没有名单，不知道谁没有报，没有写催报名单。")
    for name in done.swept.removed:
        console.note(f"{safe(name)} 用不着了，没有人改过，删去了。")
    console.note(f"已写入 {safe(str(run.folder))}（{RECORD} 是程序记的，不要删）")


def _document(done: Done) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "returned": [one.document for one in done.sent],
        "reminders": str(done.reminders) if done.reminders else None,
        "left": done.left,
        "strange": list(done.strange),
        "removed": list(done.swept.removed),
        "kept": list(done.swept.kept),
    }
