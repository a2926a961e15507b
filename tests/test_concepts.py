"""What sentences count, in fifteen languages and upper-case wires."""

import re
import tomllib
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.text.concepts import (
    concepts_of,
    counting,
    find_concepts,
    find_groups,
    nearest_concept,
    severity_words,
)

LANGUAGES = ["en", "fr", "es", "it", "de", "pt", "nl", "ru", "uk", "pl", "tr", "ar", "fa", "zh", "ja"]

# Language, sentence, and all concepts it mentions.
CONCEPTS = [
    ("en", "At least 12 people were killed and 30 wounded.", "killed injured"),
    ("en", "Three men were shot dead outside the bar.", "killed"),
    ("en", "A man was shot near the station.", "attacked"),
    ("en", "Police say nine hikers are still missing.", "missing"),
    ("en", "Officers detained 14 demonstrators.", "arrested participants"),
    ("en", "Some 4,000 residents fled; 900 were evacuated.", "displaced"),
    ("en", "Seven were pulled alive from the rubble.", "rescued"),
    ("en", "Five were treated in hospital.", "hospitalised"),
    ("en", "He was taken to a nearby hospital.", "hospitalised"),
    ("en", "Gunmen abducted 40 pupils.", "kidnapped"),
    ("en", "The country sent 3,000 troops.", "deployed"),
    ("en", "About 20,000 marched, organisers said.", "participants"),
    ("en", "Ninety people were aboard the ferry.", "aboard"),
    ("en", "The storm destroyed 200 houses.", "destroyed"),
    ("en", "Families are sheltering in a school.", "sheltering"),
    ("en", "Two were charged with theft.", "charged"),
    ("en", "The boy, aged 9, is well.", "age"),
    ("en", "It sold for $12m.", "money"),
    ("en", "The siege lasted 12 hours.", "duration"),
    ("en", "A column 3 km long.", "distance"),
    ("en", "A magnitude 6.1 quake.", "magnitude"),
    ("en", "It reached 41 °C.", "temperature"),
    ("en", "She got 310 votes.", "votes"),
    ("fr", "Le bilan est de 12 morts et 30 blessés.", "killed injured"),
    ("fr", "AU MOINS 12 TUES, 30 BLESSES", "killed injured"),
    ("fr", "Neuf randonneurs sont portés disparus.", "missing"),
    ("fr", "La police a interpellé 14 manifestants.", "arrested participants"),
    ("fr", "Neuf cents habitants ont été évacués.", "displaced"),
    ("fr", "Le pays a envoyé 3 000 soldats.", "deployed"),
    ("es", "Murieron 12 personas y 30 resultaron heridas.", "killed injured"),
    ("es", "Hay nueve desaparecidos y 14 detenidos.", "missing arrested"),
    ("es", "Unos 20.000 manifestantes salieron a la calle.", "participants"),
    ("it", "Sono 12 i morti e 30 i feriti.", "killed injured"),
    ("it", "Nove dispersi, 14 arrestati.", "missing arrested"),
    ("it", "Circa 900 persone sono state evacuate.", "displaced"),
    ("de", "12 Menschen kamen ums Leben, 30 wurden verletzt.", "killed injured"),
    ("de", "Es gab 12 Todesopfer und 30 Schwerverletzte.", "killed injured"),
    ("de", "20.000 Teilnehmer zählte die Polizei.", "participants"),
    ("de", "14 Verdächtige wurden festgenommen.", "arrested"),
    ("de", "Ein 12-jähriger Junge wird vermisst.", "age missing"),
    ("pt", "Morreram 12 pessoas e 30 ficaram feridas.", "killed injured"),
    ("pt", "Nove desaparecidos e 900 desabrigados.", "missing displaced"),
    ("nl", "Er vielen 12 doden en 30 gewonden.", "killed injured"),
    ("nl", "De politie heeft 14 mensen aangehouden.", "arrested"),
    ("ru", "Погибли 12 человек, ранены 30.", "killed injured"),
    ("ru", "ПОГИБЛИ 12 ЧЕЛОВЕК, РАНЕНЫ 30", "killed injured"),
    ("ru", "Девять человек пропали без вести, 14 задержаны.", "missing arrested"),
    ("ru", "Эвакуировано 900 жителей.", "displaced"),
    ("uk", "Загинули 12 людей, поранено 30.", "killed injured"),
    ("uk", "Затримано 14 осіб, евакуйовано 900.", "arrested displaced"),
    ("pl", "Zginęło 12 osób, a 30 zostało rannych.", "killed injured"),
    ("pl", "Zatrzymano 14 osób, ewakuowano 900.", "arrested displaced"),
    ("tr", "12 kişi öldü, 30 kişi yaralandı.", "killed injured"),
    ("tr", "12 KİŞİ HAYATINI KAYBETTİ, 30 YARALI VAR", "killed injured"),
    ("tr", "14 kişi gözaltına alındı, 900 kişi tahliye edildi.", "arrested displaced"),
    ("ar", "مقتل 12 شخصا وإصابة 30 آخرين", "killed injured"),
    ("ar", "قُتِلَ 12 شخصاً وجُرِحَ 30", "killed injured"),
    ("ar", "اعتقال 14 شخصا وإجلاء 900", "arrested displaced"),
    ("fa", "۱۲ نفر کشته و ۳۰ نفر زخمی شدند", "killed injured"),
    ("fa", "۱۴ نفر بازداشت شدند", "arrested"),
    ("zh", "事故造成12人死亡，30人受伤。", "killed injured"),
    ("zh", "爆炸造成12人遇難，9人失蹤。", "attacked killed missing"),
    ("zh", "约900人被疏散，14人被捕。", "displaced arrested"),
    ("ja", "12人が死亡し、30人がけがをした。", "killed injured"),
    ("ja", "9人が行方不明、14人が逮捕された。", "missing arrested"),
    ("ja", "約2万人がデモに参加した。", "participants"),
    ("fr", "Sept personnes ont été secourues.", "rescued"),
    ("fr", "Cinq ont été transportés à l'hôpital.", "hospitalised"),
    ("fr", "Quarante élèves ont été enlevés.", "kidnapped"),
    ("fr", "20 000 personnes ont manifesté.", "participants"),
    ("fr", "90 personnes étaient à bord.", "aboard"),
    ("fr", "Trois coups de feu ont retenti.", "attacked"),
    ("fr", "200 maisons détruites", "destroyed"),
    ("fr", "40 familles sont hébergées dans une école.", "sheltering"),
    ("fr", "Deux hommes ont été mis en examen.", "charged"),
    ("fr", "Un homme de 84 ans", "age"),
    ("fr", "Une femme âgée de 84 ans", "age"),
    ("fr", "12 millions d'euros", "money"),
    ("fr", "pendant 12 heures", "duration"),
    ("fr", "à 3 km de la ville", "distance"),
    ("fr", "un séisme de magnitude 6,1", "magnitude"),
    ("fr", "41 degrés", "temperature"),
    ("fr", "310 voix", "votes"),
    ("fr", "Ils ont pris part au défilé.", "participants"),
    ("es", "900 personas fueron evacuadas.", "displaced"),
    ("es", "Siete fueron rescatados.", "rescued"),
    ("es", "Cinco fueron trasladados al hospital.", "hospitalised"),
    ("es", "40 alumnos secuestrados", "kidnapped"),
    ("es", "Desplegaron 3.000 soldados.", "deployed"),
    ("es", "90 personas a bordo", "aboard"),
    ("es", "Hubo tres disparos.", "attacked"),
    ("es", "200 casas destruidas", "destroyed"),
    ("es", "40 familias en albergues", "sheltering"),
    ("es", "Dos hombres fueron imputados.", "charged"),
    ("es", "un niño de 9 años", "age"),
    ("es", "12 millones de dólares", "money"),
    ("es", "durante 12 horas", "duration"),
    ("es", "a 3 kilómetros", "distance"),
    ("es", "un sismo de magnitud 6,1", "magnitude"),
    ("es", "41 grados", "temperature"),
    ("es", "obtuvo 310 votos", "votes"),
    ("es", "14 personas fueron arrestadas", "arrested"),
    ("it", "Sette sono stati salvati.", "rescued"),
    ("it", "Cinque ricoverati", "hospitalised"),
    ("it", "40 alunni rapiti", "kidnapped"),
    ("it", "Ha schierato 3.000 soldati.", "deployed"),
    ("it", "20.000 manifestanti", "participants"),
    ("it", "90 persone a bordo", "aboard"),
    ("it", "Tre colpi di pistola", "attacked"),
    ("it", "Hanno aperto il fuoco.", "attacked"),
    ("it", "200 case distrutte", "destroyed"),
    ("it", "40 famiglie alloggiate in una scuola", "sheltering"),
    ("it", "Due uomini sono stati incriminati.", "charged"),
    ("it", "una donna di 84 anni", "age"),
    ("it", "12 milioni di euro", "money"),
    ("it", "per 12 ore", "duration"),
    ("it", "a 3 chilometri", "distance"),
    ("it", "una scossa di magnitudo 6,1", "magnitude"),
    ("it", "41 gradi", "temperature"),
    ("it", "310 voti", "votes"),
    ("de", "900 Menschen wurden evakuiert.", "displaced"),
    ("de", "900 Flüchtlinge", "displaced"),
    ("de", "Sieben wurden gerettet.", "rescued"),
    ("de", "Fünf kamen ins Krankenhaus.", "hospitalised"),
    ("de", "40 Schüler wurden entführt.", "kidnapped"),
    ("de", "Das Land entsandte 3.000 Soldaten.", "deployed"),
    ("de", "90 Menschen waren an Bord.", "aboard"),
    ("de", "Drei Schüsse fielen.", "attacked"),
    ("de", "Er griff mit einem Messer an.", "attacked"),
    ("de", "200 Häuser wurden zerstört.", "destroyed"),
    ("de", "40 Familien in Notunterkünften", "sheltering"),
    ("de", "Zwei Männer wurden angeklagt.", "charged"),
    ("de", "im Alter von 84 Jahren", "age"),
    ("de", "Er ist 84 Jahre alt.", "age"),
    ("de", "12 Millionen Euro", "money"),
    ("de", "Das dauerte 12 Stunden.", "duration"),
    ("de", "3 Kilometer weit", "distance"),
    ("de", "ein Beben der Stärke 6,1", "magnitude"),
    ("de", "41 Grad", "temperature"),
    ("de", "310 Stimmen", "votes"),
    ("de", "20.000 Menschen nahmen teil.", "participants"),
    ("de", "Ein Mann wurde erschossen.", "killed"),
    ("de", "Drei Personen starben.", "killed"),
    ("pt", "14 pessoas foram detidas.", "arrested"),
    ("pt", "Sete foram resgatados.", "rescued"),
    ("pt", "Cinco foram levados ao hospital.", "hospitalised"),
    ("pt", "40 alunos sequestrados", "kidnapped"),
    ("pt", "Mobilizou 3.000 soldados.", "deployed"),
    ("pt", "20 mil manifestantes", "participants"),
    ("pt", "90 pessoas a bordo", "aboard"),
    ("pt", "Houve três tiros.", "attacked"),
    ("pt", "200 casas destruídas", "destroyed"),
    ("pt", "40 famílias acolhidas numa escola", "sheltering"),
    ("pt", "Dois homens foram acusados.", "charged"),
    ("pt", "um menino de 9 anos", "age"),
    ("pt", "12 milhões de reais", "money"),
    ("pt", "durante 12 horas", "duration"),
    ("pt", "a 3 quilômetros", "distance"),
    ("pt", "um sismo de magnitude 6,1", "magnitude"),
    ("pt", "41 graus", "temperature"),
    ("pt", "obteve 310 votos", "votes"),
    ("pt", "900 pessoas foram evacuadas.", "displaced"),
    ("nl", "Negen mensen worden vermist.", "missing"),
    ("nl", "900 bewoners zijn geëvacueerd.", "displaced"),
    ("nl", "Zeven mensen zijn gered.", "rescued"),
    ("nl", "Vijf liggen in het ziekenhuis.", "hospitalised"),
    ("nl", "40 leerlingen ontvoerd", "kidnapped"),
    ("nl", "Het land stuurt 3.000 soldaten.", "deployed"),
    ("nl", "20.000 demonstranten", "participants"),
    ("nl", "90 mensen aan boord", "aboard"),
    ("nl", "Er vielen drie schoten.", "attacked"),
    ("nl", "200 huizen verwoest", "destroyed"),
    ("nl", "40 gezinnen opgevangen in een school", "sheltering"),
    ("nl", "Twee mannen aangeklaagd", "charged"),
    ("nl", "een 9-jarige jongen", "age"),
    ("nl", "12 miljoen euro", "money"),
    ("nl", "twaalf uur lang", "duration"),
    ("nl", "3 kilometer verder", "distance"),
    ("nl", "een beving met magnitude 6,1", "magnitude"),
    ("nl", "41 graden", "temperature"),
    ("nl", "310 stemmen", "votes"),
    ("ru", "Семь человек спасены.", "rescued"),
    ("ru", "Пятеро госпитализированы.", "hospitalised"),
    ("ru", "Пятеро доставлены в больницу.", "hospitalised"),
    ("ru", "40 учеников похищены", "kidnapped"),
    ("ru", "Страна направила 3000 солдат.", "deployed"),
    ("ru", "20 тысяч участников", "participants"),
    ("ru", "На борту было 90 человек.", "aboard"),
    ("ru", "Прозвучали три выстрела.", "attacked"),
    ("ru", "200 домов разрушены", "destroyed"),
    ("ru", "40 семей в убежищах", "sheltering"),
    ("ru", "Двоим предъявлено обвинение.", "charged"),
    ("ru", "84-летний мужчина", "age"),
    ("ru", "мужчина в возрасте 84 лет", "age"),
    ("ru", "12 миллионов рублей", "money"),
    ("ru", "в течение 12 часов", "duration"),
    ("ru", "в 3 километрах", "distance"),
    ("ru", "землетрясение магнитудой 6,1", "magnitude"),
    ("ru", "41 градус", "temperature"),
    ("ru", "310 голосов", "votes"),
    ("uk", "Дев'ять людей зникли безвісти.", "missing"),
    ("uk", "Сімох врятували.", "rescued"),
    ("uk", "П'ятьох госпіталізовано.", "hospitalised"),
    ("uk", "40 учнів викрадено", "kidnapped"),
    ("uk", "Країна направила 3000 солдатів.", "deployed"),
    ("uk", "20 тисяч учасників", "participants"),
    ("uk", "На борту було 90 людей.", "aboard"),
    ("uk", "Пролунали три постріли.", "attacked"),
    ("uk", "200 будинків зруйновано", "destroyed"),
    ("uk", "40 сімей в укриттях", "sheltering"),
    ("uk", "Двох обвинувачено.", "charged"),
    ("uk", "84-річний чоловік", "age"),
    ("uk", "12 мільйонів гривень", "money"),
    ("uk", "протягом 12 годин", "duration"),
    ("uk", "за 3 кілометри", "distance"),
    ("uk", "землетрус магнітудою 6,1", "magnitude"),
    ("uk", "41 градус", "temperature"),
    ("uk", "310 голосів", "votes"),
    ("pl", "Dziewięć osób uznano za zaginione.", "missing"),
    ("pl", "Uratowano siedem osób.", "rescued"),
    ("pl", "Pięć osób trafiło do szpitala.", "hospitalised"),
    ("pl", "Porwano 40 uczniów.", "kidnapped"),
    ("pl", "Wysłano 3000 żołnierzy.", "deployed"),
    ("pl", "20 tysięcy uczestników", "participants"),
    ("pl", "Na pokładzie było 90 osób.", "aboard"),
    ("pl", "Padły trzy strzały.", "attacked"),
    ("pl", "Zniszczonych zostało 200 domów.", "destroyed"),
    ("pl", "40 rodzin w schronach", "sheltering"),
    ("pl", "Dwóch mężczyzn oskarżono.", "charged"),
    ("pl", "84-letni mężczyzna", "age"),
    ("pl", "12 milionów złotych", "money"),
    ("pl", "przez 12 godzin", "duration"),
    ("pl", "3 kilometry stąd", "distance"),
    ("pl", "wstrząs o magnitudzie 6,1", "magnitude"),
    ("pl", "41 stopni", "temperature"),
    ("pl", "310 głosów", "votes"),
    ("tr", "Dokuz kişi kayıp.", "missing"),
    ("tr", "Yedi kişi kurtarıldı.", "rescued"),
    ("tr", "Beş kişi hastaneye kaldırıldı.", "hospitalised"),
    ("tr", "40 öğrenci kaçırıldı", "kidnapped"),
    ("tr", "Ülke 3 bin asker gönderdi.", "deployed"),
    ("tr", "20 bin kişi katıldı.", "participants"),
    ("tr", "Üç füze", "attacked"),
    ("tr", "200 ev yıkıldı", "destroyed"),
    ("tr", "40 aile sığınaklarda", "sheltering"),
    ("tr", "İki kişi hakkında dava açıldı.", "charged"),
    ("tr", "9 yaşında bir çocuk", "age"),
    ("tr", "12 milyon lira", "money"),
    ("tr", "12 saat sürdü", "duration"),
    ("tr", "3 kilometre ötede", "distance"),
    ("tr", "6,1 büyüklüğünde deprem", "magnitude"),
    ("tr", "41 derece", "temperature"),
    ("tr", "310 oy", "votes"),
    ("tr", "90 yolcu", "aboard"),
    ("ar", "تسعة مفقودين", "missing"),
    ("ar", "إنقاذ سبعة أشخاص", "rescued"),
    ("ar", "نقل خمسة إلى المستشفى", "hospitalised"),
    ("ar", "خطف 40 تلميذا", "kidnapped"),
    ("ar", "أرسلت الدولة 3000 جندي", "deployed"),
    ("ar", "عشرون ألف متظاهر", "participants"),
    ("ar", "كان على متنها 90 شخصا", "aboard"),
    ("ar", "أطلقوا ثلاثة صواريخ", "attacked"),
    ("ar", "تدمير 200 منزل", "destroyed"),
    ("ar", "أربعون أسرة في ملاجئ", "sheltering"),
    ("ar", "وجهت إليهما تهمة", "charged"),
    ("ar", "رجل يبلغ من العمر 84 عاما", "age"),
    ("ar", "12 مليون دولار", "money"),
    ("ar", "لمدة 12 ساعة", "duration"),
    ("ar", "على بعد 3 كيلومترات", "distance"),
    ("ar", "زلزال بقوة 6.1", "magnitude"),
    ("ar", "41 درجة مئوية", "temperature"),
    ("ar", "310 أصوات", "votes"),
    ("fa", "نه نفر مفقود شدند", "missing"),
    ("fa", "۹۰۰ نفر آواره شدند", "displaced"),
    ("fa", "هفت نفر نجات یافتند", "rescued"),
    ("fa", "پنج نفر بستری شدند", "hospitalised"),
    ("fa", "۴۰ نفر ربوده شدند", "kidnapped"),
    ("fa", "سه هزار سرباز اعزام شدند", "deployed"),
    ("fa", "بیست هزار معترض", "participants"),
    ("fa", "۹۰ سرنشین", "aboard"),
    ("fa", "سه موشک", "attacked"),
    ("fa", "۲۰۰ خانه ویران شد", "destroyed"),
    ("fa", "چهل خانواده در پناهگاه‌ها", "sheltering"),
    ("fa", "دو نفر متهم شدند", "charged"),
    ("fa", "مرد ۸۴ ساله", "age"),
    ("fa", "۱۲ میلیون دلار", "money"),
    ("fa", "۱۲ ساعت", "duration"),
    ("fa", "۳ کیلومتر", "distance"),
    ("fa", "زلزله ۶.۱ ریشتری", "magnitude"),
    ("fa", "۴۱ درجه", "temperature"),
    ("fa", "۳۱۰ رأی", "votes"),
    ("zh", "7人获救", "rescued"),
    ("zh", "5人送医", "hospitalised"),
    ("zh", "40名学生被绑架", "kidnapped"),
    ("zh", "该国派遣3000人", "deployed"),
    ("zh", "2万人参加", "participants"),
    ("zh", "船上有90人", "aboard"),
    ("zh", "发射三枚导弹", "attacked"),
    ("zh", "200栋房屋被毁", "destroyed"),
    ("zh", "40户住进安置点", "sheltering"),
    ("zh", "两人被起诉", "charged"),
    ("zh", "84岁男子", "age"),
    ("zh", "1200万美元", "money"),
    ("zh", "1200万元", "money"),
    ("zh", "持续12小时", "duration"),
    ("zh", "距离3公里", "distance"),
    ("zh", "里氏6.1级地震", "magnitude"),
    ("zh", "气温41℃", "temperature"),
    ("zh", "获310票", "votes"),
    ("ja", "900人が避難した", "displaced"),
    ("ja", "7人が救助された", "rescued"),
    ("ja", "5人が病院に運ばれた", "hospitalised"),
    ("ja", "生徒40人が誘拐された", "kidnapped"),
    ("ja", "3000人を派遣した", "deployed"),
    ("ja", "乗員乗客90人", "aboard"),
    ("ja", "ミサイル3発を発射", "attacked"),
    ("ja", "住宅200棟が全壊", "destroyed"),
    ("ja", "40世帯が避難所にいる", "sheltering"),
    ("ja", "2人が起訴された", "charged"),
    ("ja", "84歳の男性", "age"),
    ("ja", "1200万円", "money"),
    ("ja", "12時間にわたり", "duration"),
    ("ja", "3キロ離れた", "distance"),
    ("ja", "マグニチュード6.1", "magnitude"),
    ("ja", "41度を記録", "temperature"),
    ("ja", "310票を得た", "votes"),
]

