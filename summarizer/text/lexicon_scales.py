"""Words that stand for a magnitude ("dozen", "thousands", "Milliarden"), by language, with how they behave.

Each entry is `word=value` and flags:
    (none)  a plain scale word: alone it is that number, after a number it multiplies ("thousand")
    p       a plural: alone it is vague ("thousands"), after a number it multiplies ("five thousands")
    v       always vague, even after ten or hundred (Turkish "on binlerce", tens of thousands)
    a       a collective noun that means *about* so many ("une centaine", "a dozen")
    d       an abbreviation, read only directly after digits ("5 bn", "10 тыс.")
    $       the same, and only for money ("$5m")
"""
# ruff: noqa: E501 - data: one line per entry

from functools import lru_cache
from typing import NamedTuple

from .folding import fold

_COMMON = "k=1e3d bn=1e9d mln=1e6d mrd=1e9d mio=1e6d m=1e6$ b=1e9$"
_SCALES: dict[str, str] = {
    "en": "tens=10p dozen=12a dozens=12p scores=20p hundred=100 hundreds=100p thousand=1e3 thousands=1e3p million=1e6 "
    "millions=1e6p billion=1e9 billions=1e9p trillion=1e12 trillions=1e12p lakh=1e5 lakhs=1e5p crore=1e7 crores=1e7p "
    "couple=2a pair=2 mn=1e6d tn=1e12d trn=1e12d",
    "fr": "huitaine=8a dizaine=10a dizaines=10p douzaine=12a douzaines=12p quinzaine=15a vingtaine=20a vingtaines=20p "
    "trentaine=30a quarantaine=40a cinquantaine=50a soixantaine=60a centaine=100a centaines=100p cent=100 cents=100 "
    "millier=1e3a milliers=1e3p mille=1e3 million=1e6 millions=1e6p milliard=1e9 milliards=1e9p billion=1e12 "
    "billions=1e12p md=1e9d mds=1e9d mdr=1e9d",
    "es": "decena=10a decenas=10p docena=12a docenas=12p quincena=15a veintena=20a veintenas=20p treintena=30a "
    "cuarentena=40a cincuentena=50a centena=100a centenas=100p centenar=100a centenares=100p cien=100 ciento=100 "
    "cientos=100p millar=1e3a millares=1e3p mil=1e3 miles=1e3p millón=1e6 millones=1e6p billón=1e12 billones=1e12p mill=1e6d",
    "it": "decina=10a decine=10p dozzina=12a dozzine=12p quindicina=15a ventina=20a ventine=20p trentina=30a "
    "quarantina=40a cinquantina=50a sessantina=60a centinaio=100a centinaia=100p cento=100 migliaio=1e3a migliaia=1e3p "
    "mille=1e3 mila=1e3 milione=1e6 milioni=1e6p miliardo=1e9 miliardi=1e9p mld=1e9d",
    "de": "dutzend=12a dutzende=12p dutzenden=12p hundert=100 hunderte=100p hunderten=100p hunderter=100p tausend=1e3 "
    "tausende=1e3p tausenden=1e3p tausender=1e3p zehntausende=1e4p zehntausenden=1e4p hunderttausende=1e5p "
    "hunderttausenden=1e5p million=1e6 millionen=1e6p milliarde=1e9 milliarden=1e9p billion=1e12 billionen=1e12p mia=1e9d",
    "pt": "dezena=10a dezenas=10p dúzia=12a dúzias=12p quinzena=15a vintena=20a centena=100a centenas=100p cem=100 "
    "cento=100 milhar=1e3a milhares=1e3p mil=1e3 milhão=1e6 milhões=1e6p bilhão=1e9 bilhões=1e9p trilhão=1e12 "
    "trilhões=1e12p bilião=1e12 biliões=1e12p mi=1e6d bi=1e9d",
    "nl": "tiental=10a tientallen=10p dozijn=12a dozijnen=12p honderd=100 honderden=100p honderdtal=100a duizend=1e3 "
    "duizenden=1e3p duizendtal=1e3a tienduizenden=1e4p honderdduizenden=1e5p miljoen=1e6 miljoenen=1e6p miljard=1e9 "
    "miljarden=1e9p biljoen=1e12 mld=1e9d",
    "ru": "десяток=10a десятка=10a десятки=10p десятков=10p десяткам=10p десятками=10p десятках=10p дюжина=12a дюжину=12a "
    "дюжины=12p полсотни=50a сотня=100a сотню=100a сотни=100p сотен=100p сотням=100p сотнями=100p сотнях=100p "
    "полтысячи=500a тысяча=1e3 тысячу=1e3 тысячей=1e3 тысячи=1e3p тысяч=1e3p тысячам=1e3p тысячами=1e3p тысячах=1e3p "
    "тыс=1e3d полмиллиона=5e5a миллион=1e6 миллиона=1e6 миллионы=1e6p миллионов=1e6p миллионами=1e6p млн=1e6d "
    "миллиард=1e9 миллиарда=1e9 миллиарды=1e9p миллиардов=1e9p млрд=1e9d триллион=1e12 триллиона=1e12 "
    "триллионов=1e12p трлн=1e12d пара=2a пару=2a",
    "uk": "десяток=10a десятка=10a десятки=10p десятків=10p десятками=10p десятках=10p сотня=100a сотню=100a сотні=100p "
    "сотень=100p сотнями=100p тисяча=1e3 тисячу=1e3 тисячі=1e3p тисяч=1e3p тисячами=1e3p тис=1e3d мільйон=1e6 "
    "мільйона=1e6 мільйони=1e6p мільйонів=1e6p млн=1e6d мільярд=1e9 мільярда=1e9 мільярди=1e9p мільярдів=1e9p "
    "млрд=1e9d пара=2a пару=2a",
    "be": "дзясяткі=10p сотні=100p тысяча=1e3 тысячу=1e3 тысячы=1e3p тысяч=1e3p тыс=1e3d мільён=1e6 мільёны=1e6p "
    "мільёнаў=1e6p млн=1e6d",
    "bg": "десетки=10p стотина=100a стотици=100p хиляда=1e3 хиляди=1e3p милион=1e6 милиона=1e6 милиони=1e6p млн=1e6d "
    "милиард=1e9 милиарда=1e9 милиарди=1e9p млрд=1e9d хил=1e3d",
    "pl": "dziesiątki=10p dziesiątek=10p dziesiątkami=10p kilkadziesiąt=10p kilkudziesięciu=10p tuzin=12a tuziny=12p "
    "setka=100a setkę=100a setki=100p setek=100p setkami=100p kilkaset=100p kilkuset=100p tysiąc=1e3 tysiąca=1e3 "
    "tysiące=1e3p tysięcy=1e3p tysiącami=1e3p tys=1e3d milion=1e6 miliona=1e6 miliony=1e6p milionów=1e6p miliard=1e9 "
    "miliarda=1e9 miliardy=1e9p miliardów=1e9p mld=1e9d para=2a parę=2a",
    "cs": "desítka=10a desítky=10p desítek=10p desítkami=10p tucet=12a stovka=100a stovky=100p stovek=100p stě=100 sta=100 "
    "set=100 tisíc=1e3 tisíce=1e3p tisíců=1e3p tis=1e3d milion=1e6 milionu=1e6 miliony=1e6p milionů=1e6p miliarda=1e9 "
    "miliardy=1e9p miliard=1e9p mil=1e6d mld=1e9d",
    "sk": "desiatky=10p desiatok=10p tucet=12a stovka=100a stovky=100p stoviek=100p tisíc=1e3 tisíce=1e3p tisícov=1e3p "
    "tis=1e3d milión=1e6 milióny=1e6p miliónov=1e6p miliarda=1e9 miliardy=1e9p miliárd=1e9p mil=1e6d mld=1e9d",
    "sl": "desetine=10p stotine=100p tisoč=1e3 tisoče=1e3p tisočev=1e3p milijon=1e6 milijona=1e6 milijone=1e6p milijonov=1e6p",
    "sr": "desetine=10p desetina=10p stotine=100p stotina=100p hiljada=1e3 hiljadu=1e3 hiljade=1e3p tisuća=1e3 tisuću=1e3 "
    "tisuće=1e3p milion=1e6 miliona=1e6 milioni=1e6p milijun=1e6 milijuna=1e6 milijarda=1e9 milijarde=1e9p десетине=10p "
    "стотине=100p хиљада=1e3 хиљаду=1e3 хиљаде=1e3p милион=1e6 милиона=1e6 милијарда=1e9 милијарди=1e9",
    "ro": "zeci=10p duzină=12a sută=100 sute=100p mie=1e3 mii=1e3p milion=1e6 milioane=1e6p miliard=1e9 miliarde=1e9p mil=1e6d",
    "hu": "tucat=12a tucatnyi=12a száz=100 százak=100p ezer=1e3 ezrek=1e3p millió=1e6 milliók=1e6p milliárd=1e9 milliárdok=1e9p",
    "tr": "düzine=12a onlarca=10v yüzlerce=100v binlerce=1e3v milyonlarca=1e6v milyarlarca=1e9v yüz=100 bin=1e3 bini=1e3 "
    "binden=1e3 bine=1e3 milyon=1e6 milyonu=1e6 milyondan=1e6 milyar=1e9 milyarı=1e9 trilyon=1e12 mn=1e6d",
    "az": "onlarla=10v yüzlərlə=100v minlərlə=1e3v yüz=100 min=1e3 milyon=1e6 milyard=1e9",
    "ar": "عشرات=10p مائة=100 مئة=100 مئات=100p ألف=1e3 ألفا=1e3 آلاف=1e3p ألوف=1e3p مليون=1e6 مليونا=1e6 ملايين=1e6p "
    "مليار=1e9 مليارا=1e9 مليارات=1e9p بليون=1e9 تريليون=1e12 مئتان=200 مئتين=200 مائتان=200 مائتين=200 مئتي=200 "
    "ألفان=2e3 ألفين=2e3 ألفي=2e3 مليونان=2e6 مليونين=2e6 مليوني=2e6 دزينة=12a",
    "fa": "ده‌ها=10p دهها=10p صد=100 صدها=100p هزار=1e3 هزاران=1e3p هزارها=1e3p میلیون=1e6 میلیون‌ها=1e6p "
    "میلیارد=1e9 میلیاردها=1e9p",
    "ur": "درجن=12a درجنوں=12p سو=100 سینکڑوں=100p ہزار=1e3 ہزاروں=1e3p لاکھ=1e5 لاکھوں=1e5p کروڑ=1e7 کروڑوں=1e7p ارب=1e9",
    "he": "עשרות=10p תריסר=12a מאה=100 מאות=100p אלף=1e3 אלפי=1e3p אלפים=1e3p רבבות=1e4p מיליון=1e6 מיליוני=1e6p "
    "מיליונים=1e6p מיליארד=1e9 מיליארדי=1e9p מאתיים=200 אלפיים=2e3",
    "hi": "दर्जन=12a दर्जनों=12p सौ=100 सैकड़ों=100p हजार=1e3 हज़ार=1e3 हजारों=1e3p हज़ारों=1e3p लाख=1e5 लाखों=1e5p "
    "करोड़=1e7 करोड़ों=1e7p अरब=1e9",
    "bn": "শত=100 হাজার=1e3 লাখ=1e5 লক্ষ=1e5 কোটি=1e7",
    "sv": "dussin=12a dussintals=12p tiotal=10a tiotals=10p hundra=100 hundratal=100a hundratals=100p tusen=1e3 tusental=1e3a "
    "tusentals=1e3p tiotusentals=1e4p hundratusentals=1e5p miljon=1e6 miljoner=1e6p miljontals=1e6p miljard=1e9 miljarder=1e9p",
    "da": "snesevis=20p dusin=12a dusinvis=12p hundrede=100 hundreder=100p hundredvis=100p tusind=1e3 tusinde=1e3 "
    "tusinder=1e3p tusindvis=1e3p titusinder=1e4p titusindvis=1e4p million=1e6 millioner=1e6p milliard=1e9 "
    "milliarder=1e9p mia=1e9d",
    "no": "titalls=10p dusin=12a dusinvis=12p hundre=100 hundrevis=100p hundretalls=100p tusen=1e3 tusener=1e3p tusenvis=1e3p "
    "titusener=1e4p titusenvis=1e4p million=1e6 millioner=1e6p milliard=1e9 milliarder=1e9p mill=1e6d mrd=1e9d",
    "lt": "dešimtys=10p šimtas=100 šimtą=100 šimtai=100p šimtų=100p tūkstantis=1e3 tūkstančiai=1e3p tūkstančių=1e3p "
    "milijonas=1e6 milijonai=1e6p milijonų=1e6p",
    "lv": "simtu=100 simts=100 simti=100 tūkstotis=1e3 tūkstoši=1e3",
    "fi": "kymmeniä=10p kymmenien=10p kymmenet=10p tusina=12a sata=100 sataa=100 satoja=100p satojen=100p sadat=100p "
    "tuhat=1e3 tuhatta=1e3 tuhansia=1e3p tuhannet=1e3p tuhansien=1e3p miljoona=1e6 miljoonaa=1e6 miljoonia=1e6p "
    "miljoonat=1e6p miljardi=1e9 miljardia=1e9 miljardeja=1e9p milj=1e6d mrd=1e9d",
    "id": "puluhan=10v lusin=12a ratusan=100v ribuan=1e3v jutaan=1e6v miliaran=1e9v puluh=10 ratus=100 seratus=100 ribu=1e3 "
    "seribu=1e3 juta=1e6 miliar=1e9 triliun=1e12",
    "vi": "mươi=10 chục=10 trăm=100 nghìn=1e3 ngàn=1e3 triệu=1e6 tỷ=1e9 tỉ=1e9",
    "el": "δεκάδες=10p δεκάδων=10p εκατοντάδα=100a εκατοντάδες=100p εκατοντάδων=100p εκατό=100 χίλια=1e3 χίλιοι=1e3 "
    "χιλιάδες=1e3p χιλιάδων=1e3p εκατομμύριο=1e6 εκατομμύρια=1e6p εκατ=1e6d δισεκατομμύριο=1e9 δισεκατομμύρια=1e9p δισ=1e9d",
    "th": "ร้อย=100 พัน=1e3 หมื่น=1e4 แสน=1e5 ล้าน=1e6",
}
# Read after digits in any language: words that mean one thing wherever they are used.
_ANYWHERE = ("en", "fr", "de", "es", "it", "pt", "nl", "ru", "uk", "pl", "ar", "fa", "hi", "ur", "tr", "el", "th", "he")
_TRAPS = "set mil min b bi mi bin mill sto son mia md tis cent cents score scores pair couple"


