"""Which stretches of an article cannot hold a fact of its story: credits, links, site furniture, bare headings."""

import re
import unicodedata
from functools import lru_cache


def _any_of(alternatives: str) -> str:
    return "(?:" + "|".join(" ".join(alternatives.split()).split(" | ")) + ")"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_READ_ALSO = _any_of(
    """read (?:also|more|next) | see also | also read | related(?: (?:articles?|stor(?:y|ies)|news))? | more on this |
    recommended | don['’]t miss | à lire(?: aussi| également)? | lire (?:aussi|également|plus) | voir aussi |
    sur le même sujet | lea (?:también|más|además) | (?:le|te) puede interesar | ver también | más información |
    leggi anche | approfondisci | potrebbe interessarti | (?:lesen|siehe) (?:sie )?(?:auch|dazu|mehr) |
    mehr zum thema | auch interessant | leia (?:também|mais) | veja também | lees ook | læs også | les også |
    läs (?:också|även|mer) | lue myös | czytaj (?:też|także|również|więcej) | zobacz też | čtěte (?:také|též) |
    citește și | διαβάστε (?:επίσης|ακόμα) | читайте (?:также|ещё|еще|далее) | смотрите также |
    по теме | читайте також | дивіться також | ayrıca oku(?:yun)? | bunu da okuyun | ilgili haber(?:ler)? |
    baca juga | đọc thêm | xem thêm | اقر[أا](?:وا)? أيض[اً]+ | اقر[أا] ايضا | اقرأ المزيد | طالع أيض[اً]+ |
    بیشتر بخوانید | یہ بھی پڑھیں | קראו (?:עוד|גם) | यह भी पढ़ें | ये भी पढ़ें | 相关阅读 | 延伸阅读 | 相關閱讀 |
    延伸閱讀 | 相关新闻 | 関連記事 | あわせて読みたい | こちらもおすすめ | 관련 ?기사 | 관련 ?뉴스"""
)
_CREDIT = _any_of(
    """photos?(?: by| credit)? | photograph(?:y|s)? | picture | image(?: credit| source)? | credits? | video |
    crédits?(?: photo)? | photo d['’]illustration | foto(?:s|grafía|grafie|grafia)? | bild(?:er|nachweis)? |
    quelle | imagen | imagem | crédito | zdjęcie | fot | kép | valokuva | kuva | φωτ(?:ο(?:γραφία)?)? | фото |
    снимка | صورة | تصوير | عکس | צילום | 图片来源 | 图源 | 圖片來源 | 摄影 | 写真 | 사진"""
)
_BEHIND_MARKER = r"\s*(?:[:：|>›»→/]|[-–—]\s|\W*$)"
_OPENS_READ_ALSO = re.compile(rf"[\W_]*{_READ_ALSO}{_BEHIND_MARKER}", re.IGNORECASE)
_OPENS_CREDIT = re.compile(rf"[\W_]*{_CREDIT}\.?{_BEHIND_MARKER}", re.IGNORECASE)
_COPYRIGHT = re.compile(r"\s*(?:©|\(c\)\s|copyright\b)", re.IGNORECASE)
_AGENCY = re.compile(
    r"\b(?:getty(?: images)?|afp|reuters|ap photo|epa(?:-efe)?|efe|dpa|keystone(?:-sda)?|imago(?: images)?|ansa|tass|"
    r"shutterstock|istock|alamy|xinhua|kyodo|yonhap|bloomberg|anadolu|belga|lusa|ntb|tt)\b",
    re.IGNORECASE,
)
_CREDIT_SHAPE = re.compile(r"[/|©]|\bgetty images\b|\bap photo\b|\bvia\b", re.IGNORECASE)
_SITE = _any_of(
    r"""(?:share|tweet|print|email|save)(?: (?:this|on|via|article|page|story|link|facebook|twitter|x|whatsapp))* |
    (?:click|tap) here\b.* | (?:sign up|subscribe|register) (?:for|to|now|here|today|free)\b.* |
    follow us\b.* | (?:we|this (?:site|website)) uses? cookies\b.* | accept(?: all)? cookies? | advertisement |
    all rights reserved\b.* | skip to (?:main )?content | log ?in | sign in | comments? | load more |
    partager(?: (?:sur|l['’]article)\b.*)? | s['’]abonner\b.* | abonnez-vous\b.* | publicité |
    tous droits réservés\b.* | compartir(?: en\b.*)? | suscríb(?:e|i)(?:te|ase|rse)\b.* | publicidade? |
    todos (?:los|os) (?:derechos|direitos) reservados\b.* | teilen | artikel teilen | (?:jetzt )?abonnieren\b.* |
    newsletter\b.* | anzeige | werbung | alle rechte vorbehalten\b.* | condividi(?: su\b.*)? | iscriviti\b.* |
    abbonati\b.* | pubblicità | tutti i diritti riservati\b.* | compartilh(?:e|ar)\b.* | assine\b.* |
    поделиться\b.* | подпис(?:аться|ывайтесь|ка)\b.* | реклама | все права защищены\b.* | поділитися\b.* |
    підпис(?:атися|уйтесь)\b.* | شارك(?: على\b.*)? | اشترك\b.* | إعلان | جميع الحقوق محفوظة.* | 分享(?:到.*)? |
    订阅.* | 訂閱.* | 广告 | 廣告 | 版权所有.* | シェア(?:する)? | 広告 | 공유(?:하기)? | 구독.* | 광고"""
)
_FURNITURE = re.compile(rf"\W*{_SITE}\W*", re.IGNORECASE)
_LINK = re.compile(r"\W*(?:!?\[[^\]]*\]\([^)]*\)|<?(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.]+)\W*")
_NUMBER_WORDS = _words(
    """two three four five six seven eight nine ten eleven twelve dozen dozens hundred hundreds thousand thousands
    million millions billion deux trois quatre cinq sept huit neuf dix onze douze vingt cent cents mille millier
    milliers zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dutzend hundert tausend tausende millionen dos
    tres cuatro cinco seis siete ocho nueve diez once doce cien cientos mil miles millones due tre quattro cinque sei
    sette otto nove dieci cento migliaia dois duas três quatro oito dez doze cem milhares два две три четыре
    пять шесть семь восемь девять десять сто сотни тысяча тысячи тысяч миллион два дві чотири шість сім вісім дев'ять
    тисяч مئة مئات ألف آلاف مليون اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة"""
)
_VERBS = _words(
    """is are was were be been has have had will would may can could must did does do says said dies died kills killed
    wins won loses lost hits hit falls fell rises rose resigns denies confirms admits rejects accepts arrives
    leaves left flees fled begins ends closes opens sinks sank burns collapses explodes remains returns meets
    visits fails warns wants vows est sont était étaient a ont avait sera seront va vont dit meurt tue gagne
    perd nie confirme démissionne refuse accepte arrive quitte ist sind war waren hat haben hatte wird werden
    wurde wurden sagt stirbt tötet gewinnt verliert bestätigt dementiert es son era fue fueron ha han había será
    muere mata gana pierde niega confirma dimite dice è sono fu erano hanno aveva sarà muore uccide vince nega
    conferma lascia são foi foram tem têm disse morre ganha confirma был была были было будет погиб погибла
    погибли умер умерла умерли убит убиты заявил отрицает подтвердил ушёл є був була були загинув загинули قال
    قتل أعلن نفى أكد كان كانت"""
)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?…。！？؟।][\"'”’»)\]」』]*\s*$")
_ALPHABETS = ("LATIN", "CYRILLIC", "GREEK", "ARABIC")
_MAX_HEADING_WORDS = 4
_MAX_COPYRIGHT_WORDS = 12
_MAX_CREDIT_WORDS = 6
_MAX_FURNITURE_WORDS = 12
_SQUARE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Signs of scripts without spaces between words; about two make one."""


def holds_no_fact(text: str, title: str | None) -> bool:
    """True for a sentence that no claim can rest on; when in doubt False, since a fact that is skipped is lost.

    What carries a number beside other words is only skipped as a link to another article ("Read also: ..."), or as
    the title once more.
    """
    words = _WORD.findall(text)
    length = max(len(words), len(_SQUARE.findall(text)) // 2)
    if not any(char.isalpha() for char in text) or _LINK.fullmatch(text):
        return True
    if title and _folded(text) == _folded_title(title):
        return True
    if _OPENS_READ_ALSO.match(text):
        return True
    if _COPYRIGHT.match(text) and length <= _MAX_COPYRIGHT_WORDS:
        return True
    if _has_number(text, words):
        return False
    return (
        bool(_OPENS_CREDIT.match(text) and length <= _MAX_CREDIT_WORDS and not _has_verb(words[1:]))
        or _is_agency_credit(text, words)
        or bool(_FURNITURE.fullmatch(text) and length <= _MAX_FURNITURE_WORDS)
        or _is_bare_heading(text, words)
    )


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(_WORD.findall(folded)) or folded.strip()


@lru_cache(maxsize=8)
def _folded_title(title: str) -> str:
    """The same for a title, which every sentence of an article is compared with."""
    return _folded(title)


def _has_number(text: str, words: list[str]) -> bool:
    return any(char.isnumeric() for char in text) or any(word.lower() in _NUMBER_WORDS for word in words)


def _has_verb(words: list[str]) -> bool:
    lower = [word.lower() for word in words]
    return any(word in _VERBS or (word.endswith("ed") and len(word) > 4) for word in lower)


def _is_agency_credit(text: str, words: list[str]) -> bool:
    """'AFP/Jean Martin', 'Getty Images', '(Reuters)': an agency and little else, no statement about it."""
    if not _AGENCY.search(text) or _has_verb(words):
        return False
    alone = not _WORD.findall(_AGENCY.sub(" ", text))
    return alone or (len(words) <= 8 and bool(_CREDIT_SHAPE.search(text)) and not _SENTENCE_END.search(text))


def _is_bare_heading(text: str, words: list[str]) -> bool:
    """Few words without verb or full stop; only for scripts with word spaces whose verbs the lexicon knows some of."""
    if len(words) > _MAX_HEADING_WORDS or _SENTENCE_END.search(text) or _has_verb(words):
        return False
    letters = [char for char in text if char.isalpha()]
    return all(unicodedata.name(char, "").startswith(_ALPHABETS) for char in letters)
