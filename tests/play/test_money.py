from __future__ import annotations

import pytest

from playfast.play.money import amount, price_range

NBSP, NARROW, THIN, FIGURE = "\u00a0", "\u202f", "\u2009", "\u2007"
RLM, LRM, ALM = "\u200f", "\u200e", "\u061c"


@pytest.mark.parametrize(
    ("sentence", "currency", "low", "high"),
    [
        # recorded
        ("$0.99 - $49.99 per item", "USD", 0.99, 49.99),
        ("0,40\u00a0€–204,99\u00a0€ bei Abrechnung über Google\u00a0Play", "EUR", 0.40, 204.99),
        ("￥7～￥790,500/アイテム", "JPY", 7, 790_500),
        ("$1.49 per item", "USD", 1.49, 1.49),
        # one price
        ("4,99\u00a0€ pro Artikel", "EUR", 4.99, 4.99),
        ("1 100,00 ₽ за продукт", "RUB", 1100, 1100),
        ("每件商品 US$0.99", "USD", 0.99, 0.99),
        # western Europe: comma for decimals; dot, space or narrow space for groups
        ("De 0,99\u00a0€ à 1\u202f234,99\u00a0€ par élément", "EUR", 0.99, 1234.99),
        ("0,99 €-1.234,99 € por elemento", "EUR", 0.99, 1234.99),
        ("0,99 € - 1.099,99 € per elemento", "EUR", 0.99, 1099.99),
        ("9,00\u00a0kr–1\u00a0099,00\u00a0kr per objekt", "SEK", 9.0, 1099.0),
        ("kr\u00a09,00–kr\u00a01\u00a0099,00 per element", "NOK", 9.0, 1099.0),
        ("0,99 £ - 99,99 £", "GBP", 0.99, 99.99),
        ("R 19,99 – R 1\u00a0999,99 per item", "ZAR", 19.99, 1999.99),
        # Switzerland: both apostrophes
        ("CHF 1.00–CHF 1’234.50 pro Artikel", "CHF", 1.0, 1234.50),
        ("CHF 1.00–CHF 1'234.50 pro Artikel", "CHF", 1.0, 1234.50),
        ("CHF 2’000 – CHF 1’234’567.80", "CHF", 2000, 1_234_567.80),
        # eastern Europe
        ("Od 25,00\u00a0Kč do 2\u00a0590,00\u00a0Kč za položku", "CZK", 25.0, 2590.0),
        ("4,99\u00a0zł – 1299,99\u00a0zł za element", "PLN", 4.99, 1299.99),
        ("390\u00a0Ft–99\u00a0990\u00a0Ft elemenként", "HUF", 390, 99_990),
        ("от 79,00\u00a0₽ до 8\u00a0990,00\u00a0₽ за продукт", "RUB", 79.0, 8990.0),
        ("1,99\u00a0лв. – 219,99\u00a0лв. за артикул", "BGN", 1.99, 219.99),
        ("RSD\u00a0120–RSD\u00a013.999 po stavci", "RSD", 120, 13_999),
        ("29,99\u00a0грн – 4\u00a0299,99\u00a0грн за продукт", "UAH", 29.99, 4299.99),
        ("Öğe başına ₺29,99 - ₺4.999,99", "TRY", 29.99, 4999.99),
        # the Americas
        ("R$\u00a04,99 – R$\u00a01.499,00 por item", "BRL", 4.99, 1499.0),
        ("MX$15.00 – MX$1,999.00 por artículo", "MXN", 15.0, 1999.0),
        ("COP\u00a03.900,00 – COP\u00a0479.900,00 por elemento", "COP", 3900.0, 479_900.0),
        ("$\u00a03.900 – $\u00a0479.900", "COP", 3900, 479_900),
        ("S/\u00a03.49 – S/\u00a0399.90 por elemento", "PEN", 3.49, 399.90),
        ("CA$1.39 – CA$139.99", "CAD", 1.39, 139.99),
        ("1,39\u00a0$ – 139,99\u00a0$ par élément", "CAD", 1.39, 139.99),
        # India: groups of two after the first of three
        ("₹10.00 - ₹10,900.00 per item", "INR", 10.0, 10_900.0),
        ("₹89 – ₹1,00,000 per item", "INR", 89, 100_000),
        ("₹1,00,000.00 – ₹12,34,567.89", "INR", 100_000.0, 1_234_567.89),
        ("प्रति आइटम ₹10.00 से ₹10,900.00", "INR", 10.0, 10_900.0),
        ("Rs.\u00a0200.00 – Rs.\u00a055,900.00 per item", "PKR", 200.0, 55_900.0),
        # other digits
        ("٠٫٩٩\u00a0US$ - ٤٩٫٩٩\u00a0US$ لكل عنصر", "USD", 0.99, 49.99),
        ("من ٤٩٫٩٩ ج.م. إلى ١٬٢٣٤٫٥٠ ج.م. لكل عنصر", "EGP", 49.99, 1234.50),
        (f"{RLM}٣٫٩٩ ر.س.{RLM} – {RLM}١٬٨٩٩٫٩٩ ر.س.{RLM}", "SAR", 3.99, 1899.99),
        ("هر مورد ۰٫۹۹ تا ۴۹٫۹۹ دلار", "USD", 0.99, 49.99),
        ("প্রতি আইটেম ৳১২০.০০ - ৳১১,৯০০.০০", "BDT", 120.0, 11_900.0),
        ("प्रति वस्तु ₹१०.०० – ₹१०,९००.००", "INR", 10.0, 10_900.0),
        (f"{LRM}₪ 3.90{LRM} – {LRM}₪ 1,299.90{LRM} לכל פריט", "ILS", 3.90, 1299.90),
        ("AED 3.99 – AED 1,899.99 per item", "AED", 3.99, 1899.99),
        # no decimals
        ("항목당 ₩1,100~₩550,000", "KRW", 1100, 550_000),
        ("￥120～￥12,000/アイテム", "JPY", 120, 12_000),
        ("22.000\u00a0₫ – 2.549.000\u00a0₫ mỗi mục", "VND", 22_000, 2_549_000),
        ("CLP\u00a0890 – CLP\u00a0119.990 por elemento", "CLP", 890, 119_990),
        ("PYG 7.500 – PYG 799.000", "PYG", 7500, 799_000),
        ("FCFA 600 – 65\u202f000 FCFA par élément", "XOF", 600, 65_000),
        ("USh 3,900 – USh 389,000", "UGX", 3900, 389_000),
        ("Rp\u00a015.000 – Rp\u00a01.599.000 per item", "IDR", 15_000, 1_599_000),
        ("Rp\u00a015.000,00 – Rp\u00a01.599.000,00", "IDR", 15_000, 1_599_000),
        # three decimals
        ("KWD\u00a00.300 – KWD\u00a030.990 per item", "KWD", 0.3, 30.99),
        ("KWD 1,234.500", "KWD", 1234.5, 1234.5),
        ("د.ك.\u200f ٠٫٣٠٠ – د.ك.\u200f ٣٠٫٩٩٠", "KWD", 0.3, 30.99),
        ("0,750\u00a0DT – 1.299,990\u00a0DT", "TND", 0.75, 1299.99),
        ("BHD 0.400 – BHD 39.990", "BHD", 0.4, 39.99),
        ("JOD 0.750", "JOD", 0.75, 0.75),
        # eastern Asia
        ("每件商品 NT$30.00-NT$3,290.00", "TWD", 30.0, 3290.0),
        ("US$0.99-US$49.99/件商品", "USD", 0.99, 49.99),
        ("HK$8.00 - HK$1,188.00", "HKD", 8.0, 1188.0),
        ("฿35.00 – ฿3,600.00 ต่อรายการ", "THB", 35.0, 3600.0),
        ("₱49.00 - ₱5,490.00 bawat item", "PHP", 49.0, 5490.0),
        # without a currency known
        ("$0.99 - $49.99 per item", None, 0.99, 49.99),
        ("0,99 € – 1.234,99 €", None, 0.99, 1234.99),
        ("1,000 – 2,500,000", None, 1000, 2_500_000),
        # the larger one first (right-to-left texts are stored in the order they are read)
        ("٤٩٫٩٩ - ٠٫٩٩", "USD", 0.99, 49.99),
    ],
)  # fmt: skip
def test_the_prices_of_a_sentence_are_read(sentence, currency, low, high):
    found = price_range(sentence, currency)
    assert found == (pytest.approx(low), pytest.approx(high))
    assert [type(price) for price in found] == [float, float]