class Scale(NamedTuple):
    """One magnitude word: its value and how it behaves (see the module's text)."""

    value: float
    flag: str = ""


def word_key(word: str) -> str:
    """Return the form under which a word is looked up: folded, without Arabic vowel marks, kashida and joiners."""
    key = fold(word)
    key = "".join(char for char in key if not ("\u064b" <= char <= "\u0652" or char in "\u0640\u200c\u200d"))
    return key.translate(_LETTERS)


# Spelling variants that writers use freely: Arabic/Persian yeh, kaf and hamza seats; Russian yo.
_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "أ": "ا", "إ": "ا", "آ": "ا", "ئ": "ی", "ё": "е"})


def _parse(entries: str) -> dict[str, Scale]:
    table: dict[str, Scale] = {}
    for entry in entries.split():
        word, _, number = entry.partition("=")
        if not number:
            continue
        flag = number[-1] if number[-1] in "pvad$" else ""
        table[word_key(word)] = Scale(float(number.removesuffix(flag)), flag)
    return table


@lru_cache(maxsize=64)
def scales(language: str | None) -> dict[str, Scale]:
    """Magnitude words of a language (a primary subtag); for None English, and others' that can be nothing else."""
    common = _parse(_COMMON)
    if language is not None:
        return common | _parse(_SCALES.get(language, ""))
    table: dict[str, Scale] = {}
    for other in reversed(_ANYWHERE):
        for word, scale in _parse(_SCALES[other]).items():
            if scale.flag not in ("p", "v", "a") or scale.value >= 1e6:
                table[word] = Scale(scale.value, "d")  # only after digits: alone it may be another language's word
    return {word: scale for word, scale in table.items() if word not in _TRAPS.split()} | common | _parse(_SCALES["en"])
