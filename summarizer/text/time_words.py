"""What the press of each language writes beside a clock time, as regular expressions."""

from dataclasses import dataclass

NEVER = r"(?!)"


@dataclass(frozen=True)
class ClockWords:
    """Words around a time: halves of the day, what leads to a time, what makes it approximate, noon and midnight."""

    am: str = r"a\.?\s?m\.?"
    pm: str = r"p\.?\s?m\.?"
    unit: str = r"h|hrs"
    lead: str = NEVER
    hour_word: str = NEVER
    about: str = NEVER
    noon: str = NEVER
    midnight: str = NEVER
    han: str = NEVER


ENGLISH = ClockWords(
    am=r"a\.m\.|a\.?m|in the morning", pm=r"p\.m\.|p\.?m|in the (?:afternoon|evening)|at night", unit=r"o[’']clock|"
    r"hrs",
    lead=r"at|around|about|by|until|from|since|before|after|near|nearly",
    about=r"about|around|approximately|roughly|some|circa|almost|nearly|near|towards?|(?:shortly|just|soon|"
    r"right) (?:after|before)|after|before",
    noon=r"noon|midday", midnight=r"midnight",
)  # fmt: skip

CLOCK_WORDS: dict[str, ClockWords] = {
    "en": ENGLISH,
    "fr": ClockWords(
        am=r"du matin", pm=r"de l[’']après-midi|du soir", unit=r"h|heures?",
        lead=r"à|vers|dès|avant|après|jusqu[’']à|depuis|entre|de|et|environ", about=r"vers|environ|aux alentours de|"
        r"autour de|peu (?:après|avant)|"
        r"juste (?:après|avant)|après|avant", noon=r"(?<!après-)midi", midnight=r"minuit",
    ),
    "es": ClockWords(
        am=r"a\.?\s?m\.|am|de la (?:mañana|madrugada)", pm=r"p\.?\s?m\.|pm|de la (?:tarde|noche)", unit=r"h|horas|hrs",
        lead=r"a las?|las?|desde las?|hasta las?|sobre las?|hacia las?|de las?", about=r"sobre|hacia|alrededor de|"
        r"cerca de|aproximadamente|"
        r"poco (?:después|antes) de|pasadas|después de|antes de|en torno a", noon=r"mediodía", midnight=r"medianoche",
    ),
    "it": ClockWords(
        am=r"di mattina|del mattino", pm=r"del pomeriggio|di sera|della sera|di notte", unit=r"ore",
        lead=r"alle|all[’']|dalle|le|ore|verso le|intorno alle|alle ore",
        hour_word=r"ore", about=r"verso|intorno|circa|poco (?:dopo|prima)(?: delle)?|dopo|prima delle",
        noon=r"mezzogiorno", midnight=r"mezzanotte",
    ),
    "de": ClockWords(
        am=r"Uhr (?:morgens|früh|vormittags)", pm=r"Uhr (?:abends|nachmittags|nachts|mittags)", unit=r"Uhr",
        lead=r"um|gegen|ab|bis|seit|nach|vor|kurz nach|kurz vor|zwischen|von|und", about=r"gegen|etwa|rund|ungefähr|"
        r"circa|ca\.|(?:kurz )?(?:nach|vor)",
        noon=NEVER, midnight=r"Mitternacht",
    ),
    "pt": ClockWords(
        am=r"da (?:manhã|madrugada)", pm=r"da (?:tarde|noite)", unit=r"h|horas", lead=r"às?|as|das|até as|até às|"
        r"por volta das|desde as",
        about=r"por volta|cerca|aproximadamente|pouco (?:depois|antes)|depois|antes", noon=r"meio-dia",
        midnight=r"meia-noite",
    ),
    "nl": ClockWords(
        am=r"uur (?:'s|’s) (?:ochtends|morgens)", pm=r"uur (?:'s|’s) (?:middags|avonds)", unit=r"uur",
        lead=r"om|rond|tegen|vanaf|tot|voor|na",
        about=r"rond|omstreeks|tegen|ongeveer|kort (?:na|voor)|na|voor|circa", noon=NEVER, midnight=r"middernacht",
    ),
    "ru": ClockWords(
        am=r"(?:час(?:ов|а)?\s)?(?:утра|ночи)", pm=r"(?:час(?:ов|а)?\s)?(?:вечера|дня)", unit=r"час(?:ов|а)?",
        lead=r"в|к|до|около|с|после",
        about=r"около|примерно|приблизительно|после|до|вскоре после", noon=r"полдень|полудня", midnight=r"полночь|"
        r"полуночи",
    ),
    "uk": ClockWords(
        am=r"(?:годин[іиу]?\s)?(?:ранку|ночі)", pm=r"(?:годин[іиу]?\s)?(?:вечора|дня)", unit=r"годин[іиу]?",
        lead=r"о|об|до|близько|після|з",
        about=r"близько|приблизно|після|до|орієнтовно", noon=r"опівдні|полудень", midnight=r"опівночі|північ",
    ),
    "pl": ClockWords(
        am=r"rano", pm=r"po południu|wieczorem|w nocy", unit=r"godz\.",
        lead=r"o|około|po|przed|godz\.|godzinie|od|do", hour_word=r"godz\.|godzinie",
        about=r"około|mniej więcej|krótko (?:po|przed)|po|przed|tuż po", noon=r"południe", midnight=r"północ(?:y)?",
    ),
    "tr": ClockWords(
        am=NEVER, pm=NEVER, unit=NEVER, lead=r"saat|sabah|akşam|gece|öğleden sonra", about=r"yaklaşık|saat yaklaşık",
        noon=NEVER, midnight=r"gece yarısı",
    ),
    "ar": ClockWords(
        am=r"صباحا|صباحًا|صباحاً|ص|فجرا|فجرًا", pm=r"مساء|مساءً|م|ظهرا|ظهرًا|عصرا|بعد الظهر|ليلا", unit=r"ساعة",
        lead=r"الساعة|في الساعة|حوالي الساعة|نحو الساعة",
        about=r"حوالي|نحو|قرابة|بعد|قبل", noon=r"منتصف النهار", midnight=r"منتصف الليل",
    ),
    "zh": ClockWords(
        about=r"大约|大約|约|約|将近|接近", noon=r"正午", midnight=r"午夜|子夜",
        han=r"上午|下午|晚上|凌晨|早上|中午|傍晚|清晨|晚",
    ),
    "ja": ClockWords(about=r"約|およそ", noon=r"正午", midnight=r"真夜中", han=r"午前|午後|未明|早朝|夕方|夜|朝"),
    "ko": ClockWords(about=r"약", noon=r"정오", midnight=r"자정", han=r"오전|오후"),
}  # fmt: skip