@pytest.mark.parametrize("sentence", ["", "free", "per item", "—", "$.", "In-app purchases", "½", "²"])
def test_a_sentence_without_a_number_names_no_price(sentence):
    assert price_range(sentence, "USD") is None


def test_dinars_of_iraq_are_written_without_decimals():
    """ISO 4217 divides the dinar by 1,000, but CLDR, after which Google writes prices, has no decimals for it."""
    assert price_range("IQD\u00a01,500 – IQD\u00a0150,000 per item", "IQD") == (1500, 150_000)


@pytest.mark.parametrize(
    ("written", "currency", "wanted"),
    [
        ("7", "JPY", 7),
        ("0", "USD", 0),
        ("1,234", "USD", 1234),
        ("1.234", "EUR", 1234),
        ("1,234", "KWD", 1.234),
        ("1’234", "KWD", 1234),  # an apostrophe is never a decimal mark
        ("1 234", "TND", 1234),
        ("1.234.567", "KWD", 1_234_567),
        ("12.5", "USD", 12.5),
        ("1.234,5", "EUR", 1234.5),
        ("1,234,567.89", "USD", 1_234_567.89),
        ("1٬234٫56", "SAR", 1234.56),
        ("1234567", None, 1_234_567),
    ],
)
def test_one_number_is_read_by_its_marks_and_currency(written, currency, wanted):
    assert amount(written, currency) == pytest.approx(wanted)
