"""A ward with lists at the desk in every state that its pages can show. All places are made up."""

from support import publisher

from ibasho.data.clock import today
from ibasho.data.database import Database
from ibasho.data.geocode import geocode
from ibasho.data.imports.feeds import keep_feed, note_fetched
from ibasho.data.imports.runs import add_run, read_run
from ibasho.data.imports.undo import undo_run
from ibasho.data.listings import edit, store
from ibasho.importers.desk import preview, publish_run, sheets_of, stated
from ibasho.importers.mapped import likely_fields
from ibasho.importers.report import ImportOptions
from ibasho.importers.tables import NamedFile

ACTOR = "demo"
HEADER = "施設名,運営団体,所在地,会場,開催日,参加費,電話番号,ホームページ\n"
ROWS = (
    "子ども食堂 そらまめ,そらまめの会,西東京市南町5-6-13,南町集会所,毎月第2土曜日 11:30～14:00,"
    "こども無料 おとな300円,042-000-0001,https://soramame.example/\n"
    "わいわいキッチン,わいわいの会,西東京市泉町3-12-25,,毎月第1・3金曜日 17:00～19:00,100円,"
    "042-000-0002,\n"
    "ひなた食堂,,西東京市ひばりが丘2-12-16,,不定期,,お寺まで,ひなた\n"
    "さんかく広場,,ぬばたま町1-2,,毎週日曜日,無料,,\n"
    ",,西東京市田無町4-1-1,,毎週月曜日,,,\n"
    "こみち食堂,こみち,西東京市田無町4-15-11,,毎月第4日曜日 12:00～14:00,無料,042-000-0006,\n"
)


def bring_lists(db: Database) -> dict[str, str]:
    """Lists that wait, are published or taken back, and one on the web; their ids."""
    publish = publisher(db)
    publish(
        "こども食堂そらまめ", address="東京都西東京市南町5-6-13", assured_by="電話で確認",
        phrase="毎月第2・4土曜日 11:00～14:00",
    )  # fmt: skip
    publish("わいわいキッチン（泉町）", address="東京都西東京市泉町3-12-25")
    published, undone = (
        _published(db, f"{HEADER}{name},,西東京市{address},,毎週土曜日,無料,,\n")
        for name, address in (("ひだまりのいえ", "向台町2-16-22"), ("あおぞら", "新町3-2-1"))
    )
    _correct(db)
    undo_run(db, int(undone), ACTOR)
    feed = keep_feed(
        db, None, "西東京市 子ども食堂一覧", "https://www.city.example/kodomo.csv",
        stated(ImportOptions()), 7, ACTOR,
    )  # fmt: skip
    note_fetched(db, feed, problem="answer: 404")
    return {
        "list_open": _sent(db, HEADER + "".join(ROWS)),
        "list_odd": _sent(db, "よびな,ばしょ,とき\nあおぞら,西東京市南町5-6-13,毎週土曜日\n"),
        "list_published": published,
        "list_undone": undone,
        "list_feed": str(feed),
    }


def _sent(db: Database, table: str) -> str:
    file = NamedFile("kodomo-shokudo.csv", table.encode())
    columns = [column.name for sheet in sheets_of([file]) for column in sheet.columns]
    options = ImportOptions("table", municipality="東京都西東京市", mapping=likely_fields(columns))
    return str(add_run(db, [(file.name, file.data)], stated(options), ACTOR))


def _published(db: Database, table: str) -> str:
    run = _sent(db, table)
    look = preview(db, read_run(db, int(run)), today(), geocode)
    publish_run(db, int(run), look.seen, ACTOR, today(), geocode)
    return run


def _correct(db: Database) -> None:
    """Somebody corrects what came with a list."""
    for stored in store.read_all_stored(db):
        if stored.published and stored.published.body.name == "あおぞら":
            revision = edit.propose_change(
                db, stored.id, stored.published.body, ACTOR, stored.published.id
            )
            edit.approve_revision(db, revision, ACTOR)
