"""What is typed into the form of a listing: a cafeteria, and a free school."""

NEW = {
    "kind": "childrens_cafeteria",
    "name": "ほしぞら食堂",
    "municipality": "東京都西東京市",
    "address": "南町5-6-13",
    "visibility": "exact",
    "schedule_text": "毎月第2・4土曜日 11:30～14:00",
    "elementary": "0",
    "adult": "300",
    "phones_public": "042-000-0000 事務局\n042-000-0001",
    "phones_staff": "090-1234-5678 代表",
}

SCHOOL = NEW | {
    "kind": "free_school",
    "elementary": "",
    "adult": "",
    "monthly": "8,800円（オンラインだけ）\r\n１８７００ オンラインと教室",
    "initial": "11000 入会金",
    "trial": "無料 見学\r\n3000 体験3日",
    "extra": "遠足の交通費は実費",
    "cancellation": "30日前までに連絡\r\n休会は月3,000円",
}