# Words that look like a concept and are none.
NOTHING = [
    ("en", "Talks reached a dead end before the deadline."),
    ("en", "She won gold in the shot put."),
    ("en", "The killer and the assassin spoke."),
    ("en", "He is against the death penalty."),
    ("en", "The union is on strike."),
    ("en", "It was published in March."),
    ("en", "He suffered cardiac arrest."),
    ("en", "Work went on last year."),
    ("ru", "Это было в 2024 году."),
    ("uk", "Це було у 2024 році."),
    ("ar", "عقد الاجتماع بين البلدين يوم الثلاثاء"),
    ("pl", "Było to w 2024 roku."),
    ("fr", "Les négociations sont au point mort."),
    ("fr", "Le marché reste calme."),
    ("fr", "Il est contre la peine de mort."),
    ("es", "Las negociaciones están en punto muerto."),
    ("it", "La trattativa è a un punto morto."),
    ("de", "Hier herrscht tote Hose."),
    ("de", "Die Todesstrafe ist abgeschafft."),
    ("pt", "A negociação está num ponto morto."),
    ("nl", "Dat is doodnormaal."),
    ("ru", "Переговоры зашли в мёртвую точку."),
    ("ru", "Сказал убийца."),
    ("pl", "To martwy punkt rozmów."),
    ("tr", "Bu olay büyük bir sorun oldu."),
    ("tr", "İdam cezası kaldırıldı."),
    ("ar", "ألغت الدولة عقوبة الإعدام"),
    ("fa", "مجازات مرگ لغو شد"),
    ("zh", "废除死刑"),
    ("ja", "死刑を廃止した"),
]

