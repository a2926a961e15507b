"""Money and shares: the currency or per cent beside a figure, by name, code or sign, in the text's language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.marks import Mark, find_marks
from summarizer.schemas import Quantity
from summarizer.text.lexicon import load
from summarizer.text.money import MONEY_AND_SHARES, money_named
from summarizer.text.numbers import find_numbers
from summarizer.text.quantities import parse_quantity, quantities_overlap

DENSE = ("zh", "ja", "ko")
NAMES = [
    (language, form.strip(), unit)
    for unit, forms in load("money").items()
    if unit in MONEY_AND_SHARES
    for language, listed in forms.items()
    for form in listed.split(",")
]


def only_mark(sentence: str, language: str) -> Mark:
    (mark,) = find_marks(sentence, language, "2031-05-03")
    return mark


def unit_of(sentence: str, language: str) -> str | None:
    """The unit of the one figure in a sentence."""
    value = only_mark(sentence, language).value
    assert isinstance(value, Quantity)
    return value.unit


@pytest.mark.parametrize(
    ("language", "sentence", "unit"),
    [
        ("en", "The damage is put at 4.2 million crowns.", "crowns"),
        ("fr", "Les dégâts s’élèvent à 4,2 millions de couronnes.", "crowns"),
        ("de", "Der Schaden liegt bei 4,2 Millionen Kronen.", "crowns"),
        ("sv", "Skadorna uppgår till 4,2 miljoner kronor.", "crowns"),
        ("fr", "La réparation a coûté 3 millions d’euros.", "EUR"),
        ("it", "La riparazione è costata 3 milioni di euro.", "EUR"),
        ("es", "Las pérdidas suman unos 200 millones de dólares.", "USD"),
        ("es", "La multa es de 40.000 pesos.", "pesos"),
        ("ru", "Ущерб составил 40 млн рублей.", "RUB"),
        ("uk", "Збитки сягнули 40 млн гривень.", "UAH"),
        ("ar", "بلغت الخسائر 4 ملايين دولار.", "USD"),
        ("zh", "损失约420万美元。", "USD"),
        ("zh", "损失约420万元。", "CNY"),
        ("ja", "被害額は3億円に上る。", "JPY"),
        ("ko", "피해액은 4억 원이다.", "KRW"),
        ("tr", "Hasar 40 milyon lira.", "TRY"),
        ("tr", "Onarım 18,5 milyon avroya mal oldu.", "EUR"),
        ("en", "Brazil paid R$40 million.", "BRL"),
        ("en", "He was fined A$40.", "AUD"),
        ("en", "The ransom was US$40.", "USD"),
        ("en", "The ransom was 40 U.S. dollars.", "USD"),
        ("ru", "Сгорело 40 процентов леса.", "percent"),
        ("fr", "Il obtient 40 pour cent des voix.", "percent"),
        ("es", "Ardió el 40 por ciento del bosque.", "percent"),
        ("it", "È bruciato il 40 per cento del bosco.", "percent"),
        ("ar", "احترقت نسبة 40 في المئة من الغابة.", "percent"),
        ("tr", "Ormanın yüzde 40 kadarı yandı.", "percent"),
        ("zh", "百分之四十的选民没有投票。", "percent"),
        ("de", "Der Schaden liegt bei 40 Mio. Euro.", "EUR"),
        ("pl", "Straty wyniosły 40 tys. złotych.", "PLN"),
        ("fr", "Un budget de 5 M€ est prévu.", "EUR"),
        ("en", "Some 40 per cent of voters stayed at home.", "percent"),
    ],
)
def test_an_amount_has_its_unit(language: str, sentence: str, unit: str) -> None:
    assert unit_of(sentence, language) == unit


@pytest.mark.parametrize(
    ("language", "sentence", "low", "high", "unit"),
    [
        ("fr", "Il faut entre 5 et 7 millions d’euros.", 5e6, 7e6, "EUR"),
        ("de", "Es fehlen 5 bis 7 Prozent.", 5, 7, "percent"),
        ("en", "It costs between $5m and $7m.", 5e6, 7e6, "USD"),
        ("ru", "Сгорело от 5 до 7 процентов леса.", 5, 7, "percent"),
        ("en", "Between 5,000 and 2 million crowns are missing.", 5000, 2e6, "crowns"),
        ("fr", "Un budget de 5 M€ est prévu.", 5e6, 5e6, "EUR"),
    ],
)
def test_both_ends_of_a_range_have_scale_and_unit(
    language: str, sentence: str, low: float, high: float, unit: str
) -> None:
    value = only_mark(sentence, language).value
    assert isinstance(value, Quantity)
    assert (value.low, value.high, value.unit) == (low, high, unit)


@pytest.mark.parametrize("sentence", ["They won 3 medals.", "3 won a medal.", "Some 40 crews went out."])
def test_what_only_looks_like_money_is_none(sentence: str) -> None:
    assert unit_of(sentence, "en") is None


@pytest.mark.parametrize(
    ("language", "text", "numbers"),
    [
        ("fr", "cent pour cent", [100]),
        ("fr", "cent morts, dont dix pour cent d'enfants", [100, 10]),
        ("es", "el ciento por ciento", [100]),
        ("it", "cento feriti, il dieci per cento", [100, 10]),
        ("pt", "cem feridos, dez por cento", [100, 10]),
        ("ar", "مئة جريح", [100]),
        ("zh", "百分之四十的选民", [40]),
        ("zh", "一百人", [100]),
    ],
)
def test_the_hundred_of_per_cent_is_no_number(language: str, text: str, numbers: list[float]) -> None:
    assert [number.value for number in find_numbers(text, language)] == numbers


@pytest.mark.parametrize(("language", "name", "unit"), NAMES)
def test_every_name_of_the_list_is_understood(language: str, name: str, unit: str) -> None:
    spoken = None if language == "any" else language
    assert money_named(name, spoken) == unit
    if language != "tr":  # its dotless i has no capital of its own
        assert money_named(name.upper(), spoken) == unit


@given(st.text(max_size=12), st.sampled_from(["en", "fr", "ar", "zh", "xx", None]))
def test_any_text_is_a_known_unit_or_none(text: str, language: str | None) -> None:
    assert money_named(text, language) in {*MONEY_AND_SHARES, None}


@given(
    st.integers(2, 900),
    st.sampled_from([name for name in NAMES if name[0] not in ("any", *DENSE, "ar", "fa") and name[2] != "percent"]),
)
def test_an_answer_in_money_is_no_answer_in_other_money(amount: int, name: tuple[str, str, str]) -> None:
    language, form, unit = name
    told = parse_quantity(f"{amount} {form}", language)
    other = Quantity(low=amount, high=amount, unit="GBP" if unit != "GBP" else "USD")
    assert told is not None
    assert told.unit == unit
    assert not quantities_overlap(told, other)
