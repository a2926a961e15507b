"""Hedges of quantities by language: phrases that stand before or after a number ("au moins", "以上")."""
# ruff: noqa: E501 - data: one line per entry

import re
from functools import lru_cache

from ..schemas import Qualifier
from .folding import fold_each

_NAMES = {
    "~": Qualifier.ABOUT,
    ">": Qualifier.MORE_THAN,
    ">=": Qualifier.AT_LEAST,
    "<": Qualifier.LESS_THAN,
    "<=": Qualifier.AT_MOST,
    "..": Qualifier.BETWEEN,
    "=": Qualifier.EXACTLY,
}
# One line per qualifier: its sign as above, then phrases parted by "|".
_SIGNS = """
~ ~|≈|±
> >|＞
>= ≥|>=|⩾
< <|＜
<= ≤|<=|⩽
"""
_BEFORE: dict[str, str] = {
    "en": """
~ about|around|some|nearly|almost|close to|approximately|approx|approx.|roughly|an estimated|estimated|estimated at|circa|ca.|c.|in the region of|in the order of|on the order of|in the neighbourhood of|more or less|just about|as good as|virtually|about an estimated|an approximate|an average of|anywhere near
> more than|over|above|upwards of|upward of|exceeding|exceeds|exceeded|in excess of|greater than|well over|just over|a little over|slightly more than|higher than|beyond|better than|surpassed|topped
>= at least|no fewer than|no less than|not less than|not fewer than|a minimum of|minimum of|minimum|at the very least|at minimum
< less than|fewer than|under|below|just under|just below|well under|smaller than|lower than|slightly less than|short of
<= at most|up to|as many as|as much as|no more than|not more than|a maximum of|maximum of|maximum|at the most|not exceeding|no greater than|at maximum
.. between|from between
= exactly|precisely
""",
    "fr": """
~ environ|près de|autour de|quelque|à peu près|presque|quasiment|approximativement|aux alentours de|dans les|un total estimé à|estimé à|estimés à|estimées à|de l'ordre de|grosso modo|pas loin de
> plus de|plus d'|au-delà de|au delà de|au-dessus de|supérieur à|supérieure à|bien plus de|un peu plus de|dépasse|dépassé|dépassent
>= au moins|au minimum|pas moins de|minimum|au bas mot|un minimum de
< moins de|moins d'|un peu moins de|en dessous de|inférieur à|inférieure à|à peine moins de
<= jusqu'à|au plus|au maximum|tout au plus|pas plus de|maximum|un maximum de
.. entre
= exactement|précisément
""",
    "es": """
~ unos|unas|cerca de|alrededor de|aproximadamente|casi|en torno a|en torno a los|más o menos|cerca de los|aproximado de|se estima en|prácticamente
> más de|más de los|por encima de|superior a|superan los|supera los|superó los|sobrepasa los
>= al menos|por lo menos|como mínimo|no menos de|cuando menos|un mínimo de|mínimo
< menos de|menos de los|por debajo de|inferior a
<= hasta|como máximo|no más de|a lo sumo|un máximo de|máximo
.. entre
= exactamente
""",
    "it": """
~ circa|quasi|attorno a|attorno ai|intorno a|intorno ai|all'incirca|approssimativamente|pressappoco|più o meno|pressoché|vicino a|grosso modo
> oltre|più di|più che|superiore a|superiori a|sopra i|ben oltre
>= almeno|non meno di|minimo|un minimo di|perlomeno|quanto meno
< meno di|inferiore a|sotto i|poco meno di
<= fino a|al massimo|non più di|tutt'al più|un massimo di|massimo
.. tra|fra|compreso tra
= esattamente
""",
    "de": """
~ rund|etwa|ca.|ca|circa|zirka|ungefähr|knapp|fast|annähernd|nahezu|um die|schätzungsweise|an die|beinahe|geschätzt|in etwa
> mehr als|über|gut|oberhalb von|weit über|weit mehr als|etwas mehr als
>= mindestens|wenigstens|zumindest|nicht weniger als|minimal
< weniger als|unter|unterhalb von|etwas weniger als
<= höchstens|maximal|bis zu|nicht mehr als|allenfalls|nicht über
.. zwischen
= genau|exakt
""",
    "pt": """
~ cerca de|aproximadamente|por volta de|quase|em torno de|perto de|uns|umas|mais ou menos|à volta de|na ordem de
> mais de|mais do que|acima de|superior a|ultrapassa|ultrapassou
>= pelo menos|ao menos|no mínimo|não menos de|nada menos que|um mínimo de
< menos de|menos do que|abaixo de|inferior a
<= até|no máximo|não mais de|não mais do que|não mais que|um máximo de
.. entre
= exatamente
""",
    "nl": """
~ ongeveer|circa|ca.|rond|rond de|zo'n|bijna|ruwweg|om en nabij|naar schatting|een kleine|tegen de
> meer dan|ruim|boven|boven de|meer dan de
>= minstens|ten minste|tenminste|minimaal|niet minder dan|zeker
< minder dan|onder|onder de
<= hoogstens|maximaal|ten hoogste|hooguit|niet meer dan|tot wel
.. tussen|tussen de
= precies|exact
""",
    "ru": """
~ около|примерно|приблизительно|порядка|почти|ориентировочно|где-то|оценочно
> более|больше|свыше|более чем|больше чем|превышает|превысило
>= не менее|не меньше|как минимум|минимум|по меньшей мере|по крайней мере|не менее чем|хотя бы
< менее|меньше|менее чем|меньше чем
<= до|не более|не больше|максимум|как максимум|не более чем|самое большее
.. между|от
= ровно
""",
    "uk": """
~ близько|приблизно|майже|орієнтовно|десь|під
> понад|більше|більш ніж|більше ніж|більш як|перевищує
>= щонайменше|принаймні|не менше|не менш як|мінімум|як мінімум|не менше ніж
< менше|менш ніж|менше ніж|менш як
<= до|не більше|не більш як|щонайбільше|максимум|як максимум
.. між|від
= рівно
""",
    "ar": """
~ حوالي|حوالى|نحو|قرابة|زهاء|ما يقارب|ما يقرب من|تقريبا|يقارب|بنحو|بحوالي|لنحو|ما يناهز
> أكثر من|اكثر من|ما يزيد على|ما يزيد عن|يزيد على|يزيد عن|تزيد على|تزيد عن|فوق|يتجاوز|تجاوز|لأكثر من|بأكثر من
>= ما لا يقل عن|لا يقل عن|لا تقل عن|على الأقل|على الاقل|بما لا يقل عن
< أقل من|اقل من|دون|ما يقل عن
<= ما يصل إلى|يصل إلى|تصل إلى|على الأكثر|لا يزيد عن|لا يزيد على|ما لا يزيد عن|ما لا يزيد على|لا يتجاوز|حتى|بحد أقصى
.. بين|ما بين
""",
    "zh": """
~ 约|約|大约|大約|大概|近|将近|將近|接近|估计|估計|左右|差不多|几乎|约有|约为
> 超过|超過|逾|多于|多於|高于|高於|超|破|突破|大于
>= 至少|最少|不少于|不少於|不低于|不低於|起码|不下
< 不到|少于|少於|低于|低於|不足|未满|小于
<= 最多|至多|不超过|不超過|不多于|多达|多達|高达|高達
.. 介于
""",
    "ja": """
~ 約|およそ|おおよそ|ほぼ|推定|だいたい|概ね
>= 少なくとも|最低|最低でも
<= 最大|最大で|最多|多くて|最高
""",
    "tr": """
~ yaklaşık|aşağı yukarı|neredeyse|takriben|tahminen|ortalama|yaklaşık olarak
>= en az|en azından|asgari
<= en fazla|en çok|azami
""",
    "pl": """
~ około|ok.|ok|niemal|prawie|blisko|mniej więcej|w przybliżeniu|jakieś|koło|niespełna
> ponad|więcej niż|powyżej|przeszło
>= co najmniej|przynajmniej|minimum|nie mniej niż|minimalnie
< mniej niż|poniżej
<= do|co najwyżej|najwyżej|maksymalnie|nie więcej niż|maksimum
.. między|pomiędzy|od
= dokładnie
""",
    "ko": """
~ 약|대략|거의
>= 최소|적어도|최소한|최소 약
<= 최대|많아야|최고
""",
    "fa": """
~ حدود|نزدیک به|تقریبا|قریب به|در حدود
> بیش از|بیشتر از|افزون بر
>= دست کم|دست‌کم|حداقل|لااقل
< کمتر از
<= حداکثر|تا
.. بین
""",
    "sv": """
~ omkring|cirka|ca|runt|ungefär|nästan|uppskattningsvis|närmare
> mer än|över|fler än
>= minst|åtminstone|inte mindre än
< mindre än|färre än|under
<= högst|upp till|som mest|inte mer än
.. mellan
""",
}
_AFTER: dict[str, str] = {
    "en": """
~ or so|or thereabouts|approximately|-odd|odd|-ish|roughly|give or take
> -plus|plus
>= or more|or higher|or above|+|at least|at a minimum|and above
<= or fewer|or less|at most|or under|or below|at the most
""",
    "fr": "\n~ environ|à peu près|approximativement|à quelques unités près\n>= au moins|au minimum|ou plus|minimum|et plus|+\n<= au plus|au maximum|maximum|ou moins\n",
    "es": "\n~ aproximadamente|más o menos|o así|aproximados\n>= al menos|por lo menos|como mínimo|o más|+\n<= como máximo|a lo sumo|o menos\n",
    "it": "\n~ circa|all'incirca|più o meno\n>= almeno|o più|+\n<= al massimo|o meno\n",
    "de": "\n~ ungefähr|oder so|etwa|circa\n>= oder mehr|mindestens|+\n<= höchstens|maximal|oder weniger\n",
    "pt": "\n~ aproximadamente|mais ou menos\n>= pelo menos|no mínimo|ou mais|+\n<= no máximo|ou menos\n",
    "nl": "\n~ ongeveer|of zo|circa\n>= of meer|minstens|+\n<= of minder|maximaal|hooguit\n",
    "ru": "\n~ примерно|приблизительно\n>= и более|или более|и больше|как минимум|минимум|+\n<= максимум|и менее|или менее\n",
    "uk": "\n~ приблизно\n>= і більше|або більше|та більше|щонайменше|+\n<= максимум|або менше\n",
    "ar": "\n~ تقريبا|تقريبًا\n>= على الأقل|على الاقل|أو أكثر|فأكثر|+\n<= على الأكثر|كحد أقصى|أو أقل\n",
    "zh": "\n~ 左右|上下|前后|前後|许|許\n> 多|余|餘\n>= 以上|及以上|或以上|+\n< 以内\n<= 以下|及以下\n",
    "ja": "\n~ 前後|程度|ほど|くらい|ぐらい|近く|余り強|弱|内外\n> 超|余|余り|あまり|強|を超え|を上回\n>= 以上|+\n< 未満|足らず|を下回\n<= 以下|以内\n",
    "tr": "\n~ civarında|dolayında|kadar|yakın|civarı\n> fazla|aşkın|üzerinde|üstünde|çok\n>= veya daha fazla|ve üzeri|ve daha fazla|+\n< az|altında\n",
    "pl": "\n~ mniej więcej|w przybliżeniu\n>= lub więcej|i więcej|+\n<= lub mniej\n",
    "ko": "\n~ 정도|가량|안팎|내외|쯤\n> 여|초과|넘\n>= 이상|+\n< 미만\n<= 이하|이내\n",
    "fa": "\n~ تقریبا\n>= یا بیشتر|+\n",
    "sv": "\n>= eller fler|eller mer|+\n<= eller färre\n",
}
_DENSE = ("zh", "ja", "ko")  # no spaces between a hedge and its number, nor word borders