GROUPS = [
    ("en", "Two children, four women and a police officer", "children women police"),
    ("en", "foreign students and firefighters", "foreigners firefighters"),
    ("en", "North Korean soldiers", "soldiers"),
    ("en", "The gunman was a former prisoner", "attackers prisoners"),
    ("en", "civilians, medics and journalists", "civilians medics journalists"),
    ("fr", "trois enfants, deux pompiers et un policier", "children firefighters police"),
    ("es", "tres niños, dos bomberos y un policía", "children firefighters police"),
    ("it", "tre bambini, due carabinieri e un soldato", "children police soldiers"),
    ("de", "drei Kinder, zwei Feuerwehrleute und eine Polizistin", "children firefighters police"),
    ("pt", "três crianças, dois bombeiros e um jornalista", "children firefighters journalists"),
    ("nl", "drie kinderen, twee brandweerlieden en een agent", "children firefighters police"),
    ("ru", "трое детей, двое полицейских и журналист", "children police journalists"),
    ("uk", "троє дітей, двоє поліцейських і журналіст", "children police journalists"),
    ("pl", "troje dzieci, dwóch strażaków i policjant", "children firefighters police"),
    ("tr", "üç çocuk, iki polis ve bir gazeteci", "children police journalists"),
    ("ar", "ثلاثة أطفال وشرطي وصحفي", "children police journalists"),
    ("fa", "سه کودک، یک سرباز و یک خبرنگار", "children soldiers journalists"),
    ("zh", "三名儿童、两名警察和一名记者", "children police journalists"),
    ("ja", "子ども3人と警察官2人、記者1人", "children police journalists"),
]

