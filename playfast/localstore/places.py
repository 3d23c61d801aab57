"""Countries of the store: names, currencies, and how each language writes their names."""

# ruff: noqa: RUF001 - words of other scripts look like Latin ones here and there

from __future__ import annotations

from dataclasses import dataclass

_COUNTRIES = """
AD Andorra|AE United Arab Emirates|AF Afghanistan|AG Antigua & Barbuda|AL Albania|AM Armenia|AO Angola|AR Argentina|AT Austria
AU Australia|AW Aruba|AZ Azerbaijan|BA Bosnia & Herzegovina|BB Barbados|BD Bangladesh|BE Belgium|BF Burkina Faso|BG Bulgaria
BH Bahrain|BI Burundi|BJ Benin|BM Bermuda|BN Brunei|BO Bolivia|BR Brazil|BS Bahamas|BT Bhutan|BW Botswana|BY Belarus|BZ Belize
CA Canada|CD Congo - Kinshasa|CF Central African Republic|CG Congo - Brazzaville|CH Switzerland|CI Côte d’Ivoire|CL Chile
CM Cameroon|CN China|CO Colombia|CR Costa Rica|CU Cuba|CV Cape Verde|CY Cyprus|CZ Czechia|DE Germany|DJ Djibouti|DK Denmark
DM Dominica|DO Dominican Republic|DZ Algeria|EC Ecuador|EE Estonia|EG Egypt|ER Eritrea|ES Spain|ET Ethiopia|FI Finland|FJ Fiji
FM Micronesia|FR France|GA Gabon|GB United Kingdom|GD Grenada|GE Georgia|GH Ghana|GI Gibraltar|GM Gambia|GN Guinea
GQ Equatorial Guinea|GR Greece|GT Guatemala|GW Guinea-Bissau|GY Guyana|HK Hong Kong|HN Honduras|HR Croatia|HT Haiti|HU Hungary
ID Indonesia|IE Ireland|IL Israel|IN India|IQ Iraq|IR Iran|IS Iceland|IT Italy|JM Jamaica|JO Jordan|JP Japan|KE Kenya
KG Kyrgyzstan|KH Cambodia|KI Kiribati|KM Comoros|KN St. Kitts & Nevis|KR South Korea|KW Kuwait|KY Cayman Islands|KZ Kazakhstan
LA Laos|LB Lebanon|LC St. Lucia|LI Liechtenstein|LK Sri Lanka|LR Liberia|LS Lesotho|LT Lithuania|LU Luxembourg|LV Latvia|LY Libya
MA Morocco|MC Monaco|MD Moldova|ME Montenegro|MG Madagascar|MH Marshall Islands|MK North Macedonia|ML Mali|MM Myanmar (Burma)
MN Mongolia|MO Macao|MR Mauritania|MT Malta|MU Mauritius|MV Maldives|MW Malawi|MX Mexico|MY Malaysia|MZ Mozambique|NA Namibia
NE Niger|NG Nigeria|NI Nicaragua|NL Netherlands|NO Norway|NP Nepal|NR Nauru|NZ New Zealand|OM Oman|PA Panama|PE Peru
PG Papua New Guinea|PH Philippines|PK Pakistan|PL Poland|PS Palestine|PT Portugal|PW Palau|PY Paraguay|QA Qatar|RO Romania
RS Serbia|RU Russia|RW Rwanda|SA Saudi Arabia|SB Solomon Islands|SC Seychelles|SD Sudan|SE Sweden|SG Singapore|SI Slovenia
SK Slovakia|SL Sierra Leone|SM San Marino|SN Senegal|SO Somalia|SR Suriname|SS South Sudan|ST São Tomé & Príncipe|SV El Salvador
SZ Eswatini|TC Turks & Caicos Islands|TD Chad|TG Togo|TH Thailand|TJ Tajikistan|TL Timor-Leste|TM Turkmenistan|TN Tunisia|TO Tonga
TR Türkiye|TT Trinidad & Tobago|TV Tuvalu|TW Taiwan|TZ Tanzania|UA Ukraine|UG Uganda|US United States|UY Uruguay|UZ Uzbekistan
VA Vatican City|VC St. Vincent & Grenadines|VE Venezuela|VG British Virgin Islands|VN Vietnam|VU Vanuatu|WS Samoa|XK Kosovo
YE Yemen|ZA South Africa|ZM Zambia|ZW Zimbabwe
"""

