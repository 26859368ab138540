"""写出汇总：一个工作簿；单位太多时，各单位的评分表另存到旁边的文件夹。"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from xltool.collection.inbox import book_name
from xltool.consolidated.book import consolidated_plan
from xltool.consolidated.columns import TOP
from xltool.consolidated.details import NAME as DETAILS
from xltool.consolidated.source import in_order
from xltool.consolidated.sources import make_sources
from xltool.consolidated.unit_sheet import marks_of
from xltool.excel.check import check_output
from xltool.excel.form_batches import generation_of
from xltool.excel.output_set import (
    OccupiedError,
    Passed,
    SavedMeanwhileError,
    claimed_set,
)
from xltool.excel.pristine import State
from xltool.excel.saved_reviews import UnreadableError, reviews_for
from xltool.excel.scored_forms import Job, print_form, writing_forms
from xltool.excel.set_cache import NOTHING_WRITTEN, Reused, WrittenSet, stands
from xltool.excel.write import stream_book
from xltool.layout.wording import IN_BOOK
from xltool.messages import collection as say
from xltool.sheets.plan import Link
from xltool.workers.gc_tuning import seldom_collected
from xltool.xlsx.disk import sha256_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from xltool.collection.collect import Gathered
    from xltool.collection.model import Collection, Unit
    from xltool.collection.verdicts import Reviews
    from xltool.consolidated.source import Scored, Source
    from xltool.excel.output_set import OutputSet
    from xltool.excel.set_cache import SetCache
    from xltool.finding import Finding
    from xltool.workers.pool import WorkerPool

    Show = Callable[[str, int, int], None]

_TRIES = 3  # 写的时候一再有人存的，写到另一个名字


def _unseen(_step: str, _done: int, _total: int) -> None:
    """没有人看进度。"""


class Written(NamedTuple):
    """写成了的一套：写的是什么（写不出的几份已退回），写在哪里，带过来哪些复核意见。

    `unchanged` 是与上一次写成的一样，没有重写。
    """

    collection: Collection
    place: OutputSet
    reviews: Reviews
    unchanged: bool = False


class Writing(NamedTuple):
    """怎样写：用哪些进程，进度说给谁，记在哪个缓存里。"""

    pool: WorkerPool
    show: Show = _unseen
    cache: SetCache | None = None


def write_gathered(gathered: Gathered, place: OutputSet, writing: Writing) -> Written:
    """写出读完了的一个文件夹。哪一份写不出就退回哪一份，其余的照写。

    进度随时说（哪一步，做了几件，共几件）；写各单位的表在另一个线程里说。

    Raises:
        OSError: 磁盘满了之类。
    """
    while True:
        try:
            return write_collected(gathered.collection, place, writing)
        except OSError:
            raise
        except Exception as error:
            faults = _unwritable(gathered.collection)
            if not faults:
                raise error from None
            gathered = gathered.returning(faults)


def write_collected(collection: Collection, place: OutputSet, writing: Writing) -> Written:
    """写一份汇总：写好、核对、换上；写的时候目标被打开，或存过的读不了，就到另一个名字下再写。

    写的时候又有人存了一次的，连他写的一起重写。
    """
    for _ in range(_TRIES):
        try:
            return _write(collection, place, writing)
        except SavedMeanwhileError:
            continue
        except OccupiedError as error:
            return _elsewhere(collection, place, error.passed, writing)
        except UnreadableError:
            break
    return _elsewhere(collection, place, Passed(place.target, State.UNREAD), writing)


def _elsewhere(
    collection: Collection, place: OutputSet, passed: Passed, writing: Writing
) -> Written:
    with claimed_set(place.wanted, (*place.passed, passed)) as other:
        return write_collected(collection, other, writing)


def _brought(collection: Collection, place: OutputSet, sources: tuple[Source, ...]) -> Reviews:
    """由先前的各份带过来的；已经改写别的名字的，正名的一份读不了就不带它。

    Raises:
        UnreadableError: 正名的一份有人存过，却读不了。
    """
    unread = any(one.state is State.UNREAD for one in place.passed)
    place.brought = reviews_for(place.wanted, sources, collection.units, without=unread)
    return place.brought.reviews


def _write(collection: Collection, place: OutputSet, writing: Writing) -> Written:
    """写出一套；与上一次写成的一样、还在原处的不写。"""
    sources = make_sources(collection, place.folder.name)
    reviews = _brought(collection, place, sources)
    if reviews.any:
        sources = make_sources(collection, place.folder.name, reviews)
    cache = writing.cache
    if cache is None:
        _write_set(sources, place, writing, NOTHING_WRITTEN)
        return Written(collection, place, reviews)
    known, contents = cache.recall(place.target), cache.contents(collection, reviews, place)
    unchanged = contents == known.contents and stands(place, known)
    if not unchanged:
        written = _write_set(sources, place, writing, known)
        cache.keep(place.target, written._replace(contents=contents))
    return Written(collection, place, reviews, unchanged)


def _write_set(
    sources: tuple[Source, ...], place: OutputSet, writing: Writing, known: WrittenSet
) -> WrittenSet:
    """另存的各单位的表由几个进程与汇总同时写，没有变的照抄；汇总最后换名。"""
    outside = [one for one in in_order(sources) if one[1].file and one[1].unit.packed]
    with place.staging() if outside else nullcontext() as stage:
        names = [scored.file.rpartition("/")[2] for _, scored in outside]
        jobs = [
            form_job(source, scored, str(stage / name) if stage else "")
            for (source, scored), name in zip(outside, names, strict=True)
        ]
        reused = Reused(writing.cache, known, place.folder, jobs)
        forms, book = (partial(writing.show, step) for step in ("写各单位的表", "写汇总"))
        with writing_forms(reused.fresh, writing.pool, forms) as finish, seldom_collected():

            def generation() -> str:
                digests = reused.all_digests(finish())
                return generation_of(zip(names, digests, strict=True)) if names else ""

            handle = place.part.handle
            handle.seek(0)
            handle.truncate()
            plan = consolidated_plan(sources)
            expected = stream_book(plan, handle, generation=generation, progress=book)
            writing.show("核对汇总", 0, 1)
            check_output(handle, expected)
            writing.show("核对汇总", 1, 1)
        handle.flush()
        digest = sha256_of(place.part.path)  # 换名以前的：换了名就可能有人存
        place.commit(stage, expected.generation)
    return WrittenSet("", digest, expected.generation, reused.listed(names))


def form_job(source: Source, scored: Scored, target: str = "") -> Job:
    """一份；显出来的格由写的一方照结论去数，有豁免的才在这里数。"""
    unit = scored.unit
    marks = marks_of(unit.notes()) if unit.waivers else None
    folder = scored.file.partition("/")[0]
    # 汇总/子文件夹/评分表：回到汇总要退两层
    review = Link(IN_BOOK, source.sheet(DETAILS), TOP, f"../../{book_name(folder)}")
    return Job(unit.packed or b"", target, unit.batch, marks, review)


# ---------------------------------------------------------------- 哪一份写不出


def _unwritable(collection: Collection) -> dict[str, Finding]:
    """写不出的几份，和各自的说明；不是哪一份的缘故时为空。"""
    sources = make_sources(collection, "_")
    faults: dict[str, Finding] = {}
    for source, scored in in_order(sources):
        if scored.file and (error := _form_error(form_job(source, scored))):
            faults[scored.unit.file] = _fault(scored.unit, error)
    adopted = [unit for unit in collection.units if unit.adopted and unit.file not in faults]
    return faults | _in_book(collection, adopted)


def _in_book(collection: Collection, units: Sequence[Unit]) -> dict[str, Finding]:
    """写不进汇总的几份：一半一半地试。"""
    error = _book_error(collection, units) if units else None
    if error is None:
        return {}
    if len(units) == 1:
        return {units[0].file: _fault(units[0], error)}
    half = len(units) // 2
    return _in_book(collection, units[:half]) | _in_book(collection, units[half:])


def _book_error(collection: Collection, units: Sequence[Unit]) -> Exception | None:
    some = replace(collection, units=tuple(units), findings=(), differences=(), waiver_outcomes=())
    try:
        stream_book(consolidated_plan(make_sources(some, "_")), BytesIO())
    except Exception as error:  # noqa: BLE001 - whatever it is, this unit cannot be written
        return error
    return None


def _form_error(job: Job) -> Exception | None:
    try:
        print_form(job, BytesIO())
    except Exception as error:  # noqa: BLE001 - whatever it is, this unit cannot be written
        return error
    return None


def _fault(unit: Unit, error: Exception) -> Finding:
    return say.UNWRITABLE.finding(kind=type(error).__name__).in_file(unit.file)