SEVERITY = [
    ("en", "Two were seriously injured, nine slightly.", "serious slight"),
    ("en", "She is in a critical condition.", "serious"),
    ("fr", "Deux blessés graves et neuf légers", "serious slight"),
    ("es", "dos heridos graves y nueve leves", "serious slight"),
    ("it", "due feriti gravi e nove lievi", "serious slight"),
    ("de", "zwei Schwerverletzte, neun Leichtverletzte", "serious slight"),
    ("de", "zwei schwer und neun leicht verletzt", "serious slight"),
    ("pt", "dois feridos graves e nove leves", "serious slight"),
    ("nl", "twee zwaargewonden en negen lichtgewonden", "serious slight"),
    ("ru", "двое в тяжёлом состоянии, девять легко ранены", "serious slight"),
    ("uk", "двоє у важкому стані, дев'ятеро легко поранені", "serious slight"),
    ("pl", "dwie osoby ciężko ranne, dziewięć lekko", "serious slight"),
    ("tr", "ikisi ağır, dokuzu hafif yaralı", "serious slight"),
    ("ar", "إصابات خطيرة وأخرى طفيفة", "serious slight"),
    ("fa", "دو نفر در وضعیت وخیم و نه نفر سطحی", "serious slight"),
    ("zh", "两人重伤，九人轻伤", "serious slight"),
    ("ja", "2人が重傷、9人が軽傷", "serious slight"),
    ("en", "Nine people were injured.", ""),
]