# ISO code, what one US dollar is worth (roughly: only stability matters), digits after the point.
_CURRENCIES = """
AE AED 3.67 2|AR ARS 1000 2|AT EUR .92 2|AU AUD 1.5 2|BD BDT 118 2|BE EUR .92 2|BG EUR .92 2|BH BHD .38 3|BO BOB 6.9 2|BR BRL 5.4 2
CA CAD 1.37 2|CH CHF .88 2|CL CLP 940 0|CO COP 4100 2|CR CRC 520 2|CY EUR .92 2|CZ CZK 23 2|DE EUR .92 2|DK DKK 6.9 2|DZ DZD 134 2
EE EUR .92 2|EG EGP 48 2|ES EUR .92 2|FI EUR .92 2|FR EUR .92 2|GB GBP .79 2|GE GEL 2.7 2|GH GHS 15 2|GR EUR .92 2|HK HKD 7.8 2
HR EUR .92 2|HU HUF 360 2|ID IDR 16000 2|IE EUR .92 2|IL ILS 3.7 2|IN INR 84 2|IQ IQD 1310 0|IT EUR .92 2|JO JOD .71 3|JP JPY 150 0
KE KES 130 2|KR KRW 1350 0|KW KWD .31 3|KZ KZT 480 2|LK LKR 300 2|LT EUR .92 2|LU EUR .92 2|LV EUR .92 2|MA MAD 10 2|MM MMK 2100 2
MO MOP 8 2|MT EUR .92 2|MX MXN 18 2|MY MYR 4.7 2|NG NGN 1500 2|NL EUR .92 2|NO NOK 10.7 2|NZ NZD 1.65 2|PE PEN 3.8 2|PH PHP 57 2
PK PKR 278 2|PL PLN 4 2|PT EUR .92 2|PY PYG 7500 0|QA QAR 3.64 2|RO RON 4.6 2|RS RSD 108 2|RU RUB 90 2|SA SAR 3.75 2|SE SEK 10.5 2
SG SGD 1.35 2|SI EUR .92 2|SK EUR .92 2|TH THB 35 2|TR TRY 33 2|TW TWD 32 2|TZ TZS 2600 0|UA UAH 41 2|UG UGX 3750 0|VN VND 25000 0
ZA ZAR 18 2
"""

EU_AND_EEA = (
    (
        "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK"  # as the store lists it
    ).split()
)

# Names in the languages whose pages write them: a few, enough to show that the echo is not always English.
_LOCAL_NAMES = {
    "de": "US Vereinigte Staaten|DE Deutschland|AT Österreich|CH Schweiz"
    "|FR Frankreich|GB Vereinigtes Königreich|JP Japan|KR Südkorea|PL Polen|ES Spanien|IT Italien|BR Brasilien|IN Indien",
    "fr": "US États-Unis|DE Allemagne|FR France|GB Royaume-Uni|JP Japon|KR Corée du Sud"
    "|PL Pologne|ES Espagne|IT Italie|BR Brésil|IN Inde|CH Suisse|BE Belgique",
    "es": "US Estados Unidos|DE Alemania|FR Francia|GB Reino Unido|JP Japón|KR Corea del Sur"
    "|PL Polonia|ES España|IT Italia|BR Brasil|MX México|AR Argentina",
    "pt": "US Estados Unidos|DE Alemanha|FR França|GB Reino Unido|JP Japão|KR Coreia do Sul|PT Portugal|ES Espanha|BR Brasil",
    "ja": "US アメリカ合衆国|DE ドイツ|FR フランス|GB イギリス|JP 日本|KR 韓国|BR ブラジル|IN インド|TW 台湾",
    "ko": "US 미국|DE 독일|FR 프랑스|GB 영국|JP 일본|KR 대한민국|BR 브라질|IN 인도",
    "zh": "US 美国|DE 德国|FR 法国|GB 英国|JP 日本|KR 韩国|TW 台湾|HK 香港|SG 新加坡",
    "ar": "US الولايات المتحدة|DE ألمانيا|FR فرنسا|GB المملكة المتحدة|EG مصر|SA المملكة العربية السعودية|AE الإمارات العربية المتحدة",
    "he": "US ארצות הברית|DE גרמניה|FR צרפת|GB בריטניה|IL ישראל",
    "ru": "US Соединенные Штаты|DE Германия|FR Франция|GB Великобритания|RU Россия|KZ Казахстан|UA Украина",
}


def _entries(table: str) -> list[str]:
    return [entry for line in table.strip().splitlines() for entry in line.split("|")]


@dataclass(frozen=True, slots=True)
class Country:
    """One storefront: its two-letter code in capitals, its English name, and its money."""

    code: str
    name: str
    currency: str = "USD"
    per_dollar: float = 1.0
    decimals: int = 2

    @property
    def in_eea(self) -> bool:
        """Whether the storefront shows what European law asks for."""
        return self.code in EU_AND_EEA

    def name_in(self, language: str) -> str:
        """The country's name as a page in this language (its first part, as in "pt") writes it, else in English."""
        return _NAMES_IN.get(language, {}).get(self.code, self.name)


def _build() -> dict[str, Country]:
    money = {}
    for entry in _entries(_CURRENCIES):
        code, currency, rate, decimals = entry.split()
        money[code] = (currency, float(rate), int(decimals))
    countries = {}
    for entry in _entries(_COUNTRIES):
        code, _, name = entry.partition(" ")
        countries[code] = Country(code, name, *money.get(code, ("USD", 1.0, 2)))
    return countries


_NAMES_IN = {
    language: {entry[:2]: entry[3:] for entry in names.split("|")} for language, names in _LOCAL_NAMES.items()
}

#: Every storefront by its code in capitals.
COUNTRIES = _build()


def storefront(gl: str) -> Country:
    """The storefront that answers for this ``gl``: that country, or the United States when it is none.

    An unknown country is how a server that ignored ``gl`` looks to its client.
    """
    return COUNTRIES.get(gl.upper()) or COUNTRIES["US"]
