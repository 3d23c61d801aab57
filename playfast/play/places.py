"""The countries and languages that can be asked for."""

from __future__ import annotations

COUNTRIES: dict[str, str] = dict(
    entry.split(" ", 1)
    for entry in (
        "ad Andorra|ae United Arab Emirates|af Afghanistan|ag Antigua and Barbuda|ai Anguilla|al Albania|"
        "am Armenia|ao Angola|aq Antarctica|ar Argentina|as American Samoa|at Austria|au Australia|aw Aruba|"
        "ax Åland Islands|az Azerbaijan|ba Bosnia and Herzegovina|bb Barbados|bd Bangladesh|be Belgium|"
        "bf Burkina Faso|bg Bulgaria|bh Bahrain|bi Burundi|bj Benin|bl Saint Barthélemy|bm Bermuda|bn Brunei|"
        "bo Bolivia|bq Caribbean Netherlands|br Brazil|bs Bahamas|bt Bhutan|bv Bouvet Island|bw Botswana|"
        "by Belarus|bz Belize|ca Canada|cc Cocos Islands|cd Congo - Kinshasa|cf Central African Republic|"
        "cg Congo - Brazzaville|ch Switzerland|ci Côte d'Ivoire|ck Cook Islands|cl Chile|cm Cameroon|cn China|"
        "co Colombia|cr Costa Rica|cu Cuba|cv Cape Verde|cw Curaçao|cx Christmas Island|cy Cyprus|cz Czechia|"
        "de Germany|dj Djibouti|dk Denmark|dm Dominica|do Dominican Republic|dz Algeria|ec Ecuador|ee Estonia|"
        "eg Egypt|eh Western Sahara|er Eritrea|es Spain|et Ethiopia|fi Finland|fj Fiji|fk Falkland Islands|"
        "fm Micronesia|fo Faroe Islands|fr France|ga Gabon|gb United Kingdom|gd Grenada|ge Georgia|"
        "gf French Guiana|gg Guernsey|gh Ghana|gi Gibraltar|gl Greenland|gm Gambia|gn Guinea|gp Guadeloupe|"
        "gq Equatorial Guinea|gr Greece|gs South Georgia and South Sandwich Islands|gt Guatemala|gu Guam|"
        "gw Guinea-Bissau|gy Guyana|hk Hong Kong|hm Heard and McDonald Islands|hn Honduras|hr Croatia|"
        "ht Haiti|hu Hungary|id Indonesia|ie Ireland|il Israel|im Isle of Man|in India|"
        "io British Indian Ocean Territory|iq Iraq|ir Iran|is Iceland|it Italy|je Jersey|jm Jamaica|jo Jordan|"
        "jp Japan|ke Kenya|kg Kyrgyzstan|kh Cambodia|ki Kiribati|km Comoros|kn Saint Kitts and Nevis|"
        "kp North Korea|kr South Korea|kw Kuwait|ky Cayman Islands|kz Kazakhstan|la Laos|lb Lebanon|"
        "lc Saint Lucia|li Liechtenstein|lk Sri Lanka|lr Liberia|ls Lesotho|lt Lithuania|lu Luxembourg|"
        "lv Latvia|ly Libya|ma Morocco|mc Monaco|md Moldova|me Montenegro|mf Saint Martin|mg Madagascar|"
        "mh Marshall Islands|mk North Macedonia|ml Mali|mm Myanmar|mn Mongolia|mo Macao|"
        "mp Northern Mariana Islands|mq Martinique|mr Mauritania|ms Montserrat|mt Malta|mu Mauritius|"
        "mv Maldives|mw Malawi|mx Mexico|my Malaysia|mz Mozambique|na Namibia|nc New Caledonia|ne Niger|"
        "nf Norfolk Island|ng Nigeria|ni Nicaragua|nl Netherlands|no Norway|np Nepal|nr Nauru|nu Niue|"
        "nz New Zealand|om Oman|pa Panama|pe Peru|pf French Polynesia|pg Papua New Guinea|ph Philippines|"
        "pk Pakistan|pl Poland|pm Saint Pierre and Miquelon|pn Pitcairn Islands|pr Puerto Rico|ps Palestine|"
        "pt Portugal|pw Palau|py Paraguay|qa Qatar|re Réunion|ro Romania|rs Serbia|ru Russia|rw Rwanda|"
        "sa Saudi Arabia|sb Solomon Islands|sc Seychelles|sd Sudan|se Sweden|sg Singapore|sh Saint Helena|"
        "si Slovenia|sj Svalbard and Jan Mayen|sk Slovakia|sl Sierra Leone|sm San Marino|sn Senegal|"
        "so Somalia|sr Suriname|ss South Sudan|st São Tomé and Príncipe|sv El Salvador|sx Sint Maarten|"
        "sy Syria|sz Eswatini|tc Turks and Caicos Islands|td Chad|tf French Southern Territories|tg Togo|"
        "th Thailand|tj Tajikistan|tk Tokelau|tl Timor-Leste|tm Turkmenistan|tn Tunisia|to Tonga|tr Turkey|"
        "tt Trinidad and Tobago|tv Tuvalu|tw Taiwan|tz Tanzania|ua Ukraine|ug Uganda|um US Outlying Islands|"
        "us United States|uy Uruguay|uz Uzbekistan|va Vatican City|vc Saint Vincent and the Grenadines|"
        "ve Venezuela|vg British Virgin Islands|vi US Virgin Islands|vn Vietnam|vu Vanuatu|"
        "wf Wallis and Futuna|ws Samoa|xk Kosovo|ye Yemen|yt Mayotte|za South Africa|zm Zambia|zw Zimbabwe"
    ).split("|")
)
"""ISO 3166-1 alpha-2 codes (and `xk`), lower case, with an English name. Whether Play has a storefront there is Play's to say."""

LANGUAGES: tuple[str, ...] = tuple(
    (
        "af am ar as az be bg bn bs ca cs da de de-AT de-CH el en en-AU en-CA en-GB en-IE en-IN en-NZ en-SG "
        "en-US en-ZA es es-419 es-AR es-BO es-CL es-CO es-CR es-DO es-EC es-GT es-HN es-MX es-NI es-PA es-PE "
        "es-PR es-PY es-SV es-US es-UY es-VE et eu fa fi fil fr fr-CA fr-CH gl gsw gu he hi hr hu hy id is it "
        "ja ka kk km kn ko ky ln lo lt lv mk ml mn mr ms my ne nl no or pa pl pt pt-BR pt-PT ro ru si sk sl "
        "sq sr sr-Latn sv sw ta te th tr uk ur uz vi zh zh-CN zh-HK zh-TW zu"
    ).split()
)
"""The codes under which Play links its pages (`hreflang` of pages recorded in 2026-07), the `hl` of a request."""

REVIEW_LANGUAGES: tuple[str, ...] = tuple(
    (
        "en es pt ru de fr it ja ko zh tr id vi th hi ar pl nl sv da fi no cs el he hu ro uk bg hr sr sk sl lt lv et fa bn ta te ml mr gu "
        "kn pa ur ms tl sw af kk az uz ky ka hy be mk sq bs is mn ne si km lo my am eu gl ca"
    ).split()
)
"""Languages by which Play keeps reviews apart: 71 that a public project found to hold different reviews (2026-09). Their regional forms
and other codes are aliases (`tg` of Russian, `cy` of English), which would give the same reviews again."""

CLOSED: frozenset[str] = frozenset("cn ir kp sy".split())
"""Countries that the same project leaves out, since there is no store that answers for them: what is asked there looks as if it did not
exist."""