COUNTING = [
    ("en", "Six died, including the gunman.", "includes_attacker"),
    ("en", "Five died, not counting the attacker.", "excludes_attacker"),
    ("en", "Five victims besides the shooter", "excludes_attacker"),
    ("en", "12,000 marched nationwide, 90 were held across the country.", "nationwide"),
    ("en", "In total, 90 were held.", "in_total"),
    ("en", "Six died, including two children.", ""),
    ("fr", "Six morts, dont l'assaillant", "includes_attacker"),
    ("fr", "SIX MORTS, DONT L’ASSAILLANT", "includes_attacker"),
    ("fr", "cinq morts, sans compter l'assaillant", "excludes_attacker"),
    ("fr", "au total, dans tout le pays", "in_total nationwide"),
    ("es", "seis muertos, incluido el atacante", "includes_attacker"),
    ("es", "cinco muertos, sin contar al atacante", "excludes_attacker"),
    ("es", "en total, en todo el país", "in_total nationwide"),
    ("it", "sei morti, compreso l'attentatore", "includes_attacker"),
    ("it", "cinque morti, senza contare l'attentatore", "excludes_attacker"),
    ("it", "in totale, in tutto il paese", "in_total nationwide"),
    ("de", "sechs Tote, einschließlich des Täters", "includes_attacker"),
    ("de", "fünf Tote ohne den Täter", "excludes_attacker"),
    ("de", "insgesamt und bundesweit", "in_total nationwide"),
    ("pt", "seis mortos, incluindo o atirador", "includes_attacker"),
    ("pt", "cinco mortos, além do atirador", "excludes_attacker"),
    ("pt", "ao todo, em todo o país", "in_total nationwide"),
    ("nl", "zes doden, inclusief de dader", "includes_attacker"),
    ("nl", "vijf doden, de dader niet meegerekend", "excludes_attacker"),
    ("nl", "in totaal, in het hele land", "in_total nationwide"),
    ("ru", "шесть погибших, включая нападавшего", "includes_attacker"),
    ("ru", "пять погибших, не считая нападавшего", "excludes_attacker"),
    ("ru", "в общей сложности по всей стране", "in_total nationwide"),
    ("uk", "шестеро загиблих, включно з нападником", "includes_attacker"),
    ("uk", "п'ятеро загиблих, не рахуючи нападника", "excludes_attacker"),
    ("uk", "загалом по всій країні", "in_total nationwide"),
    ("pl", "sześć ofiar, w tym napastnik", "includes_attacker"),
    ("pl", "pięć ofiar, nie licząc napastnika", "excludes_attacker"),
    ("pl", "łącznie w całym kraju", "in_total nationwide"),
    ("tr", "saldırgan dahil altı ölü", "includes_attacker"),
    ("tr", "saldırgan hariç beş ölü", "excludes_attacker"),
    ("tr", "ülke genelinde toplam 90 kişi", "in_total nationwide"),
    ("ar", "ستة قتلى بمن فيهم المهاجم", "includes_attacker"),
    ("ar", "خمسة قتلى باستثناء المهاجم", "excludes_attacker"),
    ("ar", "في المجموع في جميع أنحاء البلاد", "in_total nationwide"),
    ("fa", "شش کشته از جمله مهاجم", "includes_attacker"),
    ("fa", "پنج کشته به جز مهاجم", "excludes_attacker"),
    ("fa", "در مجموع در سراسر کشور", "in_total nationwide"),
    ("zh", "六人死亡，包括枪手", "includes_attacker"),
    ("zh", "五人死亡，不包括枪手", "excludes_attacker"),
    ("zh", "全国共计90人", "in_total nationwide"),
    ("ja", "容疑者を含む6人が死亡", "includes_attacker"),
    ("ja", "容疑者を除く5人が死亡", "excludes_attacker"),
    ("ja", "全国で合わせて90人", "in_total nationwide"),
]

