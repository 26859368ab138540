"""打好包的结论存在临时文件里：取出的与存进的相同，送到别的进程去的就是字节。"""

import gc
import pickle
from threading import Thread

from xltool.collection.spool import Spool

PIECES = [bytes([number % 256]) * (number % 5_000) for number in range(4_000)]  # 约十兆，写到盘上


def test_what_is_kept_comes_back() -> None:
    spool = Spool()
    kept = [spool.put(piece) for piece in PIECES]
    assert [bytes(one) for one in reversed(kept)] == PIECES[::-1]
    assert kept[7] == spool.put(PIECES[7])
    assert kept[7] != kept[8]
    assert kept[7] != PIECES[7]


def test_another_process_gets_bytes() -> None:
    kept = Spool().put(b"abc")
    assert pickle.loads(pickle.dumps(kept)) == b"abc"  # noqa: S301 - our own


def test_two_threads_read_at_once() -> None:
    spool = Spool()
    kept = [spool.put(piece) for piece in PIECES]
    wrong: list[int] = []

    def read() -> None:
        wrong.extend(n for n, one in enumerate(kept) if bytes(one) != PIECES[n])

    threads = [Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_the_file_closes_with_its_last_piece() -> None:
    gc.freeze()  # 别的测试留下的不看
    spool = Spool()
    kept = spool.put(b"abc")
    file = spool._file
    del spool
    assert bytes(kept) == b"abc"
    del kept
    gc.collect()
    assert file.closed
