"""Words that date news besides CLDR's: prepositions, "early", "last", "tonight", inflected names, by language.

Every value is a regular expression (matched without regard to case) or a compact table; CLDR (through babel and
dateparser) supplies the names of months and weekdays, "yesterday", "last week", "{0} days ago". What is missing here
for a language is simply not recognised in it.

Keys: since, until, about, early, mid, late (before a date); since_after, until_after (behind one); past, coming
(beside a weekday or month); part (of a day); lead (a word that makes a lone month or year a date); weak (the same, if
no noun follows the year); between, to, joint (ranges); glue (between day, month and year); article (between weekday
and day); ordinal; year_tail (behind a year: also makes it one); future; tail (glued to a weekday); numbers (1 to 12,
forms of one number with /); careful_months (homonyms that need a lead, a lead_after or a year); careful_days (homonyms
that need a day_lead or a part); months, days, relative (further forms: number, or unit and offset -> forms).
"""

Words = dict[str, str]

NEWS_WORDS: dict[str, Words] = {
    "en": {
        "since": r"since",
        "until": r"until|till|up to|through|by|no later than",
        "about": r"about|around|circa|approximately|roughly",
        "early": r"(?:very )?early(?: in)?|beginning of|start of|first (?:days|weeks) of",
        "mid": r"mid|middle of",
        "late": r"late(?: in)?|end of|last (?:days|weeks) of|final (?:days|weeks) of",
        "past": r"last|past|previous",
        "coming": r"next|coming|upcoming",
        "part": r"early morning|morning|afternoon|evening|night|noon|midday|lunchtime",
        "lead": r"in|since|until|till|by|from|between|during|through|throughout|before|after|as of|year|of|for|late|"
        r"early",
        "weak": r"of|the|for",
        "between": r"between|from",
        "to": r"to|until|till|through",
        "joint": r"and",
        "glue": r"of|in",
        "article": r"the",
        "ordinal": r"st|nd|rd|th",
        "future": r"will|shall|won't|is to|are to|set to|due (?:on|in|for|by|back)|scheduled|expected|plans? to|"
        r"going to",
        "numbers": r"one/a/an|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve",
        "careful_months": "march april may june august",
        "relative": "d0:tonight,this morning,this afternoon,this evening,earlier today,later today,earlier on today;"
        "d-1:last night,last evening;w0<:earlier this week,earlier in the week;m0:earlier this month,later this month;"
        "y0:earlier this year,later this year;w0:later this week;m-1:the previous month,the past month",
    },
    "fr": {
        "since": r"depuis(?: l[ea]s?)?|à (?:partir|compter) d[ue]|dès",
        "until": r"jusqu[’'](?:à|au|en)|"
        r"d[’']ici(?: à| au)?",
        "about": r"vers|environ|aux alentours d[ue]|autour d[ue]",
        "early": r"début|(?:au )?commencement d[e’']|premiers jours d[e’']",
        "mid": r"mi|milieu(?: d[e’'])?|courant",
        "late": r"fin|derniers jours d[e’']",
        "past": r"derni(?:er|ère)|passée?",
        "coming": r"prochaine?|à venir",
        "part": r"matin|après-midi|soir|midi|nuit|dans la nuit|en soirée|au soir|au matin",
        "lead": r"en|depuis|dès|d[’']ici|jusqu[’']en|entre|avant|après|courant|de|d[’']|à|pour|et|année|l[’']an|"
        r"mois de|mois d[’']",
        "weak": r"de",
        "between": r"entre|du|de",
        "to": r"au|à|jusqu[’']au",
        "joint": r"et",
        "article": r"le",
        "ordinal": r"er|ère|e",
        "future": r"[^\W\d_]{2,}(?:[eiudtvr]ra|ront)|va|vont|sera|seront|prévue?s?|doit|doivent",
        "numbers": r"un/une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze",
        "careful_months": "mars",
        "relative": "d0:ce matin,ce soir,cet après-midi,cette nuit,aujourd’hui;d-1:hier soir,la nuit dernière;"
        "d-2:avant-hier;w0<:plus tôt cette semaine,en début de semaine;w-1:semaine dernière,semaine passée;"
        "m-1:mois dernier,mois passé;y-1:l’année dernière,l’an dernier,l'an dernier,l’an passé,l'an passé,"
        "année dernière;"
        "w1:semaine prochaine;m1:mois prochain;y1:année prochaine,l'an prochain,l’an prochain;y0:cette année;"
        "m0:ce mois",
    },
    "es": {
        "since": r"desde(?: el| la)?|a partir del?",
        "until": r"hasta(?: el| la)?|para(?: el)?|antes del?",
        "about": r"hacia(?: el)?|alrededor del?|cerca del?|en torno al?",
        "early": r"(?:a )?(?:principios|comienzos|inicios)(?: del?)?|inicio de",
        "mid": r"(?:a )?mediados(?: del?)?",
        "late": r"(?:a )?(?:finales|fines|final)(?: del?)?",
        "past": r"pasad[oa]|últim[oa]",
        "coming": r"próxim[oa]|que viene|siguiente",
        "part": r"por la (?:mañana|tarde|noche)|en la (?:mañana|tarde|noche)|de madrugada|al mediodía",
        "lead": r"en|desde|hasta|entre|durante|para|antes de|después de|tras|año|del año|de|del|mes de",
        "weak": r"de|del",
        "between": r"entre(?: el)?|del?|desde(?: el)?",
        "to": r"al?|hasta(?: el)?",
        "joint": r"y(?: el)?",
        "glue": r"del?",
        "article": r"el",
        "ordinal": r"º|°|er|ro",
        "future": r"[^\W\d_]{2,}(?:ará|erá|irá|drá|brá|arán|erán|irán|drán|brán)|va a|van a|prevé|previst[oa]s?|"
        r"será|serán",
        "numbers": r"un/una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce",
        "relative": "d0:esta mañana,esta tarde,esta noche,esta madrugada;d-1:anoche,ayer noche;d-2:antier,"
        "antes de ayer;"
        "w-1:semana pasada;m-1:mes pasado;y-1:año pasado;w0<:a principios de semana;w1:próxima semana,semana que viene;"
        "m1:próximo mes,mes que viene;y1:próximo año,año que viene;y0:presente año",
    },
    "it": {
        "since": r"dal(?:l[’'a])?|a partire dal(?:l[’'a])?|sin dal",
        "until": r"fino al?(?:l[’'a])?|entro(?: il| la)?",
        "about": r"verso(?: il)?|intorno al?|circa",
        "early": r"inizio(?: di)?|(?:agli )?inizi(?: di| del)?",
        "mid": r"metà(?: di| del)?",
        "late": r"fine(?: di| del)?",
        "past": r"scors[oa]|passat[oa]|ultim[oa]",
        "coming": r"prossim[oa]",
        "part": r"mattina|pomeriggio|sera|notte",
        "lead": r"a|ad|in|nel|dal|da|fino a|entro|tra|fra|di|del|dopo|prima di|durante|anno|mese di|e",
        "weak": r"del",
        "between": r"tra(?: il)?|fra(?: il)?|da(?:l|ll[’'])?",
        "to": r"al?(?:l[’'])?",
        "joint": r"e(?: il)?",
        "article": r"il",
        "ordinal": r"º|°",
        "future": r"[^\W\d_]{2,}(?:erà|irà|drà|rrà|eranno|iranno|dranno|rranno)|sarà|saranno|previst[oaie]",
        "numbers": r"un/uno/una|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici",
        "relative": "d0:stamattina,stamane,stasera,stanotte,questa mattina,questa sera,questo pomeriggio;"
        "d-1:ieri sera,ieri notte;"
        "d-2:l'altro ieri,l’altro ieri;y-1:l'anno scorso,scorso anno,lo scorso anno;m-1:scorso mese,il mese scorso;"
        "w-1:scorsa settimana;"
        "w1:prossima settimana;m1:prossimo mese;y1:prossimo anno;y0:quest’anno",
    },
    "de": {
        "since": r"seit(?: dem| der)?|ab(?: dem)?",
        "until": r"bis(?: zum| zur| einschließlich)?|spätestens(?: am)?",
        "about": r"gegen|um den|etwa|rund um den|circa|ca\.",
        "early": r"anfang(?: des)?|zu beginn des",
        "mid": r"mitte(?: des)?",
        "late": r"ende(?: des)?",
        "past": r"letzte[nrsm]?|vergangene[nrsm]?|vorige[nrsm]?",
        "coming": r"nächste[nrsm]?|kommende[nrsm]?",
        "part": r"früh|morgen|vormittag|mittag|nachmittag|abend|nacht",
        "tail": r"früh|morgen|vormittag|mittag|nachmittag|abend|nacht",
        "lead": r"im|seit|bis|ab|vom|zwischen|von|vor|nach|jahr|jahre[sn]?|monat|des|der|in",
        "weak": r"von|der",
        "between": r"zwischen(?: dem)?|vo[nm]",
        "to": r"bis(?: zum)?",
        "joint": r"und(?: dem)?",
        "article": r"den|dem|der",
        "ordinal": r"\.",
        "future": r"wird|werden|soll|sollen|geplant",
        "numbers": r"einem/einer/einen/eine|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf",
        "months": "1:jänner,januars;2:feber,februars;5:mais;8:augusts;12:dezembers",
        "days": "5:sonnabend",
        "relative": "d0:heute;d-1:gestern;d-2:vorgestern;d2:übermorgen;w-1:vergangene woche,vergangener woche,"
        "letzter woche,"
        "vergangenen woche,vorige woche;m-1:vergangenen monat,vorigen monat,letzten monats;w1:kommende woche,"
        "kommender woche,"
        "nächster woche;m1:kommenden monat;y-1:letzten jahres,vergangenen jahres,vorigen jahres,letzten jahr,"
        "vergangenen jahr,"
        "vorjahr;y0:dieses jahres,diesem jahr,dieses jahr,laufenden jahres;y1:kommenden jahr,nächsten jahr,"
        "kommenden jahres;"
        "m0:diesem monat,dieses monats;w0:dieser woche",
    },
    "pt": {
        "since": r"desde(?: [oa])?|a partir d[eo]",
        "until": r"até(?: [oa]| ao)?",
        "about": r"por volta d[eo]|cerca d[eo]|em torno d[eo]",
        "early": r"(?:n?o )?(?:início|começo)(?: d[eo])?|inícios d[eo]|princípios? d[eo]",
        "mid": r"(?:em )?meados(?: d[eo])?",
        "late": r"(?:n?o )?(?:final|fim|finais)(?: d[eo])?",
        "past": r"passad[oa]|últim[oa]",
        "coming": r"próxim[oa]|que vem",
        "part": r"de manhã|à tarde|à noite|pela manhã|de madrugada",
        "lead": r"em|desde|até|entre|durante|para|antes de|depois de|após|ano de|de|no ano de|mês de",
        "weak": r"de",
        "between": r"entre(?: o)?|de|desde(?: o)?",
        "to": r"a|ao|até(?: o| ao)?",
        "joint": r"e(?: o)?",
        "glue": r"d[eo]",
        "ordinal": r"º|°|o",
        "article": r"o|dia",
        "future": r"[^\W\d_]{2,}(?:ará|erá|irá|rão)|vai|vão|previst[oa]s?|deve|devem",
        "numbers": r"um/uma|dois/duas|três|quatro|cinco|seis|sete|oito|nove|dez|onze|doze",
        "careful_days": "segunda terça terca quarta quinta sexta",
        "day_lead": r"na|nesta|desta|até",
        "days": "0:segunda feira,2ª-feira;1:terça feira,3ª-feira;2:quarta feira;3:quinta feira;4:sexta feira",
        "relative": "d0:esta manhã,esta tarde,esta noite,nesta manhã,nesta noite;d-1:ontem à noite,noite passada;"
        "d-2:anteontem;"
        "w-1:semana passada,última semana;m-1:mês passado,último mês;y-1:ano passado;w1:próxima semana,semana que vem;"
        "m1:próximo mês,mês que vem;y1:próximo ano,ano que vem;y0:este ano,neste ano",
    },
    "nl": {
        "since": r"sinds|vanaf",
        "until": r"tot(?: en met)?|uiterlijk",
        "about": r"rond|omstreeks|ongeveer",
        "early": r"begin|(?:het )?begin van",
        "mid": r"half|midden|medio|halverwege",
        "late": r"eind|einde(?: van)?",
        "past": r"afgelopen|vorige|laatste|laatstleden",
        "coming": r"volgende|komende|aanstaande",
        "part": r"ochtend|morgen|middag|avond|nacht",
        "tail": r"ochtend|morgen|middag|namiddag|avond|nacht",
        "lead": r"in|sinds|vanaf|tot|tussen|voor|na|van|per|jaar|maand",
        "weak": r"van",
        "between": r"tussen|van",
        "to": r"tot(?: en met)?|t/m",
        "joint": r"en",
        "ordinal": r"e|ste|de",
        "future": r"zal|zullen|gaat|gaan|gepland",
        "numbers": r"een/één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf",
        "careful_months": "mei",
        "relative": "d0:vandaag,vanochtend,vanmorgen,vanmiddag,vanavond,vannacht;d-1:gisteren,gisteravond,gistermiddag,"
        "gisterochtend,gisternacht;d-2:eergisteren;d2:overmorgen;w-1:afgelopen week;m-1:afgelopen maand;"
        "y-1:afgelopen jaar,verleden jaar",
    },
    "ru": {
        "since": r"с|со|начиная с",
        "until": r"до|к|по",
        "about": r"около|примерно|приблизительно",
        "early": r"(?:в )?начал[еау]",
        "mid": r"(?:в )?середин[еыу]",
        "late": r"(?:в )?кон(?:це|ца|цу)",
        "past": r"прошл(?:ый|ую|ого|ой|ое|ом)|минувш(?:ий|ую|его|ей|ее|ем)",
        "coming": r"следующ(?:ий|ую|его|ей|ее|ем)|будущ(?:ий|ую|его|ей|ем)|ближайш(?:ий|ую|ее)",
        "part": r"утром|днём|днем|вечером|ночью",
        "lead": r"в|во|с|со|до|к|по|за|после|между|от|на|год|и|перед",
        "between": r"с|со|между|от",
        "to": r"по|до",
        "joint": r"и",
        "ordinal": r"-?го|-?е",
        "year_tail": r"год(?:а|у|ом)?|гг?\.",
        "future": r"будет|будут|состоится|состоятся|пройд[её]т|пройдут|планиру[ею]т|намерен[аы]?|предстоит|"
        r"запланирован[аоы]?",
        "numbers": r"один/одну|два/две|три|четыре|пять|шесть|семь|восемь|девять|десять|одиннадцать|двенадцать",
        "months": "1:январе,январю,январем,январём;2:феврале,февралю,февралем;3:марте,марту,мартом;4:апреле,апрелю;"
        "5:мае,маю;"
        "6:июне,июню;7:июле,июлю;8:августе,августу;9:сентябре,сентябрю;10:октябре,октябрю;11:ноябре,ноябрю;"
        "12:декабре,декабрю",
        "days": "0:понедельника,понедельнику;1:вторника,вторнику;2:среду;3:четверга,четвергу;4:пятницу,пятницы,пятнице;"
        "5:субботу,субботы,субботе;6:воскресенья,воскресенью",
        "careful_days": "среда",
        "relative": "d0:сегодня,нынешней ночью;d-1:вчера,минувшей ночью,прошлой ночью;d-2:позавчера;"
        "d-7:неделю назад;d1:завтра;"
        "d2:послезавтра;"
        "w-1:прошлой неделе,минувшей неделе;w0:этой неделе,текущей неделе;w1:следующей неделе,будущей неделе;"
        "m-1:прошлом месяце,прошлого месяца,минувшем месяце;m0:этом месяце,этого месяца,текущего месяца;"
        "m1:следующем месяце;y-1:прошлом году,прошлого года,минувшего года;"
        "y0:этом году,этого года,текущего года,нынешнего года,текущем году,нынешнем году;y1:следующем году,"
        "следующего года,будущем году",
    },
    "uk": {
        "since": r"з|із|зі|від|починаючи з",
        "until": r"до|по",
        "about": r"близько|приблизно|орієнтовно",
        "early": r"(?:на )?початку|початок",
        "mid": r"(?:у |в )?середин[іиу]",
        "late": r"(?:на)?прикінці|кін(?:ці|"
        r"ця|ець)",
        "past": r"минул(?:ий|ого|ої|у|ому|ої)|попередн(?:ій|ього|ьої)",
        "coming": r"наступн(?:ий|ого|ої|у|ому)|"
        r"майбутн(?:ій|ього)",
        "part": r"вранці|вдень|увечері|ввечері|вночі",
        "lead": r"у|в|з|із|від|до|по|за|після|між|на|рік|і|та|перед",
        "between": r"з|із|між|від",
        "to": r"по|до",
        "joint": r"і|й|та",
        "ordinal": r"-?го|-?те|-?е",
        "year_tail": r"рок(?:у|ом|ів)|році|рік|рр?\.",
        "future": r"буде|будуть|відбудеться|відбудуться|планує|"
        r"планують|має|мають",
        "numbers": r"один/одну|два/дві|три|чотири|п'ять|шість|сім|вісім|дев'ять|десять|одинадцять|дванадцять",
        "months": "1:січні;2:лютому;3:березні;4:квітні;5:травні;6:червні;7:липні;8:серпні;9:вересні;10:жовтні;"
        "11:листопаді;12:грудні",
        "days": "0:понеділка;1:вівторка;2:середу,середи;3:четверга;4:п'ятницю,п’ятницю,пʼятницю,п'ятниці,п’ятниці,"
        "п'ятниця,"
        "п’ятниця;5:суботу,суботи;6:неділю,неділі",
        "careful_days": "середа",
        "relative": "d0:сьогодні;d-1:вчора,учора,минулої ночі;d-2:позавчора;d-7:тиждень тому;d1:завтра;d2:післязавтра;"
        "w-1:минулого тижня;"
        "w0:цього тижня;w1:наступного тижня;m-1:минулого місяця,минулому місяці;m0:цього місяця;m1:наступного місяця;"
        "y-1:минулого року,торік;y0:цього року,цьогоріч;y1:наступного року",
    },
    "pl": {
        "since": r"od",
        "until": r"do",
        "about": r"około|mniej więcej",
        "early": r"(?:na )?początk(?:u|iem)",
        "mid": r"(?:w )?połow(?:ie|y|ą)",
        "late": r"(?:pod )?kon(?:iec|iec|ca|cem)",
        "past": r"ubiegł(?:y|ą|ego|ej|ym)|zeszł(?:y|ą|ego|ej|ym)|minion(?:y|ą|ego|ej|ym)",
        "coming": r"przyszł(?:y|ą|ego|ej|ym)|najbliższ(?:y|ą|ego|ej|ym)|następn(?:y|ą|ego|ej|ym)",
        "part": r"rano|po południu|wieczorem|w nocy",
        "lead": r"w|we|od|do|po|przed|między|roku|rok|na|z|ze|i",
        "weak": r"z|na",
        "between": r"od|między|pomiędzy",
        "to": r"do",
        "joint": r"a|i",
        "ordinal": r"-?go",
        "year_tail": r"rok(?:u|"
        r"iem)?|r\.",
        "future": r"będzie|będą|odbędzie|odbędą|zostanie|zostaną|planuje|planują|ma|mają",
        "numbers": r"jeden/jedną|dwa/dwie|trzy|cztery|pięć|sześć|siedem|osiem|dziewięć|dziesięć|jedenaście|dwanaście",
        "months": "1:styczniu;2:lutym;3:marcu;4:kwietniu;5:maju;6:czerwcu;7:lipcu;8:sierpniu;9:wrześniu;"
        "10:październiku;"
        "11:listopadzie;12:grudniu",
        "days": "0:poniedziałku;1:wtorku;2:środę,środy;3:czwartku;4:piątku;5:sobotę,soboty;6:niedzielę,niedzieli",
        "careful_months": "maja maj luty",
        "relative": "d0:dzisiaj,dziś;d-1:wczoraj,ostatniej nocy,minionej nocy;d-2:przedwczoraj;"
        "d-7:tydzień temu;d1:jutro;d2:pojutrze;"
        "w-1:ubiegłym tygodniu,"
        "zeszłym tygodniu,minionym tygodniu;w0:tym tygodniu;w1:przyszłym tygodniu;m-1:ubiegłym miesiącu,"
        "zeszłym miesiącu;"
        "m0:tym miesiącu;m1:przyszłym miesiącu;y-1:ubiegłego roku,zeszłego roku,ubiegłym roku,zeszłym roku;"
        "y0:tego roku,bieżącego roku,tym roku;y1:przyszłego roku,przyszłym roku",
    },
    "tr": {
        "since_after": r"(?:[’'][td][ea]n|[’'][ndy]?[dt][ea]n)?\s(?:beri|bu yana|itibaren)",
        "until_after": r"(?:[’'][ny]?[ea])?\s(?:kadar|dek)",
        "about": r"yaklaşık|takriben",
        "past": r"geçen|geçtiğimiz|önceki",
        "coming": r"gelecek|önümüzdeki",
        "part": r"günü|sabahı|akşamı|gecesi|öğleden sonra|sabah|akşam",
        "lead": r"geçen|geçtiğimiz|gelecek|önümüzdeki",
        "to": r"ila",
        "joint": r"ile|ve",
        "year_tail": r"yılı(?:n?(?:da|dan|ndan|ın)?)|[’'](?:te|ta|de|da|ten|tan|"
        r"den|dan|e|a|ye|ya|in|ın|nin|nın|nun|ün|un)",
        "early_after": r"(?:[’'][ıiuün]+n)?\s(?:ayının\s)?(?:başında|başlarında|başı)",
        "mid_after": r"(?:[’'][ıiuün]+n)?\s(?:ayının\s)?ortasında|\sortalarında",
        "late_after": r"(?:[’'][ıiuün]+n)?\s(?:ayının\s)?(?:sonunda|sonlarında|sonu)",
        "future": r"[^\W\d_]+(?:acak|ecek|acaklar|ecekler)",
        "numbers": r"bir|iki|üç|dört|beş|altı|yedi|sekiz|dokuz|"
        r"on|on bir|on iki",
        "lead_after": r"\s?[’'][^\W\d_]{1,4}(?![^\W_])|\say(?:ı|ın)",
        "careful_months": "ocak ekim kasım aralık mart",
        "careful_days": "pazar",
        "relative": "d0:bugün,bu sabah,bu akşam,bu gece;d-1:dün,dün gece,dün akşam;d-2:evvelsi gün;d1:yarın;"
        "y0:bu yıl,bu sene;"
        "y-1:geçen yıl,geçen sene,geçtiğimiz yıl;w-1:geçtiğimiz hafta;m-1:geçtiğimiz ay",
    },
    "ar": {
        "since": r"منذ|اعتبارا من|ابتداء من",
        "until": r"حتى|إلى|بحلول",
        "about": r"حوالي|نحو|قرابة",
        "early": r"(?:في )?(?:أوائل|مطلع|بداية)(?: شهر)?",
        "mid": r"(?:في )?(?:منتصف|أواسط)(?: شهر)?",
        "late": r"(?:في )?(?:أواخر|نهاية)(?: شهر)?",
        "past": r"الماضي|الماضية|المنصرم|الفائت|السابق",
        "coming": r"المقبل|المقبلة|القادم|القادمة",
        "part": r"صباحا|مساء|ليلا|صباحًا|مساءً|ظهرا",
        "lead": r"في|منذ|حتى|خلال|عام|سنة|بين|قبل|بعد|شهر|من|إلى|العام",
        "between": r"بين|من",
        "to": r"إلى|حتى",
        "joint": r"و",
        "glue": r"من|من شهر|شهر",
        "year_tail": r"م(?=\W|$)",
        "future": r"سوف|س(?:ي|ت)[^\W\d_]{3,}|من المقرر|من المتوقع",
        "numbers": r"واحد|اثنين|ثلاثة|أربعة|خمسة|ستة|سبعة|ثمانية|تسعة|عشرة",
        "months": "1:كانون الثاني,جانفي;2:شباط,فيفري;3:آذار;4:نيسان,ابريل,إبريل,أفريل;5:أيار,ماي;6:حزيران,جوان;"
        "7:تموز,جويلية;"
        "8:آب,اغسطس,أوت;9:أيلول;10:تشرين الأول,اكتوبر;11:تشرين الثاني;12:كانون الأول",
        "days": "0:الإثنين;2:الاربعاء;6:الاحد",
        "careful_months": "ماي آب مارس",
        "relative": "d-1:أمس,الأمس,بالأمس,مساء أمس,البارحة;d0:هذا الصباح,هذا المساء,الليلة;d-2:أول أمس,أول من أمس;"
        "d1:غدا,غدًا,غداً;"
        "w-1:الأسبوع الماضي;m-1:الشهر الماضي;y-1:العام الماضي,السنة الماضية;y0:العام الجاري,العام الحالي,هذا العام,"
        "هذه السنة;"
        "m0:الشهر الجاري,الشهر الحالي;w0:الأسبوع الجاري;w1:الأسبوع المقبل;m1:الشهر المقبل;y1:العام المقبل,العام القادم",
    },
    "zh": {
        "since": r"自从?|从",
        "until": r"截至|截止|直到|到",
        "since_after": r"(?:以来|以來|起)",
        "until_after": r"(?:为止|為止|之前|前)",
        "about": r"大约|约|大約|約",
        "early_after": r"初|年?初|上旬|月初",
        "mid_after": r"中旬|年中",
        "late_after": r"底|末|下旬|年底|年末",
        "between": r"从|自|在",
        "to": r"至|到|和|与",
        "future": r"将|將|预计|預計|计划|计划于",
        "numbers": r"一|二|三|四|五|六|七|八|九|十|十一|十二",
        "days": "6:星期天,周天",
        "relative": "d0:今天,今日,今早,今晚,今晨;d-1:昨天,昨日,昨晚,昨夜;d-2:前天,前日;d1:明天,明日;d2:后天,後天;"
        "w-1:上周,上週,上星期,上个星期;"
        "w0:本周,本週,这周,这个星期;w1:下周,下週,下星期,下个星期;m-1:上个月,上月,上個月;"
        "m0:本月,这个月;m1:下个月,下月,下個月;"
        "y-1:去年;y0:今年,本年度;y1:明年;y-2:前年",
    },
    "ja": {
        "since_after": r"(?:以来|以降|から)",
        "until_after": r"(?:まで|までに)",
        "about": r"約|およそ",
        "early_after": r"初め|初旬|上旬|初頭|はじめ",
        "mid_after": r"中旬|半ば",
        "late_after": r"末|下旬|終わり|末頃",
        "to": r"から|〜|~|～",
        "future": r"予定|見通し|見込み",
        "numbers": r"一|二|三|四|五|六|七|八|九|十|十一|十二",
        "relative": "d0:今日,本日,今朝,今晩,今夜;d-1:昨日,昨夜,昨晩,きのう;"
        "d-2:一昨日,おととい;d1:明日,あす;d2:明後日,あさって;"
        "w-1:先週;w0:今週;"
        "w1:来週;m-1:先月;m0:今月;m1:来月;y-1:昨年,去年;y0:今年,本年;y1:来年;y-2:一昨年,おととし",
    },
}