# Language, sentence, figure (its first occurrence), what it counts; None: unsure.
NEAREST = [
    ("en", "killing 12 and wounding 30", "12", "killed"),
    ("en", "killing 12 and wounding 30", "30", "injured"),
    ("en", "12 dead, 30 injured", "12", "killed"),
    ("en", "12 dead, 30 injured", "30", "injured"),
    ("en", "hurt 15 people and killed one man", "15", "injured"),
    ("en", "hurt 15 people and killed one man", "one", "killed"),
    ("en", "12 people were killed and 30 were injured", "30", "injured"),
    ("en", "The attack killed 12, injured 30 and left 5 missing", "5", "missing"),
    ("en", "The attack killed 12, injured 30 and left 5 missing", "12", "killed"),
    ("en", "At least 12 people, including three pupils, were killed", "12", "killed"),
    ("en", "In the attack, 12 people were killed", "12", "killed"),
    ("en", "After 3 hours 12 people were rescued", "12", "rescued"),
    ("en", "After three hours 12 people were rescued", "12", "rescued"),
    ("en", "killed a 12-year-old", "12", "age"),
    ("en", "Police arrested 12 protesters", "12", "arrested"),
    ("en", "12 protesters were killed", "12", None),
    ("en", "12 were killed or injured", "12", None),
    ("en", "Nobody was killed. There were 12 cars", "12", None),
    ("en", "12 cars stood there", "12", None),
    ("en", "It claimed 12 lives", "12", "killed"),
    ("en", "Men shot 12 people dead", "12", "killed"),
    ("en", "The number of the dead has risen to at least 12", "12", "killed"),
    ("en", "12 refugees drowned", "12", None),
    ("en", "They rescued 12 refugees", "12", "rescued"),
    ("en", "The marchers carried more than 900 lanterns", "900", None),
    ("en", "She put the damage at 4 million dollars", "4 million", "money"),
    ("en", "30 were injured, 12 of them seriously", "12", None),
    ("en", "The damage cost 12 million dollars", "12 million", "money"),
    ("fr", "12 morts et 30 blessés", "12", "killed"),
    ("fr", "12 morts et 30 blessés", "30", "injured"),
    ("es", "12 muertos y 30 heridos", "30", "injured"),
    ("de", "Die Zahl der Toten stieg auf 12", "12", "killed"),
    ("de", "12 Tote und 30 Verletzte", "30", "injured"),
    ("fr", "un homme de 84 ans a été tué", "84", "age"),
    ("it", "Gli sfollati sono 2.400, ospitati in palestre", "2.400", "displaced"),
    ("pt", "A obra custou 18 milhões de euros", "18", "money"),
    ("nl", "er vielen 12 doden en 30 gewonden", "30", "injured"),
    ("uk", "загинули 12 людей, ще 30 поранено", "30", "injured"),
    ("fa", "۱۲ نفر کشته و ۳۰ نفر زخمی شدند", "۳۰", "injured"),
    ("ru", "погибли 12 человек, ещё 30 ранены", "12", "killed"),
    ("ru", "погибли 12 человек, ещё 30 ранены", "30", "injured"),
    ("pl", "zginęło 12 osób, a 30 zostało rannych", "30", "injured"),
    ("tr", "12 kişi öldü, 30 kişi yaralandı", "30", "injured"),
    ("ar", "مقتل 12 شخصا وإصابة 30 آخرين", "12", "killed"),
    ("ar", "مقتل 12 شخصا وإصابة 30 آخرين", "30", "injured"),
    ("zh", "死亡12人，受伤30人", "12", "killed"),
    ("zh", "死亡12人，受伤30人", "30", "injured"),
    ("zh", "12人死亡，30人受伤", "12", "killed"),
    ("zh", "12人死亡，30人受伤", "30", "injured"),
    ("ja", "12人が死亡し、30人が重傷", "30", "injured"),
]


