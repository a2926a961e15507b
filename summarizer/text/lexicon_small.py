"""Small number words that the libraries do not know: inflected forms, articles, "none", "several", "half"."""
# ruff: noqa: E501 - data: one line per entry

from functools import lru_cache

from .lexicon_scales import word_key

# Forms beside those of text2num or num2words: gender, case, collectives, "both".
_WORDS: dict[str, str] = {
    "en": "both=2",
    "fr": "zéro=0",
    "es": "veintiún=21 ambos=2 ambas=2",
    "it": "entrambi=2 entrambe=2 ambedue=2",
    "pt": "ambos=2 ambas=2",
    "nl": "beide=2 anderhalf=1.5",
    "de": "ein=1 eine=1 einen=1 einem=1 einer=1 eines=1 eins=1 zweien=2 zweier=2 beide=2 beiden=2 dreien=3 dreier=3 "
    "anderthalb=1.5 eineinhalb=1.5 zweieinhalb=2.5",
    "ru": "один=1 одна=1 одно=1 одного=1 одной=1 одному=1 одним=1 одну=1 два=2 две=2 двух=2 двум=2 двумя=2 двое=2 двоих=2 "
    "двоим=2 оба=2 обе=2 обоих=2 обеих=2 трех=3 трем=3 тремя=3 трое=3 троих=3 четырех=4 четырем=4 четырьмя=4 четверо=4 "
    "четверых=4 пяти=5 пятью=5 пятеро=5 пятерых=5 шести=6 шестью=6 шестеро=6 шестерых=6 семи=7 семеро=7 семерых=7 "
    "восьми=8 девяти=9 десяти=10 десятью=10 сорока=40 пятидесяти=50 шестидесяти=60 семидесяти=70 восьмидесяти=80 "
    "девяноста=90 ста=100 двухсот=200 трехсот=300 четырехсот=400 пятисот=500 шестисот=600 семисот=700 восьмисот=800 "
    "девятисот=900 полтора=1.5 полторы=1.5",
    "uk": "один=1 одна=1 одне=1 одного=1 однієї=1 одному=1 одну=1 дві=2 двох=2 двом=2 двома=2 двоє=2 обидва=2 обидві=2 обох=2 "
    "трьох=3 трьом=3 трьома=3 троє=3 чотирьох=4 чотирьом=4 четверо=4 п'яти=5 п'ятьох=5 п'ятеро=5 шести=6 шістьох=6 "
    "шестеро=6 семи=7 сімох=7 семеро=7 восьми=8 вісьмох=8 дев'яти=9 десяти=10 десятьох=10 сорока=40 ста=100 двохсот=200 "
    "півтора=1.5",
    "pl": "jedna=1 jedno=1 jednego=1 jednej=1 jedną=1 jednym=1 dwie=2 dwaj=2 dwóch=2 dwu=2 dwoje=2 dwojga=2 dwoma=2 dwiema=2 "
    "oba=2 obie=2 obaj=2 obu=2 trzech=3 trzej=3 troje=3 trojga=3 trzema=3 czterech=4 czterej=4 czworo=4 czworga=4 "
    "pięciu=5 pięcioro=5 sześciu=6 sześcioro=6 siedmiu=7 siedmioro=7 ośmiu=8 ośmioro=8 dziewięciu=9 dziesięciu=10 "
    "jedenastu=11 dwunastu=12 trzynastu=13 czternastu=14 piętnastu=15 szesnastu=16 siedemnastu=17 osiemnastu=18 "
    "dziewiętnastu=19 dwudziestu=20 trzydziestu=30 czterdziestu=40 pięćdziesięciu=50 sześćdziesięciu=60 "
    "siedemdziesięciu=70 osiemdziesięciu=80 dziewięćdziesięciu=90 stu=100 dwustu=200 trzystu=300 czterystu=400 "
    "pięciuset=500 sześciuset=600 siedmiuset=700 ośmiuset=800 dziewięciuset=900 półtora=1.5",
    "cs": "jeden=1 jedna=1 jedno=1 jednoho=1 jedné=1 jednu=1 dvě=2 dvou=2 oba=2 obě=2 tří=3 čtyř=4 pěti=5 šesti=6 sedmi=7 "
    "osmi=8 devíti=9 deseti=10",
    "sr": "jedna=1 jedno=1 jednog=1 jednu=1 dve=2 dvije=2 dvoje=2 troje=3 petoro=5 један=1 једна=1 два=2 две=2 три=3 четири=4 "
    "пет=5 шест=6 седам=7 осам=8 девет=9 десет=10",
    "bg": "един=1 една=1 едно=1 два=2 две=2 двама=2 три=3 трима=3 четири=4 четирима=4 пет=5 петима=5 шест=6 шестима=6 седем=7 "
    "осем=8 девет=9 десет=10 двадесет=20 тридесет=30 четиридесет=40 петдесет=50 сто=100 двеста=200 триста=300 "
    "петстотин=500 шестстотин=600",
    "ro": "douăsprezece=12 o=1 una=1 două=2 ambii=2 ambele=2",
    "el": "ένας=1 ένα=1 μία=1 μια=1 έναν=1 δύο=2 δυο=2 τρεις=3 τρία=3 τέσσερις=4 τέσσερα=4 πέντε=5 έξι=6 επτά=7 εφτά=7 "
    "οκτώ=8 οχτώ=8 εννέα=9 εννιά=9 δέκα=10 έντεκα=11 δώδεκα=12 είκοσι=20 τριάντα=30 σαράντα=40 πενήντα=50 εξήντα=60 "
    "διακόσιοι=200 τριακόσιοι=300 πεντακόσιοι=500 εξακόσιοι=600",
    "ar": "واحدة=1 أحد=1 إحدى=1 اثنا=2 اثنتا=2 اثني=2 اثنتي=2 اثنين=2 اثنتان=2 اثنتين=2 ثلاث=3 ثلاثة=3 أربع=4 أربعة=4 خمس=5 خمسة=5 ست=6 ستة=6 سبع=7 سبعة=7 ثمان=8 "
    "ثماني=8 ثمانية=8 تسع=9 تسعة=9 عشر=10 عشرة=10 عشرين=20 ثلاثين=30 أربعين=40 خمسين=50 ستين=60 سبعين=70 ثمانين=80 "
    "تسعين=90 ثلاثمئة=300 ثلاثمائة=300 أربعمئة=400 أربعمائة=400 خمسمئة=500 خمسمائة=500 ستمئة=600 ستمائة=600 سبعمئة=700 "
    "سبعمائة=700 ثمانمئة=800 ثمانمائة=800 تسعمئة=900 تسعمائة=900",
    "he": "ארבעת=4 ששת=6 שבעת=7 שמונת=8 תשעת=9 עשרת=10 שנים=2 שתים=2 אחד=1 אחת=1 שניים=2 שני=2 שתי=2 שתיים=2 שלושה=3 שלושת=3 ארבעה=4 חמישה=5 חמשת=5 שישה=6 שבעה=7 שמונה=8 תשעה=9 "
    "עשרה=10 עשר=10",
    "tr": "biri=1 birini=1 ikisi=2 üçü=3 dördü=4 beşi=5 altısı=6 yedisi=7 sekizi=8 dokuzu=9 onu=10 buçuk=0.5",
    "hi": "एक=1 दो=2 दोनों=2 तीन=3 चार=4 पांच=5 पाँच=5 छह=6 छः=6 सात=7 आठ=8 नौ=9 दस=10 ग्यारह=11 बारह=12 तेरह=13 चौदह=14 "
    "पंद्रह=15 सोलह=16 सत्रह=17 अठारह=18 उन्नीस=19 बीस=20 पच्चीस=25 तीस=30 पैंतीस=35 चालीस=40 पचास=50 साठ=60 सत्तर=70 "
    "अस्सी=80 नब्बे=90",
    "ur": "ایک=1 دو=2 تین=3 چار=4 پانچ=5 چھ=6 سات=7 آٹھ=8 نو=9 دس=10 بارہ=12 پندرہ=15 بیس=20 تیس=30 چالیس=40 پچاس=50",
    "sv": "en=1 ett=1 båda=2 arton=18",
    "no": "en=1 ett=1 ei=1 én=1 begge=2 sju=7 tyve=20 tredve=30",
    "da": "begge=2",
    "is": "eitt=1 ein=1 tvö=2 tvær=2 þrjú=3 þrjár=3 fjögur=4 fjórar=4",
    "sl": "dva=2 dve=2 dveh=2 trije=3 treh=3 štirje=4 oba=2 obe=2",
    "fi": "yhden=1 kahden=2 kahta=2 molemmat=2 kolmen=3 kolmea=3 neljän=4 viiden=5",
    "hu": "két=2 mindkét=2",
    "id": "belas=10 seorang=1 sebuah=1 kedua=2",
    "vi": "mốt=1 lăm=5 mười=10",
    "bn": "একজন=1 দুই=2 দুজন=2 তিনজন=3",
}
# What answers "how many?" with zero. Plain negation ("not", "kein") is left out: it negates anything.
_NONE: dict[str, str] = {
    "en": "no one|no-one|nobody|none|nil",
    "fr": "aucun|aucune|personne n'",
    "es": "nadie|ninguno|ninguna|ningún",
    "it": "nessuno|nessuna|nessun",
    "pt": "ninguém|nenhum|nenhuma",
    "de": "niemand|keiner|keine|kein",
    "nl": "niemand|geen enkele|geen",
    "ru": "никто|ни один|ни одного|ни одной",
    "uk": "ніхто|жоден|жодного|жодної",
    "pl": "nikt|żaden|żadnego|żadnej",
    "tr": "hiç kimse|hiçbir|kimse",
    "ar": "لا أحد|لم يصب أحد",
    "sv": "ingen|inga",
    "da": "ingen",
    "no": "ingen",
    "cs": "nikdo|žádný",
    "id": "tidak ada",
}
# "several" (3 to 9) and "a few" (2 to 9); before a magnitude word they only make it vague.
_SEVERAL: dict[str, str] = {
    "en": "several=3 few=2",
    "fr": "plusieurs=3 quelques=2",
    "es": "varios=3 varias=3 cuantos=2",
    "it": "diversi=3 diverse=3 parecchi=3 parecchie=3 alcuni=2 alcune=2 qualche=2",
    "pt": "vários=3 várias=3 alguns=2 algumas=2",
    "de": "mehrere=3 mehreren=3 mehrerer=3 einige=2 einigen=2 einiger=2",
    "nl": "verscheidene=3 meerdere=3 enkele=2",
    "ru": "несколько=3 нескольких=3 несколькими=3",
    "uk": "кілька=3 кількох=3 декілька=3 декількох=3",
    "pl": "kilka=3 kilku=3 kilkoro=3",
    "cs": "několik=3 několika=3",
    "sk": "niekoľko=3",
    "ro": "câteva=3 câțiva=3",
    "hu": "több=3 néhány=2",
    "tr": "birkaç=3",
    "ar": "بضع=3 بضعة=3 عدة=3",
    "fa": "چند=3 چندین=3",
    "he": "כמה=3 מספר=3",
    "sv": "flera=3 några=2",
    "da": "flere=3",
    "no": "flere=3 noen=2",
    "id": "beberapa=3",
    "vi": "vài=3",
}
_HALF: dict[str, str] = {
    "en": "half",
    "fr": "demi demie",
    "es": "medio media",
    "it": "mezzo mezza",
    "pt": "meio meia",
    "de": "halbe halben halbes",
    "nl": "half halve",
    "tr": "yarım",
    "sv": "halv halvt",
    "pl": "pół",
    "uk": "пів",
    "fa": "نیم",
}
_LINKS: dict[str, str] = {  # words that may stand between the parts of a vague or collective number
    "en": "of a",
    "fr": "de d des",
    "es": "de",
    "it": "di",
    "pt": "de",
    "de": "von",
    "ro": "de",
    "ca": "de",
}
_ARTICLES: dict[str, str] = {
    "en": "a an one another single sole lone",
    "fr": "un une seul seule",
    "es": "un una uno",
    "it": "un una uno",
    "pt": "um uma",
    "de": "ein eine einen einem einer eines",
    "nl": "een één",
    "sv": "en ett",
    "da": "en et",
    "no": "en et ei",
    "ro": "un o unei unui",
    "ca": "un una",
    "hu": "egy",
    "el": "ένας ένα μία μια έναν",
    "he": "",
    "ar": "",
}


