"""Readers during writes: no error, nothing lost, nothing that was withdrawn before they asked."""

import datetime as dt
import threading
import time
from typing import Any

from ibasho.data.database import open_database
from ibasho.search_index import Point, SearchIndex, SearchQuery

TODAY = dt.date(2026, 11, 22)


def test_readers_see_no_error_and_nothing_withdrawn_during_many_updates(ward: Any) -> None:
    lasting = {ward.add(f"食堂{number}", at=(34.5, 135.4)) for number in range(20)}
    ward.index.bring_up_to_date(ward.db)
    withdrawn: set[str] = set()
    faults: list[str] = []
    reads = [0]
    stop = threading.Event()

    def read(index: SearchIndex, query: SearchQuery) -> None:
        while not stop.is_set():
            gone = set(withdrawn)
            try:
                result = index.search(query, TODAY)
            except Exception as error:
                faults.append(repr(error))
                return
            found = {hit.id for hit in result.hits}
            if found & gone or not lasting <= found or result.total != len(found):
                faults.append(f"{len(found & gone)} withdrawn, {len(lasting - found)} missing")
            reads[0] += 1
            time.sleep(0.002)

    near = SearchQuery(near=Point(34.5, 135.4), limit=1000)
    # the second index stands for another process on the same folder
    threads = [
        threading.Thread(target=read, args=(index, query))
        for index in (ward.index, SearchIndex(ward.folder / "index"))
        for query in (SearchQuery("食堂", limit=1000), near)
    ]
    for thread in threads:
        thread.start()
    for number in range(60):
        listing = ward.add("食堂 しばらく")
        ward.index.bring_up_to_date(ward.db)
        ward.withdraw(listing)
        if number % 20 == 19:
            ward.index.rebuild(ward.db)
        ward.index.bring_up_to_date(ward.db)
        withdrawn.add(listing)
    stop.set()
    for thread in threads:
        thread.join()
    assert not faults
    assert reads[0] > 100
    assert ward.index.ids() == lasting


def test_writers_in_threads_take_turns(ward: Any) -> None:
    faults: list[BaseException] = []

    def write() -> None:
        db = open_database(ward.folder)
        try:
            for _ in range(10):
                type(ward)(ward.folder, db, ward.index).add("食堂")
                ward.index.bring_up_to_date(db)
        except BaseException as error:
            faults.append(error)
        finally:
            db.conn.close()

    threads = [threading.Thread(target=write) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert ward.ask("食堂").total == 30
    assert ward.index.is_current(ward.db)


def test_suggestions_from_many_threads_do_not_disturb_one_another(ward: Any) -> None:
    names = [f"{letter}{number}の家" for letter in "あいうえおかきくけこ" for number in range(40)]
    for name in names:
        ward.add(name)
    ward.index.bring_up_to_date(ward.db)
    expected = {letter: ward.index.suggest(letter, 40) for letter in "あいうえおかきくけこ"}
    assert all(len(found) == 40 for found in expected.values())
    fresh = SearchIndex(ward.folder / "index")
    faults: list[str] = []

    def ask(letter: str) -> None:
        for _ in range(40):
            try:
                if fresh.suggest(letter, 40) != expected[letter]:
                    faults.append(letter)
            except Exception as error:
                faults.append(repr(error))

    threads = [threading.Thread(target=ask, args=(letter,)) for letter in expected]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