@pytest.mark.parametrize(("language", "sentence", "expected"), CONCEPTS)
def test_a_sentence_mentions_these_concepts_and_no_others(language: str, sentence: str, expected: str) -> None:
    assert concepts_of(sentence, language) == frozenset(expected.split())


@pytest.mark.parametrize(("language", "sentence"), NOTHING)
def test_look_alikes_are_no_concepts(language: str, sentence: str) -> None:
    assert find_concepts(sentence, language) == []


@pytest.mark.parametrize(("language", "sentence", "expected"), GROUPS)
def test_groups(language: str, sentence: str, expected: str) -> None:
    assert {mention.concept for mention in find_groups(sentence, language)} == set(expected.split())


@pytest.mark.parametrize(("language", "sentence", "expected"), SEVERITY)
def test_severity(language: str, sentence: str, expected: str) -> None:
    assert severity_words(sentence, language) == frozenset(expected.split())


@pytest.mark.parametrize(("language", "sentence", "expected"), COUNTING)
def test_counting(language: str, sentence: str, expected: str) -> None:
    assert counting(sentence, language) == frozenset(expected.split())


@pytest.mark.parametrize(("language", "sentence", "figure", "expected"), NEAREST)
def test_a_figure_belongs_to_its_concept(language: str, sentence: str, figure: str, expected: str | None) -> None:
    start = sentence.index(figure)
    mentions = find_concepts(sentence, language)
    assert nearest_concept(mentions, start, start + len(figure), sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "figure", "expected"),
    [
        ("killing 12 and wounding 30", "12", "killed"),
        ("12 dead, while 30 injured", "30", "injured"),
        ("dead and 12 injured", "12", "injured"),
        ("killed some 12 who were injured", "12", None),
    ],
)
def test_distance_alone_decides_only_the_clear_cases(sentence: str, figure: str, expected: str | None) -> None:
    start = sentence.index(figure)
    assert nearest_concept(find_concepts(sentence, "en"), start, start + len(figure)) == expected


