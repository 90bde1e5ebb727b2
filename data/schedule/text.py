"""From text as people write it to tokens: one spelling for each thing, then one lexer."""

import re
import unicodedata
from dataclasses import dataclass

MAX_LENGTH = 500
"""Characters that a phrase about opening days may have; the longest real ones have under 100."""

_MAYBE = "\ue000"
"""Stands for a whole remark such as 変更になる場合があります."""
_MAYBE_OTHERS = "\ue001"
"""Stands for such a remark about the days before it: 第1土曜に変更することもあります."""

_CIRCLED = re.compile(r"([①-⑳])(?=[①-⑳])")
_KANJI_NUMBER = re.compile(r"[〇一二三四五六七八九十]+")
_KANJI_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")}
_DASH = re.compile(r"\s*[~〜∼˜‐‑‒–—―−]\s*")
_LONG_VOWEL_AS_DASH = re.compile(
    r"(?<=[0-9時分日月火水木金土曜半])[ー_](?=[0-9午正月火水木金土日])"
)
_SPAN_OF_MONTHS = re.compile("[ヶヵケカか箇ケ]月")
_NEXT_YEAR = re.compile(r"翌年?(?=\d{1,2}月)")
_ENDS_REMARK = re.compile("場合|こと|可能性")
_REMARK_OF_CHANGE = re.compile(
    r"(?:日程|日時|時間|会場|都合|事情|天候|状況|感染|急遽|やむを得ず|諸|開催|実施|変更|延期|中止"
    r"|お?休み|となる|になる|する|される|しない|なる|により|によって|(?<![月火水木金土日])曜日"
    r"|[がはもにをの等・お])*+"
    r"(?:場合|こと|可能性)[がもは]?(?:あり|ある|有り?|ござい)(?:ます)?(?:ので.*|ため.*)?"
)


def normalise(text: str) -> str:
    """Compatibility forms, dashes and kanji numbers in one spelling.

    "第二・四㈯　１５時〜１９時" becomes "第2・4(土) 15時~19時".
    """
    text = unicodedata.normalize("NFKC", _CIRCLED.sub(r"\1・", text))
    text = _DASH.sub("~", text)
    text = _KANJI_NUMBER.sub(lambda found: str(_kanji_number(found[0])), text)
    text = _LONG_VOWEL_AS_DASH.sub("~", text)
    text = _SPAN_OF_MONTHS.sub("か月", text)
    text = _NEXT_YEAR.sub("", text)
    return _REMARK_OF_CHANGE.sub(_remark, text) if _ENDS_REMARK.search(text) else text


def _remark(found: re.Match[str]) -> str:
    return _MAYBE_OTHERS if found[0].startswith(("に", "と", "の")) else _MAYBE


def _kanji_number(kanji: str) -> str:
    """十二 → 12, 二十 → 20, 二〇 → 20, 三 → 3."""
    if "十" not in kanji:
        return "".join(str(_KANJI_DIGITS[digit]) for digit in kanji)
    tens, _, ones = kanji.partition("十")
    if "十" in ones or len(tens) > 1 or len(ones) > 1:
        return kanji.replace("十", "10")
    return str(_KANJI_DIGITS.get(tens, 1) * 10 + _KANJI_DIGITS.get(ones, 0))


_YEAR = r"(?:20\d\d|(?:令和|R)\s*(?:\d{1,2}|元))"
_COUNT = r"\d{1,2}(?:\s*[~、・,-]\s*\d{1,2})?"
_HALF_DAY = r"(?:午前|午後|正午|AM|PM|am|pm|朝|昼|夕方|夜)"
# a weekday without 曜 counts only where no longer word goes on (日程, 水道, 土地 are none)
_AFTER_BARE_WEEKDAY = (
    r"(?=[\s|!●■○◆*・,、&と/;.+()\[\]【】。※~\-:月火水木金土日祝\dのはをに以除休定午正夕夜朝第毎隔"
    + _MAYBE
    + _MAYBE_OTHERS
    + r"]|か[第\d月火水木金土日]|もしくは|または|又は|あるいは|及び|および|から|より|$)"
)