def _split(entries: str) -> dict[str, float]:
    pairs = (entry.partition("=") for entry in entries.split() if "=" in entry)
    return {word_key(word): float(value) for word, _, value in pairs}


@lru_cache(maxsize=64)
def small_words(language: str) -> dict[str, float]:
    """Return number words of a language beside those of the libraries, by their `word_key`."""
    return _split(_WORDS.get(language, ""))


@lru_cache(maxsize=64)
def several_words(language: str) -> dict[str, float]:
    """Words for a small vague number, with the lowest number they mean (the highest is 9)."""
    return _split(_SEVERAL.get(language, ""))


@lru_cache(maxsize=64)
def half_words(language: str) -> frozenset[str]:
    """Words that halve the magnitude word after them ("half a million")."""
    return frozenset(map(word_key, _HALF.get(language, "").split()))


@lru_cache(maxsize=64)
def link_words(language: str) -> frozenset[str]:
    """Words that may stand inside a vague number ("tens *of* thousands")."""
    return frozenset(map(word_key, _LINKS.get(language, "").split()))


def none_words(language: str) -> str:
    """Return a regular expression of the words that say "none"; empty if none are known."""
    return _NONE.get(language, "")


def articles(language: str) -> frozenset[str] | None:
    """Words that mark one of a kind; None for a language without indefinite article."""
    words = _ARTICLES.get(language)
    return frozenset(words.split()) if words else None