def test_figures_in_words_take_their_concept() -> None:
    text = "two dead, 30 in all"
    mentions = find_concepts(text, "en")
    assert nearest_concept(mentions, 10, 12, text) == "killed"
    assert nearest_concept(mentions, 10, 12, text, figures=[(0, 3)]) is None


@pytest.mark.parametrize("language", [None, "xx", "", "en-GB", "EN_us"])
def test_an_unknown_language_is_read_as_english(language: str | None) -> None:
    assert concepts_of("12 dead", language) == {"killed"}


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Des blesse\u0301s graves", "blesse\u0301s"),  # accents apart from their letters
        ("Des bles\u00adsés graves", "bles\u00adsés"),  # soft hyphen
    ],
)
def test_offsets_are_those_of_the_text_as_written(text: str, quote: str) -> None:
    (mention,) = find_concepts(text, "fr")
    assert (mention.concept, mention.text) == ("injured", quote)
    assert text[mention.start : mention.end] == quote


def test_accents_apart_from_their_letters_stay_turkish_letters() -> None:
    assert concepts_of("12 kişi o\u0308ldu\u0308", "tr") == {"killed"}
    assert concepts_of("12 kişi oldu", "tr") == frozenset()


PIECES = st.sampled_from([part for _, sentence, _ in CONCEPTS for part in re.split(r"(\W)", sentence)])
TEXTS = st.one_of(st.text(), st.lists(st.one_of(PIECES, st.text(max_size=2))).map("".join))


@given(text=TEXTS, language=st.sampled_from([*LANGUAGES, None, "ko"]))
def test_mentions_are_slices_of_the_text_in_order(text: str, language: str | None) -> None:
    for mentions in (find_concepts(text, language), find_groups(text, language)):
        end = 0
        for mention in mentions:
            assert end <= mention.start < mention.end <= len(text)
            assert text[mention.start : mention.end] == mention.text
            end = mention.end
    assert concepts_of(text, language) == {mention.concept for mention in find_concepts(text, language)}
    assert severity_words(text, language) <= {"serious", "slight"}
    assert counting(text, language) <= {"includes_attacker", "excludes_attacker", "nationwide", "in_total"}


@given(text=TEXTS, language=st.sampled_from(LANGUAGES), start=st.integers(0, 50), length=st.integers(0, 9))
def test_a_figure_gets_a_concept_of_the_sentence_or_none(text: str, language: str, start: int, length: int) -> None:
    mentions = find_concepts(text, language)
    for known in (text, None):
        found = nearest_concept(mentions, start, start + length, known)
        assert found is None or found in {mention.concept for mention in mentions}


@pytest.mark.parametrize("name", ["concepts", "actions", "measures", "groups", "counting"])
def test_every_language_has_words_for_everything(name: str) -> None:
    source = resources.files("summarizer.text").joinpath("lexicons", f"{name}.toml")
    tables = tomllib.loads(source.read_text(encoding="utf-8"))
    for concept, entries in tables.items():
        if concept not in {"languages", "ignore"}:
            assert set(entries) == set(LANGUAGES), concept