_TOKENS = {
    "MAYBE": _MAYBE,
    # the times of a day in the open, which no clock tells
    "SUN": r"(?:日の出|日没|日暮れ)(?:時刻?|後|前|の時間)?(?:から|より|まで)?",
    "DATE": _YEAR + r"\s*[年/.-]\s*\d{1,2}\s*[月/.-]\s*\d{1,2}(?:日|(?!\d))",
    "YEAR": _YEAR + r"(?:年(?:度|\s*\d{1,2}月)?|[./]\d{1,2}(?![\d./-]))",
    "TIME": (
        rf"{_HALF_DAY}の?\s*\d{{1,2}}(?=\s*[~-]\s*\d{{1,2}}時)"
        rf"|(?:{_HALF_DAY}の?\s*)?(?<!\d)(?:\d{{1,2}}:\d{{2}}(?::00)?(?!\d)"
        r"|\d{1,2}時(?!間)(?:半|\d{1,2}分?)?)"
        r"(?:\s*(?:[AaPp][Mm]))?(?:\s*(?:頃|ごろ|ころ|くらい|ぐらい))?|正午"
    ),
    "MONTH_AND_DAY": (
        r"\d{1,2}月\s*\d{1,2}(?:日(?!曜)|(?=\s*~\s*(?:\d{1,2}月\s*)?\d{1,2}日))"
        r"|\d{1,2}/\d{1,2}(?![\d/])"
    ),
    "FREQUENCY": (
        rf"(?:毎?月|毎?週|年)(?:間)?に?\s*{_COUNT}\s*(?:回|度)(?!目)"
        rf"|毎?週(?:間)?に?\s*{_COUNT}\s*日|{_COUNT}\s*(?:か月|週間?)に\s*{_COUNT}\s*(?:回|度)"
    ),
    "COUNT": rf"{_COUNT}\s*回(?!目)",
    "INTERVAL": r"隔週|隔月|\d+週(?:間)?(?:おき|ごと|毎)|\d+か月(?:おき|ごと|毎)",
    "WEEK_OF_MONTH": r"第\s*\d(?:\s*[・,、]\s*第?\s*\d)*\s*週目?",
    "NTH": r"第\s*\d(?!\d)(?:回|番目)?|最終の?|最後の|ラスト",
    "ODD_MONTHS": r"奇数月",
    "EVEN_MONTHS": r"偶数月",
    "EVERY_WEEK": r"毎週|各週|毎(?=[月火水木金土日]曜)",
    "EVERY_MONTH": r"毎月|各月|月ごと",
    "EVERY_DAY": r"毎日|年中無休|365日",
    "WORKING_DAYS": r"平日",
    "DAYS_ENDING": r"\d(?:と\d)?のつく日",
    "MONTH": r"\d{1,2}月",
    "DAY": r"\d{1,2}日(?![間前後以目曜])|月末日|末日|月末",
    "NO_REST": (
        r"(?:(?:年末年始|お?正月|お?盆)も)?"
        r"(?:お?休みません|休まず(?:に)?(?:開催|営業|実施)(?:します|しています)?)"
        r"|(?:年末年始|お?正月|お?盆)も(?:開催|営業|実施|オープン)(?:します|しています)?"
        r"|休みなし|無休|(?:土日)?祝日?も(?:開催|営業|実施|オープン)?|祝日を?(?:含む|含み)"
    ),
    "HOLIDAY": r"国民の祝日|祝祭日|祝日|祭日|祝",
    "PERIOD": (
        r"(?:年末年始|お?正月(?:三が日|3が日)?|[三3]が日|お?盆(?:休み|期間)?|GW|ゴールデンウィーク)"
        r"(?:期間)?中?"
    ),
    "VACATION": (
        r"(?:(?:[春夏秋冬](?:休み)?[・,、とや]?){1,4}休み|[春夏秋冬][期季]休[暇業]"
        r"|(?:学校の?)?長期休[暇業み])(?:期間)?中?"
    ),
    "OFF_DAYS": r"学校(?:の休業日?|休業日?|の?お?休みの日|がお?休みの日|の?お?休み)",
    "TERM": r"(?<![1-3新前後])学期(?:の?期間)?中",
    "SCHOOL_DAYS": (
        r"(?:学校|授業|給食)[のが](?:ある|開いている|実施される)(?:日|とき|期間)|登校日|授業日"
        r"|給食(?:の|実施|提供)?日|給食|[1-3新前後]?学期|(?<![小中等高])(?:学校|授業)(?=[のがはに])"
    ),
    "SUSPENDED": (
        r"は?(?:活動|開催|運営)?(?:休止|休会|休業|中止)中|再開未定|閉店|閉鎖|廃止|終了し|休止して|休んでい"
        r"|(?:現在|当面|しばらく|一時|当分|無期限)(?:の間)?[、は]?\s*(?:お?休み|休止|休会|休業|中止)"
        r"|(?:活動|運営)(?:を|は)?休止"
    ),
    "WITHOUT_BOOKING": (
        r"(?:要|事前)予約\s*\((?:前日|\d+日前|1週間前)まで(?:に)?\)"
        r"|(?:前日|\d+日前|1週間前)までに?の?(?:要|事前)?(?:予約|申し?込み?|連絡)"
        r"(?:が?必要|制|をお願いします|してください|ください)?"
        r"|(?:要|完全|事前|電話|メール|当日)*(?:予約|申込み?|申し込み|登録|会員)(?:は|が)?"
        r"(?:不要|なし|制|必要|必須|優先)|要(?:電話|メール|事前|ネット)?予約|要申込み?|参加(?:費)?無料"
    ),
    # what ends a day early or needs no clock changes none of the days
    "ANY_HOUR": (
        r"(?:売り?切れ|[な無]くなり|完売|終わり)次第(?:終了|閉店|おしまい)?(?:です|します|となります)?"
        r"|24時間(?:対応|受付|営業|開放)?"
    ),
    "SEASON": (
        r"[春夏秋冬](?:[季期場]|の間|シーズン)?(?:期間|限定|シーズン)?"
        r"(?=のみ|だけ|限定|から|より|まで|以降|[はにの\s・,、()~/:\d]|午|毎|第|平日|$)"
    ),
    "RELATIVE": (
        r"(?:次|前|(?<!課)後|あと|翌)の?(?=[月火水木金土日週])|[前翌]月|次週"
        r"|(?:直前|直後)の?(?=[月火水木金土日])|(?<=の)\d{1,2}(?:日|週間?|か月)[前後]"
    ),
    "MATTER": (
        r"お?申し?込み?|締め?切り?日?|〆切|受付|受け付け|お?問い?合わ?せ|お?電話|TEL|[Tt]el|ご?連絡"
        r"|事務(?:所|局)?|(?:事前)?準備|仕込み|片付け|(?:スタッフ)?(?:会議|ミーティング)|打ち?合わ?せ"
        r"|研修|総会|予備日?|募集中?|お?予約|説明会|ボランティア|スタッフ|集合|メール|FAX|買い?出し|抽選|発表日?"
    ),
    "CLOSED": (
        r"(?:[をはもがのに]\s*)?(?:除く|除き|除いて|のぞく|除|以外(?:の|は)?"
        r"|お?休(?:み|業|館|止|所|室|会)(?!中)日?|定休日?|休(?!日)"
        r"|(?:開催|実施|営業|活動)(?:は|を)?(?:なし|無し|ありません|しません|しない|せず)"
        r"|(?:利用|使用)(?:は)?(?:不可|できません|いただけません)"
        r"|お?休みします|なし|中止|閉室|閉所|閉館)(?:です|とします|となります|になります|します)?"
    ),
    "IF": r"(?:[のがに]|に当たる|にあたる|と重なる|の日の)?(?:場合|とき|際|時(?![間刻]))[はにも]*",
    "OR": (
        rf"{_MAYBE_OTHERS}|もしくは|若しくは|または|又は|あるいは|或いは|[oO][rR]|いずれか|どちらか"
        r"|か(?=\s*[第\d月火水木金土日])"
    ),
    "ABOUT": (
        r"程度|頃|ごろ|ころ|くらい|ぐらい|前後|あたり|ほぼ|だいたい|大体|概ね|おおむね|約|主に"
        r"|時々|目安|など(?=の)|とか"
    ),
    "USUALLY": (
        r"原則(?:として)?|基本(?:的に)?(?:は)?|予定|変更(?:あり|有り?|可)"
        r"|(?:雨天?|荒天|悪天候|台風)(?:の?(?:場合|時|とき)は?)?(?:中止|決行|順延|延期|お?休み)|等|など|その他|他|ほか"
    ),
    "IRREGULAR": (
        r"不定期?|不規則|随時|未定|その都度|都度|毎回異なる|月数回|週数回|年数回|数か月に\d+[回度]"
        r"|(?:月|週|日|回|時期|季節|年|曜日)(?:(?:によって|により)は?|(?:ごと|毎)に(?=異な|変|違))"
        r"(?:(?:異な|変[わ動更]|違[いう])\w*)?"
        r"|異なります"
    ),
    "WEEKDAY": rf"[月火水木金土日]曜日?|[月火水木金土日]{_AFTER_BARE_WEEKDAY}",
    "RANGE": r"~|-|(?:から|より)(?=\s*(?:\d|午[前後]|正午|[月火水木金土日](?:曜|\W|$)))",
    "FROM": r"から|より|以降|スタート",
    "UNTIL": r"まで|迄",
    "ONLY": r"のみ|だけ|限定|に限[りる]",
    "JOIN": r"[・&と/;.+]|及び|および|並びに|ならびに|や|かつ",
    "COMMA": r"[、,]|そして",
    "OPEN": r"[(\[【「〔<]",
    "SHUT": r"[)\]】」〕>]",
    "STOP": r"[。\n※*■●○◆!|]|ただし|但し",
    "WORD": (
        r"開催(?:日時?|曜日|時間)?|実施(?:日時?|曜日|時間)?|営業(?:日|時間)?|開館(?:日|時間)?|開店"
        r"|活動(?:日時?|時間)?|開所(?:日|時間)?|利用(?:可能)?(?:日|時間)|オープン|(?:開始|開場)(?:時[間刻])?|終了時[間刻]|日時|時間|曜日"
        r"|午前中?|午後|夕方|[朝夜]|お?昼|毎年|です|ます|して(?:い|お)|[のはにをがもで:]|年間|各日|とも|各回|毎回"
    ),
    "NUMBER": r"\d+",
    "SPACE": r"[^\S\n]+",
}
# the empty groups stand last, as behind the start of a group no first letter rules a kind out
_LEXER = re.compile("|".join(f"(?:{pattern})(?P<{name}>)" for name, pattern in _TOKENS.items()))


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text: the name of its kind, the text itself, and if a space stood before."""

    kind: str
    text: str
    spaced: bool = False


def tokens(text: str) -> list[Token]:
    """The tokens of a normalised text, spaces left out.

    What no kind knows is gathered into OTHER tokens; nothing is dropped.
    """
    found: list[Token] = []
    position = 0
    spaced = True
    while position < len(text):
        match = _LEXER.match(text, position)
        kind = str(match.lastgroup) if match else "OTHER"
        piece = match[0] if match else text[position]
        position += len(piece)
        if kind == "SPACE":
            spaced = True
            continue
        in_word = bool(found) and found[-1].kind == "OTHER" and not spaced
        # 日 at the end of 誕生日 is no Sunday
        goes_on = kind == "OTHER" or (kind == "WEEKDAY" and len(piece) == 1)
        if in_word and goes_on:
            found[-1] = Token("OTHER", found[-1].text + piece, found[-1].spaced)
        else:
            found.append(Token(kind, piece, spaced))
        spaced = False
    return found