def _lines(block: str) -> list[tuple[Qualifier, str]]:
    pairs = []
    for line in block.strip().splitlines():
        sign, _, phrases = line.strip().partition(" ")
        pairs += [(_NAMES[sign], fold_each(phrase.strip())) for phrase in phrases.split("|") if phrase.strip()]
    return pairs


def _compile(
    pairs: list[tuple[Qualifier, str]], dense: bool, before: bool
) -> tuple[re.Pattern[str], dict[str, Qualifier]]:
    known = {phrase: qualifier for qualifier, phrase in reversed(pairs)}
    # The longest phrase first: "no more than" holds "more than".
    phrases = sorted(known, key=len, reverse=True)
    parts = []
    for phrase in phrases:
        edge = phrase[0] if before else phrase[-1]
        border = "" if dense or not edge.isalpha() else (r"(?<!\w)" if before else r"(?!\w)")
        spaced = re.escape(phrase).replace(r"\ ", r"\s+")
        parts.append(border + spaced if before else spaced + border)
    return re.compile("|".join(parts)), known


@lru_cache(maxsize=64)
def hedges_before(language: str) -> tuple[re.Pattern[str], dict[str, Qualifier]]:
    """Pattern of the phrases before a number, over text folded by `fold_each`, and what each means."""
    pairs = [*_lines(_BEFORE.get(language, "")), *_lines(_SIGNS)]
    pattern, known = _compile(pairs, language in _DENSE, before=True)
    return re.compile(rf"(?:{pattern.pattern})\s*$"), known


@lru_cache(maxsize=64)
def hedges_after(language: str) -> tuple[re.Pattern[str], dict[str, Qualifier]]:
    """Pattern of the phrases after a number, over text folded by `fold_each`, and what each means."""
    pairs = _lines(_AFTER.get(language, "\n>= +\n"))
    return _compile(pairs, language in _DENSE, before=False)
