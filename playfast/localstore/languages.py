"""How each language of the store writes numbers, dates, money and the few words of the interface."""

# ruff: noqa: RUF001 - words of other scripts look like Latin ones here and there

from __future__ import annotations

import time
from dataclasses import dataclass, field
from functools import lru_cache

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_MILLION = 1_000_000
_BILLION = 1_000_000_000


@lru_cache(maxsize=65_536)
def _day(form: str, number: int) -> str:
    moment = time.gmtime(number * 86_400)
    month, day = moment.tm_mon, moment.tm_mday
    return form.format(
        y=moment.tm_year, m=month, d=day, mm=f"{month:02}", dd=f"{day:02}", mon=_MONTHS[month - 1]
    )


@dataclass(frozen=True, slots=True)
class Language:
    """One interface language.

    ``date`` is a format with ``{y}``, ``{m}``, ``{d}``, ``{mm}``, ``{dd}`` and ``{mon}``; ``money`` one with ``{s}`` (the symbol)
    and ``{n}`` (the number); ``short`` the words for thousand, million and billion. ``words`` are the interface's own.
    """

    code: str
    name: str
    comma: str = ","
    point: str = "."
    date: str = "{mon} {d}, {y}"
    money: str = "{s}{n}"
    short: tuple[str, str, str] = ("K", "M", "B")
    step: int = 1_000
    right_to_left: bool = False
    words: dict[str, str] = field(default_factory=dict)

    def count(self, number: int) -> str:
        """A whole number with its groups of three marked, as in ``5,715,302``."""
        text = f"{number:,}"
        return text if self.comma == "," else text.replace(",", self.comma)

    def at_least(self, number: int) -> str:
        """A number of installs, as in ``50,000,000+``."""
        return f"{self.count(number)}+"

    def at_least_short(self, number: int) -> str:
        """A number of installs in few characters, as in ``50M+``."""
        if self.step == 10_000 and number >= self.step:  # noqa: PLR2004 - East Asian languages count in ten thousands
            unit, word = (10_000, self.short[0]) if number < 10**8 else (10**8, self.short[1])
            return f"{self.count(number // unit)}{word}+"
        for unit, word in ((_BILLION, self.short[2]), (_MILLION, self.short[1]), (1_000, self.short[0])):
            if number >= unit:
                return f"{number // unit}{word}+"
        return f"{number}+"

    def decimal(self, number: float, digits: int = 1) -> str:
        """A number with a decimal mark, as in ``4.3``."""
        text = f"{number:.{digits}f}"
        return text if self.point == "." else text.replace(".", self.point)

    def day(self, seconds: int) -> str:
        """The day of an instant (seconds since 1970), as in ``Jun 25, 2026``."""
        return _day(self.date, seconds // 86_400)

    def price(self, micros: int, currency: str, decimals: int) -> str:
        """An amount of money, as in ``$6.99``: micros are millionths of the currency's unit."""
        whole, rest = divmod(micros, _MILLION)
        number = self.count(whole)
        if decimals:
            number += self.point + f"{rest:06}"[:decimals]
        return self.money.format(s=_SYMBOLS.get(currency, currency + "\u00a0"), n=number)

    def say(self, word: str) -> str:
        """The interface's words for something, in English where this language has none here."""
        return self.words.get(word) or _ENGLISH[word]


_SYMBOLS = {
    "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "KRW": "₩", "INR": "₹", "BRL": "R$", "ILS": "₪", "VND": "₫",
    "AUD": "A$", "CAD": "CA$", "MXN": "MX$", "TWD": "NT$", "HKD": "HK$", "NZD": "NZ$", "UAH": "₴", "TRY": "₺",
}  # fmt: skip

_ENGLISH = {
    "install": "Install",
    "buy": "Buy",
    "ads": "Contains ads",
    "per_item": "{range} per item",
    "range": "{low} - {high}",
    "learn_more": "Learn more",
    "sale": "Sale until {day}",
    "early": "This app is in development. It may be unstable.",
    "teacher": "Teacher Approved",
    "similar": "Similar apps",
    "similar_games": "Similar games",
    "more_by": "More by {name}",
    "page_title": "{title} - Apps on Google Play",
    "not_shared": "Nothing is shared with others",
    "shared": "This app may share these kinds of data",
    "not_collected": "Nothing is collected",
    "collected": "This app may collect these kinds of data",
    "others": "{first}, {second} and {count} others",
    "encrypted": "Data travels encrypted",
    "not_encrypted": "Data does not travel encrypted",
    "deletable": "You can ask for your data to be deleted",
    "independent": "Checked by an independent party",
    "declares": "How developers declare this: {link}.",
    "practices": "Security practices",
    "about_data": "What is collected, and what for",
    "reply": "Thank you, the next version will be better.",
    "badge": "{rank} {category}",
    "top_free": "top free",
    "top_paid": "top paid",
    "top_grossing": "top grossing",
    "tax": "All prices include tax.",
    "terms": "Terms of Service",
    "privacy": "Privacy",
    "reviews_title": "Ratings and reviews",
    "about_app": "About this app",
    "data_safety": "Data safety",
    "whats_new": "What’s new",
    "flag": "Flag as inappropriate",
    "updated_on": "Updated on",
    "popular": "Popular apps",
    "events": "Events happening now",
    "ends": "Ends on {day}",
}

_GERMAN = {
    "install": "Installieren", "buy": "Kaufen", "ads": "Enthält Werbung", "per_item": "{range} pro Artikel", "range": "{low}–{high}",
    "learn_more": "Weitere Informationen", "sale": "Angebot bis {day}", "similar": "Ähnliche Apps", "similar_games": "Ähnliche Spiele",
    "more_by": "Mehr von {name}", "page_title": "{title} – Apps bei Google Play", "not_shared": "Es wird nichts weitergegeben",
    "not_collected": "Es wird nichts erhoben", "shared": "Diese App gibt eventuell weiter", "collected": "Diese App erhebt eventuell",
    "encrypted": "Daten werden verschlüsselt übertragen",
    "deletable": "Du kannst das Löschen verlangen", "tax": "Alle Preise enthalten Steuern.",
    "early": "Diese App ist noch in Entwicklung.", "top_free": "Top kostenlos", "top_paid": "Top gekauft",
    "popular": "Beliebte Apps", "events": "Aktuelle Ereignisse", "ends": "Endet am {day}",
}  # fmt: skip
_JAPANESE = {
    "install": "インストール", "buy": "購入", "ads": "広告を含む", "per_item": "{range}/アイテム", "range": "{low}～{high}",
    "learn_more": "詳細", "sale": "{day}までセール", "similar": "類似のアプリ",
    "similar_games": "類似のゲーム", "more_by": "{name} の他のアプリ",
    "page_title": "{title} - Google Play のアプリ", "not_shared": "共有されるデータはありません",
    "not_collected": "収集されるデータはありません",
    "encrypted": "データは暗号化されます", "deletable": "データの削除を依頼できます", "early": "このアプリは開発中です。",
    "popular": "人気のアプリ", "events": "開催中のイベント", "ends": "{day}に終了",
}  # fmt: skip
_KOREAN = {
    "install": "설치", "buy": "구매", "ads": "광고 포함", "per_item": "항목당 {range}", "range": "{low}~{high}", "learn_more": "자세히",
    "sale": "{day}까지 할인", "similar": "비슷한 앱", "similar_games": "비슷한 게임", "more_by": "{name}의 다른 앱",
    "page_title": "{title} - Google Play 앱", "not_shared": "공유되는 데이터가 없습니다",
    "not_collected": "수집되는 데이터가 없습니다", "tax": "모든 가격에는 세금이 포함됩니다.",
}  # fmt: skip
_FRENCH = {
    "install": "Installer", "buy": "Acheter", "ads": "Contient des annonces", "per_item": "{range} par article", "range": "{low} – {high}",
    "learn_more": "En savoir plus", "similar": "Applications similaires", "similar_games": "Jeux similaires", "more_by": "Plus par {name}",
    "page_title": "{title} – Applications sur Google Play",
}  # fmt: skip
_SPANISH = {
    "install": "Instalar", "buy": "Comprar", "ads": "Contiene anuncios", "per_item": "{range} por elemento", "range": "{low} - {high}",
    "learn_more": "Más información", "similar": "Aplicaciones similares", "more_by": "Más de {name}",
    "page_title": "{title} - Aplicaciones en Google Play",
}  # fmt: skip
_PORTUGUESE = {
    "install": "Instalar", "buy": "Comprar", "ads": "Contém anúncios", "per_item": "{range} por item", "range": "{low} – {high}",
    "learn_more": "Saiba mais", "similar": "Apps semelhantes", "more_by": "Mais de {name}", "page_title": "{title} – Apps no Google Play",
}  # fmt: skip
_ARABIC = {
    "install": "تثبيت", "buy": "شراء", "ads": "يتضمن إعلانات", "per_item": "{range} لكل عنصر", "learn_more": "مزيد من المعلومات",
    "similar": "تطبيقات مشابهة", "more_by": "المزيد من {name}", "page_title": "{title} - التطبيقات على Google Play",
}  # fmt: skip
_HEBREW = {
    "install": "התקנה", "buy": "קנייה", "ads": "כולל מודעות", "per_item": "{range} לפריט", "learn_more": "מידע נוסף",
    "similar": "אפליקציות דומות", "more_by": "עוד מאת {name}", "page_title": "{title} – אפליקציות ב-Google Play",
}  # fmt: skip
_CHINESE = {
    "install": "安装", "buy": "购买", "ads": "包含广告", "per_item": "每件 {range}", "range": "{low}-{high}", "learn_more": "了解详情",
    "similar": "类似应用", "similar_games": "类似游戏", "more_by": "{name} 的更多应用", "page_title": "{title} - Google Play 上的应用",
}  # fmt: skip
_RUSSIAN = {
    "install": "Установить", "buy": "Купить", "ads": "Есть реклама", "per_item": "{range} за продукт", "learn_more": "Подробнее",
    "similar": "Похожие приложения", "more_by": "Другие приложения: {name}", "page_title": "Приложения в Google Play – {title}",
}  # fmt: skip

_NBSP = "\u00a0"
_LANGUAGES = {
    language.code: language
    for language in (
        Language("en", "English"),
        Language(
            "de",
            "Deutsch",
            ".",
            ",",
            "{dd}.{mm}.{y}",
            "{n}\u00a0{s}",
            (" Tsd.", " Mio.", " Mrd."),
            words=_GERMAN,
        ),
        Language(
            "fr",
            "Français",
            "\u202f",
            ",",
            "{d}/{mm}/{y}",
            "{n}\u00a0{s}",
            (" k", " M", " Md"),
            words=_FRENCH,
        ),
        Language(
            "es", "Español", ".", ",", "{d}/{m}/{y}", "{n}\u00a0{s}", (" mil", " M", " mil M"), words=_SPANISH
        ),
        Language(
            "pt",
            "Português",
            ".",
            ",",
            "{d}/{mm}/{y}",
            "{s}\u00a0{n}",
            (" mil", " mi", " bi"),
            words=_PORTUGUESE,
        ),
        Language("ja", "日本語", date="{y}/{mm}/{dd}", short=("万", "億", ""), step=10_000, words=_JAPANESE),
        Language("ko", "한국어", date="{y}. {m}. {d}.", short=("만", "억", ""), step=10_000, words=_KOREAN),
        Language("zh", "中文", date="{y}年{m}月{d}日", short=("万", "亿", ""), step=10_000, words=_CHINESE),
        Language(
            "ar", "العربية", ",", ".", "{dd}/{mm}/{y}", "{s}\u00a0{n}", right_to_left=True, words=_ARABIC
        ),
        Language("he", "עברית", ",", ".", "{d}.{m}.{y}", "{n}\u00a0{s}", right_to_left=True, words=_HEBREW),
        Language(
            "ru",
            "Русский",
            _NBSP,
            ",",
            "{d}.{mm}.{y}",
            "{n}\u00a0{s}",
            (" тыс.", " млн", " млрд"),
            words=_RUSSIAN,
        ),
    )
}
_LANGUAGES["iw"] = _LANGUAGES["he"]

# The interface languages of the store's own list of alternates, which every app page carries.
ALTERNATES = (
    "en-US af am ar as az be bg bn bs ca cs da de de-AT de-CH el en en-AU en-CA en-GB en-IE en-IN en-NZ en-SG en-ZA es es-419 "
    "es-AR es-BO es-CL es-CO es-CR es-DO es-EC es-GT es-HN es-MX es-NI es-PA es-PE es-PR es-PY es-SV es-US es-UY es-VE et eu fa fi "
    "fil fr fr-CA fr-CH gl gsw gu he hi hr hu hy id is it ja ka kk km kn ko ky ln lo lt lv mk ml mn mr ms my no ne nl or pa pl pt "
    "pt-BR pt-PT ro ru si sk sl sq sr sr-Latn sv sw ta te th tr uk ur uz vi zh zh-CN zh-HK zh-TW zu"
).split()


@lru_cache(maxsize=512)
def language(hl: str) -> Language:
    """The interface language that answers for this ``hl`` (``pt_BR`` and ``pt-br`` alike): English when it is not one of these."""
    return _LANGUAGES.get(hl.replace("_", "-").split("-")[0].lower()) or _LANGUAGES["en"]
