"""Stances: cues of confirming and denying, certainty, corrected figures, in every language of the lexicon."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.schemas import Certainty, Stance
from summarizer.text.stance import StanceCue, certainty, earlier_figure, find_stances, revises

LANGUAGES = ["en", "fr", "es", "it", "de", "pt", "nl", "ru", "uk", "pl", "tr", "ar", "fa", "zh", "ja"]

# Every sentence with its cues as (act, phrase); none for look-alikes.
CUES: dict[str, list[tuple[str, list[tuple[str, str]]]]] = {
    "en": [
        ("Officials confirmed the two deaths.", [("confirm", "confirmed")]),
        ("Norland has confirmed that it sent pilots.", [("confirm", "has confirmed")]),
        ("The mayor has acknowledged the mistake.", [("confirm", "has acknowledged")]),
        ("The prefect admitted that the count was wrong.", [("confirm", "admitted")]),
        ("MINISTER CONFIRMS SIX DEAD", [("confirm", "CONFIRMS")]),
        ("Two officers can confirm the raid.", [("confirm", "can confirm")]),
        ("It went on to confirm the date.", [("confirm", "went on to confirm")]),
        ("The death was confirmed by the clinic.", [("confirm", "was confirmed")]),
        ("She confirmed the dates but denied the motive.", [("confirm", "confirmed"), ("deny", "denied")]),
        ("The ministry denied the report.", [("deny", "denied")]),
        ("The mayor rejected the claims.", [("deny", "rejected the claims")]),
        ("It dismissed the latest reports as gossip.", [("deny", "dismissed the latest reports")]),
        ("It dismissed them as fabricated.", [("deny", "dismissed them as fabricated")]),
        ("The firm refuted the story.", [("deny", "refuted")]),
        ("The claim was denied by the palace.", [("deny", "was denied")]),
        ("He denied the use of poison.", [("deny", "denied")]),
        ("Norland has never confirmed or denied the flights.", [("uncommitted", "has never confirmed or denied")]),
        ("The army neither confirmed nor denied the raid.", [("uncommitted", "neither confirmed nor denied")]),
        ("It would neither confirm nor deny it.", [("uncommitted", "would neither confirm nor deny")]),
        ("Police did not confirm the number.", [("uncommitted", "did not confirm")]),
        ("They didn’t confirm it.", [("uncommitted", "didn’t confirm")]),
        ("We could not independently confirm it.", [("uncommitted", "could not independently confirm")]),
        ("It could not be independently verified.", [("uncommitted", "could not be independently verified")]),
        ("Police would not confirm the number.", [("uncommitted", "would not confirm")]),
        ("The clinic declined to comment.", [("uncommitted", "declined to comment")]),
        ("The clinic refused to confirm or deny it.", [("uncommitted", "refused to confirm or deny")]),
        ("The palace had no comment.", [("uncommitted", "no comment")]),
        ("The navy did not deny it.", [("uncommitted", "did not deny")]),
        ("The firm no longer denies the leak.", [("uncommitted", "no longer denies")]),
        ("The king never confirmed it.", [("uncommitted", "never confirmed")]),
        ("The navy has yet to confirm the loss.", [("uncommitted", "has yet to confirm")]),
        ("No official has confirmed it.", [("uncommitted", "No official has confirmed")]),
        ("There was no official confirmation.", [("uncommitted", "no official confirmation")]),
        ("The League claimed responsibility for the blast.", [("claim", "claimed responsibility")]),
        ("Norland accused Sudania of spying.", [("accuse", "accused")]),
        ("Farmers blamed the dam.", [("accuse", "blamed")]),
        ("It held the pilot fully responsible.", [("accuse", "held the pilot fully responsible")]),
        ("Officials have not, so far, confirmed it.", [("uncommitted", "have not, so far, confirmed")]),
        ("Officials who were not authorised to speak confirmed it.", [("confirm", "confirmed")]),
        ("He is not dead, the mayor confirmed.", [("confirm", "confirmed")]),
        ("Not only confirmed but praised.", [("confirm", "confirmed")]),
        ("There are 300 confirmed cases.", []),
        ("The list of newly confirmed infections grew.", []),
        ("Twelve people were confirmed dead.", []),
        ("The confirmed death toll is nine.", []),
        ("An unconfirmed report spoke of fire.", []),
        ("The confirmation hearing opened.", []),
        ("He was denied entry to the country.", []),
        ("The judge denied her bail.", []),
        ("The office denied a visa to him.", []),
        ("She rejected the offer.", []),
        ("The club dismissed its coach.", []),
        ("The court rejected the appeal.", []),
        ("If confirmed, it would be the first.", []),
        ("The minister is expected to confirm it.", []),
        ("He was admitted to hospital.", []),
        ("No group has claimed responsibility.", []),
        ("The accused was led away.", []),
        ("Confirmedly odd, deniability reigns.", []),
    ],
    "fr": [
        ("La Norlande a confirmé l'envoi de pilotes.", [("confirm", "a confirmé")]),
        ("Le préfet a reconnu une erreur.", [("confirm", "a reconnu")]),
        ("LE MINISTRE A CONFIRME LA MORT", [("confirm", "A CONFIRME")]),
        ("Le maire a démenti la nouvelle.", [("deny", "a démenti")]),
        ("Le suspect nie les faits.", [("deny", "nie")]),
        ("Il a rejeté les accusations.", [("deny", "a rejeté les accusations")]),
        ("L'armée n'a ni confirmé ni démenti.", [("uncommitted", "n'a ni confirmé ni démenti")]),
        ("L’armée n’a jamais confirmé ni démenti.", [("uncommitted", "n’a jamais confirmé ni démenti")]),
        ("Il n'a pas confirmé le bilan.", [("uncommitted", "n'a pas confirmé")]),
        ("La nouvelle n'a pas été confirmée.", [("uncommitted", "n'a pas été confirmée")]),
        ("Le parquet a refusé de commenter.", [("uncommitted", "a refusé de commenter")]),
        ("La société ne dément plus.", [("uncommitted", "ne dément plus")]),
        ("La Ligue a revendiqué l'attentat.", [("claim", "a revendiqué")]),
        ("Le maire accuse son voisin.", [("accuse", "accuse")]),
        ("L'armée n'a pour l'instant pas confirmé.", [("uncommitted", "n'a pour l'instant pas confirmé")]),
        ("L'armée n'a pas, pour l'heure, confirmé.", [("uncommitted", "n'a pas, pour l'heure, confirmé")]),
        ("Il n'est pas mort, a confirmé le maire.", [("confirm", "a confirmé")]),
        ("On compte 30 cas confirmés.", []),
        ("Elle a rejeté l'offre.", []),
        ("L'accusé a pleuré.", []),
        ("Aucun groupe n'a revendiqué l'attaque.", []),
    ],
    "es": [
        ("El ministro confirmó la cifra.", [("confirm", "confirmó")]),
        ("La alcaldesa ha reconocido el error.", [("confirm", "ha reconocido")]),
        ("El gobierno negó los hechos.", [("deny", "negó")]),
        ("La policía desmintió la noticia.", [("deny", "desmintió")]),
        ("El ejército no ha confirmado ni desmentido el vuelo.", [("uncommitted", "no ha confirmado ni desmentido")]),
        ("No confirmó el dato.", [("uncommitted", "No confirmó")]),
        ("El juez se negó a comentar.", [("uncommitted", "se negó a comentar")]),
        ("La Liga se atribuyó el ataque.", [("claim", "se atribuyó")]),
        ("El alcalde acusó a su vecino.", [("accuse", "acusó")]),
        ("No hay heridos, confirmó el alcalde.", [("confirm", "confirmó")]),
        ("Se negó a salir.", []),
        ("Le negaron la entrada al país.", []),
        ("Hay 12 casos confirmados.", []),
        ("El acusado lloró.", []),
    ],
    "it": [
        ("La polizia ha confermato la notizia.", [("confirm", "ha confermato")]),
        ("Il prefetto ha ammesso l'errore.", [("confirm", "ha ammesso")]),
        ("Il sindaco ha smentito.", [("deny", "ha smentito")]),
        ("L'uomo ha negato tutto.", [("deny", "ha negato")]),
        ("Il governo non ha né confermato né smentito.", [("uncommitted", "non ha né confermato né smentito")]),
        ("Il portavoce non ha confermato.", [("uncommitted", "non ha confermato")]),
        ("La Lega nera ha rivendicato l'attacco.", [("claim", "ha rivendicato")]),
        ("Il ministro ha accusato i rivali.", [("accuse", "ha accusato")]),
        ("L'accusa ha chiesto dieci anni.", []),
        ("È arrivata la conferma.", []),
        ("I casi confermati sono nove.", []),
    ],
    "de": [
        ("Die Polizei bestätigte den Tod.", [("confirm", "bestätigte")]),
        ("Die Ministerin räumte Fehler ein.", [("confirm", "räumte Fehler ein")]),
        ("Er bestritt die Tat.", [("deny", "bestritt")]),
        ("Die Firma dementierte.", [("deny", "dementierte")]),
        ("Das Amt wies die Vorwürfe zurück.", [("deny", "wies die Vorwürfe zurück")]),
        ("Das wurde weder bestätigt noch dementiert.", [("uncommitted", "weder bestätigt noch dementiert")]),
        ("Die Zahl wurde bisher nicht bestätigt.", [("uncommitted", "nicht bestätigt")]),
        ("Er bestätigte den Bericht nicht.", [("uncommitted", "bestätigte den Bericht nicht")]),
        ("Die Gruppe bekannte sich zu dem Anschlag.", [("claim", "bekannte sich zu")]),
        ("Sie beschuldigte den Nachbarn.", [("accuse", "beschuldigte")]),
        ("Er machte den Wirt verantwortlich.", [("accuse", "machte den Wirt verantwortlich")]),
        ("Er bestätigte, dass er nicht kommt.", [("confirm", "bestätigte")]),
        ("Er wies das Angebot zurück.", []),
        ("Es gibt 20 bestätigte Fälle.", []),
        ("Ein unbestätigter Bericht lag vor.", []),
    ],
    "pt": [
        ("O ministro confirmou a morte.", [("confirm", "confirmou")]),
        ("A polícia desmentiu a notícia.", [("deny", "desmentiu")]),
        ("O governo negou.", [("deny", "negou")]),
        ("O exército não confirmou nem desmentiu.", [("uncommitted", "não confirmou nem desmentiu")]),
        ("O grupo reivindicou o atentado.", [("claim", "reivindicou")]),
        ("O autarca acusou o vizinho.", [("accuse", "acusou")]),
        ("Foi-lhe negado o visto.", []),
    ],
    "nl": [
        ("De politie bevestigde het bericht.", [("confirm", "bevestigde")]),
        ("De burgemeester ontkende alles.", [("deny", "ontkende")]),
        ("Het leger heeft dat bevestigd noch ontkend.", [("uncommitted", "bevestigd noch ontkend")]),
        ("Dat is nog niet bevestigd.", [("uncommitted", "niet bevestigd")]),
        ("De groep eiste de aanslag op.", [("claim", "eiste de aanslag op")]),
        ("Zij beschuldigde haar buurman.", [("accuse", "beschuldigde")]),
        ("Er zijn twaalf bevestigde gevallen.", []),
    ],
    "ru": [
        ("Министр подтвердил гибель двух человек.", [("confirm", "подтвердил")]),
        ("МЭР ПОДТВЕРДИЛ АВАРИЮ", [("confirm", "ПОДТВЕРДИЛ")]),
        ("Завод опроверг слухи.", [("deny", "опроверг")]),
        ("Он отрицает вину.", [("deny", "отрицает")]),
        ("Армия не подтвердила и не опровергла это.", [("uncommitted", "не подтвердила и не опровергла")]),
        ("Мэрия отказалась от комментариев.", [("uncommitted", "отказалась от комментариев")]),
        ("Лига взяла на себя ответственность за взрыв.", [("claim", "взяла на себя ответственность")]),
        ("Мэр обвинил соседей.", [("accuse", "обвинил")]),
        ("Число подтверждённых случаев растёт.", []),
        ("Суд признал его виновным.", []),
    ],
    "uk": [
        ("Міністр підтвердив загибель.", [("confirm", "підтвердив")]),
        ("Мер спростував чутки.", [("deny", "спростував")]),
        ("Армія не підтвердила цього.", [("uncommitted", "не підтвердила")]),
        ("Мер звинуватив сусідів.", [("accuse", "звинуватив")]),
    ],
    "pl": [
        ("Minister potwierdził śmierć.", [("confirm", "potwierdził")]),
        ("Burmistrz zaprzeczył.", [("deny", "zaprzeczył")]),
        ("Nie potwierdził tego.", [("uncommitted", "Nie potwierdził")]),
        ("Wójt oskarżył sąsiada.", [("accuse", "oskarżył")]),
    ],
    "tr": [
        ("Bakan haberi doğruladı.", [("confirm", "doğruladı")]),
        ("BAKANLIK YALANLADI", [("deny", "YALANLADI")]),
        ("Ordu ne doğruladı ne yalanladı.", [("uncommitted", "ne doğruladı ne yalanladı")]),
        ("Sözcü doğrulamadı.", [("uncommitted", "doğrulamadı")]),
        ("Örgüt saldırıyı üstlendi.", [("claim", "saldırıyı üstlendi")]),
        ("Teklifi reddetti.", []),
    ],
    "ar": [
        ("أكدت الوزارة مقتل جنديين.", [("confirm", "أكدت")]),
        ("وأكّد الناطق ذلك.", [("confirm", "أكّد")]),
        ("نَفَى المتحدث الخبر.", [("deny", "نَفَى")]),
        ("لم يؤكد الجيش ولم ينف الخبر.", [("uncommitted", "لم يؤكد الجيش ولم ينف")]),
        ("تبنت الجماعة الهجوم.", [("claim", "تبنت")]),
        ("اتهم الوزير الجيران.", [("accuse", "اتهم")]),
        ("أكد على أهمية التعاون.", []),
    ],
    "fa": [
        ("وزیر خبر را تأیید کرد.", [("confirm", "تأیید کرد")]),
        ("سخنگو گزارش را تکذیب می‌کند.", [("deny", "تکذیب می‌کند")]),
        ("ارتش این خبر را تأیید نکرد.", [("uncommitted", "تأیید نکرد")]),
    ],
    "zh": [
        ("外交部证实了两人死亡的消息。", [("confirm", "证实了")]),
        ("市长否认指控。", [("deny", "否认指控")]),
        ("市長否認此事。", [("deny", "否認")]),
        ("军方既未证实也未否认。", [("uncommitted", "既未证实也未否认")]),
        ("该组织声称对袭击负责。", [("claim", "声称对袭击负责")]),
        ("厂方指责邻居。", [("accuse", "指责")]),
        ("已确认死亡12人。", []),
    ],
    "ja": [
        ("外務省は派遣を確認した。", [("confirm", "確認した")]),
        ("市長は報道を否定した。", [("deny", "否定した")]),
        ("軍は肯定も否定もしていない。", [("uncommitted", "肯定も否定もしていない")]),
        ("報道官はコメントを控えた。", [("uncommitted", "コメントを控えた")]),
        ("政府は関与を認めていない。", [("uncommitted", "関与を認めていない")]),
        ("死亡が確認された。", []),
    ],
}


@pytest.mark.parametrize(
    ("language", "text", "cues"), [(code, text, cues) for code, rows in CUES.items() for text, cues in rows]
)
def test_cues_of_a_sentence(language: str, text: str, cues: list[tuple[str, str]]) -> None:
    assert [(cue.act, cue.text) for cue in find_stances(text, language)] == cues


def test_the_stance_follows_from_the_act() -> None:
    found = find_stances(
        "One confirmed, one denied, one did not confirm, one claimed responsibility, A accused B.", "en"
    )
    assert [(cue.act, cue.stance) for cue in found] == [
        ("confirm", Stance.ASSERTED),
        ("deny", Stance.DENIED),
        ("uncommitted", Stance.UNCOMMITTED),
        ("claim", Stance.ASSERTED),
        ("accuse", Stance.ASSERTED),
    ]


def test_an_unknown_or_missing_language_is_read_as_english() -> None:
    text = "The mayor denied it."
    assert find_stances(text, None) == find_stances(text, "xx") == find_stances(text, "en-GB")
    assert [cue.act for cue in find_stances(text, None)] == ["deny"]


def test_regional_tags_choose_the_language() -> None:
    assert [cue.text for cue in find_stances("O governo negou.", "pt-BR")] == ["negou"]
    assert [cue.text for cue in find_stances("市長否認此事。", "zh-Hant")] == ["否認"]


def test_offsets_hold_behind_invisible_characters_and_decomposed_accents() -> None:
    text = "Le maire\u200b, d\u00adit-on, a de\u0301menti hier."
    assert find_stances(text, "fr") == [StanceCue(20, 30, "a de\u0301menti", "deny", Stance.DENIED)]


CERTAINTIES: dict[str, dict[Certainty, list[str]]] = {
    "en": {
        Certainty.ALLEGED: ["He allegedly fired first.", "Two are accused of arson.", "She is said to have fled."],
        Certainty.POSSIBLE: ["The toll may have risen.", "It could take weeks.", "Perhaps ten were hurt."],
        Certainty.EXPECTED: ["It is expected to open in spring.", "The talks will resume on Monday."],
        Certainty.REPORTED: [
            "Twelve people died.",
            "They could not hear the alarm.",
            "In May be careful.",
            "He left a will of his own.",
            "They came as soon as possible.",
            "The delay was due to heavy rain.",
        ],
    },
    "fr": {
        Certainty.ALLEGED: [
            "L'homme aurait tué deux personnes.",
            "Douze marins seraient morts.",
            "LE PILOTE AURAIT ETE ARRETE",
            "Le tireur présumé a fui.",
        ],
        Certainty.POSSIBLE: ["Le bilan pourrait s'alourdir."],
        Certainty.EXPECTED: ["Le pont devrait être rouvert."],
        Certainty.REPORTED: [
            "Le bilan aurait été plus lourd sans les pompiers.",
            "Ce serait une erreur.",
            "Il aurait besoin d'aide.",
        ],
    },
    "es": {
        Certainty.ALLEGED: ["El hombre habría muerto en el acto.", "El presunto autor huyó."],
        Certainty.EXPECTED: ["Se espera que abra en mayo."],
        Certainty.REPORTED: ["Murieron diez personas.", "Si llueve, habría sido peor."],
    },
    "it": {
        Certainty.ALLEGED: ["L'autista avrebbe perso il controllo.", "Tre uomini sarebbero stati uccisi."],
        Certainty.REPORTED: ["Dieci i morti."],
    },
    "de": {
        Certainty.ALLEGED: ["Der mutmaßliche Täter floh.", "Der Mann soll zwei Menschen getötet haben."],
        Certainty.REPORTED: ["Zehn Menschen starben."],
    },
    "ru": {
        Certainty.ALLEGED: ["Предположительно, погибли трое.", "Он якобы скрылся."],
        Certainty.REPORTED: ["Погибли трое."],
    },
    "ar": {Certainty.ALLEGED: ["يُزعم أنه فر."], Certainty.REPORTED: ["قتل عشرة أشخاص."]},
    "zh": {
        Certainty.ALLEGED: ["据称三人死亡。"],
        Certainty.EXPECTED: ["大桥预计五月开放。"],
        Certainty.REPORTED: ["三人死亡。"],
    },
    "pt": {Certainty.ALLEGED: ["O homem teria morrido."], Certainty.REPORTED: ["Morreram dez pessoas."]},
    "nl": {Certainty.ALLEGED: ["De man zou zijn gevlucht."], Certainty.REPORTED: ["Tien mensen stierven."]},
    "tr": {Certainty.ALLEGED: ["İddiaya göre üç kişi öldü."], Certainty.REPORTED: ["Üç kişi öldü."]},
    "ja": {Certainty.POSSIBLE: ["死者が増える可能性がある。"], Certainty.REPORTED: ["三人が死亡した。"]},
}


@pytest.mark.parametrize(
    ("language", "text", "level"),
    [(code, text, level) for code, levels in CERTAINTIES.items() for level, rows in levels.items() for text in rows],
)
def test_certainty(language: str, text: str, level: Certainty) -> None:
    assert certainty(text, language) is level


# First those that revise, then those that do not.
REVISIONS = {
    "en": (
        "The toll was revised down from 17.|The ministry revised its toll.|The paper corrected an earlier figure.|"
        "Earlier reports had said 17.|Officials had initially put the toll at 17.|Police lowered the toll to 14.",
        "The toll rose to 14.|Twelve people died.|He revised for his exam.|Prices rose sharply.",
    ),
    "fr": (
        "Le bilan a été révisé à la baisse.|La préfecture a corrigé le bilan.|Le bilan a été ramené à 22 morts.|"
        "Un précédent bilan faisait état de 17 morts.",
        "Le bilan est passé à 22 morts.|Douze morts.|Les prix sont à la hausse.",
    ),
    "es": (
        "El gobierno corrigió la cifra.|La fiscalía rebajó la cifra a 22.|Un balance anterior hablaba de 17.",
        "El balance subió a 22.|La bolsa cerró al alza.",
    ),
    "it": (
        "La prefettura ha rettificato il bilancio.|Il numero è stato rivisto al ribasso.",
        "Il bilancio è salito a 22.",
    ),
    "de": (
        "Das Amt korrigierte die Zahl.|Die Opferzahl wurde nach unten korrigiert.|Das Amt revidierte die Angaben.|"
        "Zunächst war von 17 Toten die Rede.",
        "Die Zahl stieg auf 22.",
    ),
    "pt": ("O governo corrigiu o número de mortos.|O balanço foi revisto em baixa.", "O número subiu para 22."),
    "nl": ("Het aantal werd gecorrigeerd.|Eerdere berichten spraken van 17 doden.", "Het dodental steeg tot 22."),
    "ru": (
        "Власти уточнили число погибших.|Завод скорректировал данные.|Власти снизили число жертв.|"
        "Ранее сообщалось о 17 погибших.",
        "Число погибших выросло до 22.",
    ),
    "uk": ("Влада уточнила кількість загиблих.", "Загинули 22 людини."),
    "pl": ("Policja skorygowała liczbę ofiar.", "Liczba ofiar wzrosła do 22."),
    "tr": ("Bakanlık ölü sayısını düzeltti.", "Ölü sayısı 22'ye yükseldi."),
    "ar": ("خفّضت الوزارة حصيلة القتلى.|صحّحت السلطات العدد.", "ارتفع عدد القتلى إلى 22."),
    "fa": ("مقامات شمار قربانیان را اصلاح کردند.", "شمار قربانیان به ۲۲ رسید."),
    "zh": ("当局将死亡人数下调至22人。|官方更正了数字。", "死亡人数升至22人。"),
    "ja": ("当局は死者数を訂正した。", "死者は22人に増えた。"),
}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (code, text, expected)
        for code, columns in REVISIONS.items()
        for column, expected in zip(columns, (True, False), strict=True)
        for text in column.split("|")
    ],
)
def test_revises(language: str, text: str, *, expected: bool) -> None:
    assert revises(text, language) is expected


# "<" stands before a superseded figure, ">" before one that is not.
FIGURES = {
    "en": "The toll stands at 14, down from <17.|It rose to 14, up from <12.|It is 14, not the <17 reported earlier.|"
    "Fourteen died, instead of the <17 reported earlier.|There were 14 dead, not <17 as first reported.|"
    "The toll was initially put at <17.|Police cut the toll from <26 to 22.|Police cut the toll from 26 to >22.|"
    "The toll fell to >22 from 26.|The toll fell to 22 from <26.|Children from >6 to 12 sang.|Police said >14 died.|"
    "The toll was revised from <seventeen to fourteen.|An earlier count of <17 was wrong.|It is not >14 years old.",
    "fr": "Le bilan est de 22 contre <17 annoncés.|Il y a 22 morts au lieu de <26.|Le bilan est passé de <26 à 22.|"
    "Le bilan est passé de 26 à >22.|Des enfants de >6 à 12 ans chantaient.|Il a plaidé contre >3 accusés.",
    "es": "El balance bajó de <26 a 22.|Son 22 en lugar de <26.|La cifra bajó de 26 a >22.|Niños de >6 a 12 años.",
    "it": "Il bilancio è sceso da <26 a 22.|Sono 22 invece dei <26 annunciati.|Bambini da >6 a 12 anni.",
    "de": "Die Zahl sank von <26 auf 22.|Es sind 22 statt der zunächst gemeldeten <17.|Die Zahl sank von 26 auf >22.|"
    "Zunächst war von <17 Toten die Rede.",
    "pt": "O balanço desceu de <26 para 22.|São 22 em vez dos <26 anunciados.",
    "nl": "Het dodental daalde van <26 naar 22.|Er vielen 22 doden in plaats van <26.",
    "ru": "Число жертв снизили с <26 до 22.|Число снизилось с 26 до >22.|Дети с >6 до 12 лет.",
    "uk": "Кількість загиблих зменшили з <26 до 22.",
    "pl": "Liczba ofiar spadła z <26 do 22.|Jest 22 ofiar, a nie <26.",
    "tr": "Ölü sayısı <26'dan 22'ye düştü.",
    "ar": "خفّضت السلطات الحصيلة من <٢٦ إلى ٢٢.|خفّضت السلطات الحصيلة من ٢٦ إلى >٢٢.|سقط 22 قتيلا بدلا من <26.",
    "fa": "شمار قربانیان از <۲۶ به ۲۲ کاهش یافت.",
    "zh": "死亡人数从<26人下调至22人。|死亡人数从26人下调至>22人。|从>6岁到12岁的儿童。",
    "ja": "死者は<26人から22人に訂正された。|死者は26人から>22人に訂正された。",
}


@pytest.mark.parametrize(("language", "marked"), [(c, text) for c, rows in FIGURES.items() for text in rows.split("|")])
def test_earlier_figure(language: str, marked: str) -> None:
    mark = re.search("[<>]", marked)
    assert mark
    text = marked.replace(mark[0], "")
    assert earlier_figure(text, mark.start(), language) is (mark[0] == "<")


def test_an_offset_outside_the_text_is_no_figure() -> None:
    assert not earlier_figure("down from 17", 99, "en")
    assert not earlier_figure("", 0, "en")


_SENTENCES = [text for rows in CUES.values() for text, _ in rows]
_TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(_SENTENCES), max_size=4).map(" ".join),
    st.lists(st.sampled_from(" \n\u00ad\u200c\u0301\u064b'.,17٢ßİıأ否").filter(bool), max_size=40).map("".join),
)


@settings(max_examples=300)
@given(_TEXTS, st.sampled_from([*LANGUAGES, None, "xx", ""]), st.integers(-5, 320))
def test_any_text_gives_exact_sorted_spans(text: str, language: str | None, start: int) -> None:
    cues = find_stances(text, language)
    assert all(text[cue.start : cue.end] == cue.text and cue.text for cue in cues)
    assert all(one.end <= other.start for one, other in pairwise(cues))
    assert certainty(text, language) in Certainty
    assert revises(text, language) in (True, False)
    assert earlier_figure(text, start, language) in (True, False)


@given(st.sampled_from([(code, text) for code, rows in CUES.items() for text, _ in rows]), st.integers(0, 200))
def test_marks_over_letters_move_no_cue(case: tuple[str, str], place: int) -> None:
    language, text = case
    place = min(place, len(text))
    while 0 < place < len(text) and not text[place - 1].isalpha():
        place -= 1
    changed = text[:place] + ("\u00ad" if place else "") + text[place:]
    before, after = find_stances(text, language), find_stances(changed, language)
    assert [cue.act for cue in before] == [cue.act for cue in after]
    assert [cue.text for cue in before] == [cue.text.replace("\u00ad", "") for cue in after]
