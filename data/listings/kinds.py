"""The kinds of listing and the words by which people call them."""

from enum import StrEnum


class Kind(StrEnum):
    """What a listing is; the value is the name in addresses, files and the API."""

    CHILDRENS_CAFETERIA = "childrens_cafeteria"
    FREE_SCHOOL = "free_school"
    PLACE_TO_BELONG = "place_to_belong"
    LEARNING_SUPPORT = "learning_support"
    VOLUNTEER_OPPORTUNITY = "volunteer_opportunity"
    VOLUNTEER_GROUP = "volunteer_group"
    PARENTING_SUPPORT = "parenting_support"
    CONSULTATION_DESK = "consultation_desk"
    FOOD_PANTRY = "food_pantry"


VOLUNTEER_KINDS = frozenset({Kind.VOLUNTEER_OPPORTUNITY, Kind.VOLUNTEER_GROUP})

# Said of all kinds of places in passing (費用は相談してください): such a word means those that are
# there for it.
SAID_IN_PASSING = ("相談", "手伝い")

# The first word is the label; all of them belong to the searchable text. What only a few of a kind
# offer (朝ごはん, 一時預かり, 産後ケア) is no word of theirs: whoever offers it says so.
KIND_WORDS: dict[Kind, tuple[str, ...]] = {
    Kind.CHILDRENS_CAFETERIA: (
        "子ども食堂", "地域食堂", "みんなの食堂", "ごはん", "ご飯", "御飯",
        "夜ごはん", "夕ごはん", "晩ごはん", "昼ごはん",
        "夕飯", "夕食", "昼食", "食事", "ランチ", "弁当",
        "children's cafeteria", "kids cafeteria", "kodomo shokudo", "kodomo shokudou", "meal",
        "儿童食堂", "어린이식당",
        "bữa ăn trẻ em", "refeitório infantil", "kainan ng mga bata", "बाल भोजनालय",
    ),
    Kind.FREE_SCHOOL: (
        "フリースクール", "不登校", "学びの場",
        "学校に行けない", "学校に行きたくない", "行きしぶり", "登校しぶり",
        "free school", "alternative school", "自由学校", "대안학교", "프리스쿨",
        "trường tự do", "escola livre", "malayang paaralan", "वैकल्पिक विद्यालय",
    ),
    Kind.PLACE_TO_BELONG: (
        "居場所", "フリースペース", "不登校", "放課後",
        "学校に行けない", "学校に行きたくない", "行きしぶり", "登校しぶり",
        "place to belong", "drop-in", "容身之处", "아이들의 쉼터",
        "nơi sinh hoạt", "espaço de convivência", "tambayan", "मिलन स्थल",
    ),
    Kind.LEARNING_SUPPORT: (
        "学習支援", "無料塾", "勉強", "宿題",
        "learning support", "homework help", "学习支援", "학습 지원",
        "hỗ trợ học tập", "apoio escolar", "tulong sa pag-aaral", "सिकाइ सहयोग",
    ),
    Kind.VOLUNTEER_OPPORTUNITY: (
        "ボランティア募集", "手伝い", "活動",
        "volunteer wanted", "volunteering", "招募志愿者", "자원봉사 모집",
        "tuyển tình nguyện", "vaga de voluntário", "boluntaryo", "स्वयंसेवक",
    ),
    Kind.VOLUNTEER_GROUP: (
        "ボランティア団体", "地域ボランティア",
        "volunteer group", "志愿者团体", "자원봉사 단체",
        "nhóm tình nguyện", "grupo de voluntários", "samahan ng boluntaryo", "स्वयंसेवी समूह",
    ),
    Kind.PARENTING_SUPPORT: (
        "子育て支援", "子育てひろば",
        "parenting support", "playgroup", "育儿支援", "육아 지원",
        "hỗ trợ nuôi con", "apoio à criação", "suporta sa magulang", "अभिभावक सहयोग",
    ),
    Kind.CONSULTATION_DESK: (
        "相談窓口", "悩み", "なやみ",
        "consultation desk", "advice", "咨询窗口", "상담 창구",
        "quầy tư vấn", "balcão de consulta", "tanggapan ng payo", "परामर्श",
    ),
    Kind.FOOD_PANTRY: (
        "フードパントリー", "食料配布", "食料支援", "ごはん",
        "food pantry", "food bank", "食品发放", "푸드 팬트리",
        "phát thực phẩm", "despensa solidária", "libreng pagkain", "खाद्य बैंक",
    ),
}  # fmt: skip
