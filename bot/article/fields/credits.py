"""Who wrote it and who published it: bylines and sources, as pages name them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise, takewhile

from bot.article.fields import agencies
from bot.article.fields.dates import only_a_date, only_dates

LONGEST = 200  # Characters of a credit line; a longer one is prose.
NAME = r"[^\W\d_a-zß-öø-ÿа-яёα-ωά-ώ][\w.'’-]{0,24}"
_SOUGHT = "募集|採用|会見|會見|招聘"  # What an outlet looks for or holds: "記者募集".
_EASTERN = r"(?:[一-鿿々]{2,6}|[一-鿿々]{1,4}[ぁ-んァ-ヴー]{1,6}|[ァ-ヴー]{2,12}・[ァ-ヴー]{2,12})"  # A name without spaces.
PERSON = rf"{NAME}(?: (?:{NAME}|de|da|di|del|dos|du|van|von|v\.|zu|der|den|ten|ter|la|le|bin|al|el)){{1,4}}"
PEOPLE = rf"{PERSON}(?:(?:,| and| und| et| y| e| og| och| en| i| ve| и| و| &) {PERSON}){{0,4}}"
_ALL_PEOPLE = re.compile(PEOPLE)
_GENRE = (  # What is said to be by somebody: "Ein Gastbeitrag von", "Un reportage de", "Un'analisi di".
    r"(?:an? |eine? |une? |una |uma |uno |un['’]|l['’]|een |ett? )?(?:blog[ -]?)?(?:artikel|artículo|articolo|artigo|article|beitrag|gast(?:beitrag|kommentar|artikel)|debattenbeitrag|bericht|kommentar"
    r"|comment(?:ary|aire)|commento|anal(?:yse|ysis|isi|yse|ys)|an[áa]l(?:isis|ise)|report(?:age|aje|agem)|essay|kolumne|column|glosse|rezension|recensie|kritik|portr[äa]i?t|recherche"
    r"|chronique|billet|enquête|tribune|récit|décryptage|crónica|crônica|columna|coluna|krönika|opini[eo]|opinião|opinión|verslag)"
    r" (?:von|by|de|par|por|di|door|van|av|af) "
)
_BYLINES = (
    re.compile(  # As blogs have it: "Posted on March 4, 2031 by Ada Marlow"
        r"(?:[Pp]osted|[Pp]ublished|[Vv]eröffentlicht|[Gg]epostet|[Pp]ublié|[Pp]ublicado)\b.{1,30}?\d[^.!?]{0,20}? (?:by|von|par|por) "
        rf"(?P<name>{PEOPLE})(?=$| ?[|·•,/–-]| (?:in|under|en|dans|em) )"
    ),
    re.compile(
        rf"(?:(?:(?:[Ww]ritten|[Rr]eported|Words|Story|Opinion|Analysis|Review|Commentary|Essay|Column|Perspective|Interview) )?[Bb]y|Byline(?=:)|BY|Von|VON|Par|PAR|Por|POR|Di|Da|Door):? (?:(?:unser\w{{1,2}}|our|notre|nuestr[oa]|nostr[oa]|onze?) (?:[\w-]{{4,24}} ){{1,2}})?(?P<name>{PEOPLE})"
    ),
    re.compile(  # Below a post: "Posted by Ada Marlow at 9:12 AM", "Publicado por Ada Marlow en 9:12"
        r"(?:(?:[Pp]osted|[Ss]ubmitted|[Cc]ontributed) by|(?:[Ee]ingestellt|[Gg]epostet|[Vv]erfasst|[Gg]eschrieben) von|(?:[Pp]ublicado|[Ee]scrito|[Pp]ostado) por"
        r"|(?:[Pp]ublié|[ÉEée]crit|[Rr]édigé) par|(?:[Pp]ubblicato|[Ss]critto) da|(?:[Gg]eplaatst|[Gg]eschreven) door|[Ii]nlagd av|[Ll]agt ut av) "
        rf"(?P<name>{PEOPLE})(?=$| ?[|·•,/–—-]| (?:at|um|en|em|à|às|alle|om|kl|on|am|le|el) )"
    ),
    re.compile(  # A label, in further languages: "Autor: Ada Marlow", "Автор: Анна Лемм | 4 марта"; "di Ada Marlow", "Av Ada Marlow".
        r"(?:(?:(?:[Gg]ast)?[Aa]utor(?:a|in|e|es|en|ka)?(?:[/:*]in(?:nen)?)?|AUTOR(?:A|IN|E|ES)?|[Aa]uthors?|[Aa]uteur(?:e|s)?|[Ss]kribent|[Ff]orfatter|[Jj]ournalist"
        r"|[Tt]oimittaja|[Tt]e(?:kst|xt)[eio]?|[Tt]esto|[Rr]edakce|[Aa]utoři?|[Yy]azan|[Yy]azar|[Hh]aber|[Mm]uhabir|Автор(?:ы|и)?|АВТОР|Текст|Корреспондент|Written [Bb]y|Reported [Bb]y|लेखक"
        r"|كتبت?|بقلم|إعداد|تقرير|מאת|נכתב על ידי|نویسنده|Συντάκτ(?:ης|ρια)|Επιμέλεια|Szerző|Írta|Penulis|Oleh|Tác giả|Piše|Autorica|Skrevet a[vf]|Scris de"
        r"|Opracowanie|[Dd]oor|Od|[Rr]eporter|Redaktör|Redaktor|Γράφει(?: (?:ο|η))?) ?: ?|(?:di|de|[Aa]v|[Aa]f|[Dd]oor|Od|von|by|par|por|Oleh|[Oo]prac\.|Γράφει (?:ο|η)) |بقلم |كتبت? |מאת )"
        rf"(?P<name>{PEOPLE})(?=$| ?[|·•,/–—-])"
    ),
    re.compile(  # Beside who took the pictures: "Words: Ada Marlow. Photos: Bo Lind".
        rf"(?:Words|Text|Texte|Texto|Testo|Tekst|Story)(?: by| ?:) (?P<name>{PEOPLE})(?= ?[|·•,/–—-]? ?(?:Photo|Foto|Picture|Image|Bild|Illustration|Video)\w*\b)"
    ),
    re.compile(
        rf"(?P<name>{PEOPLE})(?:,| -| –| \|) ?(?:\w{{1,20}} ){{0,3}}(?:[Ww]riter|WRITER|[Cc]orrespondent|CORRESPONDENT"
        r"|[Rr]eporter|REPORTER|[Ee]ditor|EDITOR|[Jj]ournalist|JOURNALIST|[Cc]olumnist|COLUMNIST)\b"
    ),
    re.compile(rf"(?i:{_GENRE})(?P<name>{PEOPLE})(?=$|\.?$| ?[|·•,/–—-])"),
    re.compile(  # Who asked, under an interview.
        r"(?:(?:Das )?(?:Gespräch|Interview) führten?|Die Fragen stellten?|Propos recueillis par|(?:Interview(?:ed)?|Interview conducted) by"
        r"|(?:Interview|Entretien|Entrevista|Intervista|Gespräch|Intervju|Haastattelu|Rozmawiał[a]?|Text|Texte|Texto|Testo|Tekst)(?: ?:| von| di| de| por| av))"
        rf" (?P<name>{PEOPLE})\.?$"
    ),
    re.compile(r"(?P<name>[가-힣]{2,4}) ?(?:선임|인턴|객원)?기자(?=$|[ (/|=])"),
    # "文／李娜", "记者 李娜", "【記者李娜／台北報導】", "2031-03-03 来源：X 作者：李娜"; "佐藤花子記者".
    re.compile(
        r"(?:.{0,60}?[\s　|｜【〔（(]|)(?:(?:取材・)?文(?:・写真)?(?= ?[／/:：=＝・])|(?:[本文][报報網网社])?(?:记者|記者)|作者|撰文|撰稿|執筆者?|编译|編譯)"
        rf"(?: ?[／/:：=＝・][ 　]?| |　|(?=[一-鿿々]{{2,3}}(?:$|[／/）)】〕])))(?:(?:本报|本報)?(?:记者|記者) ?)?(?!{_SOUGHT})(?P<name>{_EASTERN}(?:[、，, ]{_EASTERN}){{0,3}})(?=$|[\s　／/|｜（(）)】〕=＝])"
    ),
    re.compile(rf"[（(【]?(?P<name>{_EASTERN}) ?(?:記者|记者|編集委員|論説委員|特派員)[）)】]?$"),
    re.compile(
        rf"(?P<name>{PEOPLE}),? ?[|–-]? ?[(<]?[\w.+-]{{1,64}}@[\w-]{{1,60}}\.[\w.-]{{2,40}}[)>]?$"
    ),  # with an address
)
_AFTER_NAMES = re.compile(
    r",? (?:(?:on|in|at|for|updated|published|posted|last|staff|e-?mail|contact)\b"
    r"|(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)\b(?=\.? ?\d)"  # "Jan" and "June" are names, too
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b)"
    r"|, (?:[^\W\d_]{2,20} ){0,3}(?:writer|correspondent|reporter|editor|journalist|columnist)s?\b",
    re.IGNORECASE,
)
_AGENCY_BEHIND = re.compile(
    r" (?:the )?(?:associated press|agence france-presse|canadian press|bloomberg news|reuters)$",
    re.IGNORECASE,
)
"""An agency that a line has behind its people without a comma."""

_BEHIND_A_NAME = re.compile(
    r"(?:\s*[,/|(]\s*| [–—-] ?| (?:and|und|et|y|e|mit|with|avec|con|för|for|für|pour) )(?P<agency>[^,/|()]{2,40})\)?$"
)
_STOP = re.compile(
    r"(?<=[^\W\d_]{4})\. "
)  # What goes on behind is another sentence: "By Ada Marlow. Translated by …".
_INITIALS = re.compile(r"(?<![^\W\d_])[^\W\d_a-z]\. ?[^\W\d_a-z]$")
_BY_BEHIND = re.compile(r" (?=(?:by|von|par|por|di|door|av|af) )", re.IGNORECASE)
_FROM_TO = re.compile(r" (?:zu[mr]?|bis|nach|to|à|até|a|al|naar|till?) ")
"""What goes on from "Von Orrenby zum Hafen" is no byline."""

_BESIDE_NAMES = re.compile(  # Addresses, and short signs in brackets that newsrooms use for their people.
    r"[\[(<]?[\w.+-]{1,64}@[\w.-]{1,100}[\])>]?|[\[(][^\W\d_]{2,4}\.?[\])]|\(?https?://\S{1,200}|(?<!\S)www\.\S{1,100}"
    r"|(?<=\S )[\w-]{3,60}\.[a-z]{2,3}(?!\S)"
)
_LEADING = re.compile(
    rf"^{_GENRE}"
    r"|^(?:(?:view all posts|show all posts|(?:zeige )?alle beiträge|voir tous les articles|ver todas las entradas|posts?|article"
    r"|written|reported|words|story|text|texte?|foto|photo|verfasst|geschrieben|écrit|escrito|scritto|geschreven|skr[ie]ve[nt]|napisane) )?(?:by|von|par|por|di|da|av|af|door|od|przez)\b:? +"
    r"|^(?:text|(?:gast)?autor(?:in)?|author|auteur|autore|автор|редактор|penulis|oleh|szerző|írta|piše|forfatter|skribent|συντάκτης|συντάκτρια|מאת)(?: ?:)? +(?=\S+ \S)"
    r"|^(?:[^\W\d_]{2,14} ){1,3}(?:by|par) +(?=(?-i:[^\W\d_a-z]))",  # "Analysis by", "Recueilli par": no name has these words
    re.IGNORECASE,
)
A_NAME = "Ada Marlow"
"""A name, as any may follow what leads to one."""

_JOB = re.compile(
    r"\b(?:editor|reporter|correspondent|journalist|redakteur|redaktor|redacteur|journaliste|periodista|profes|universit"
    r"|direktor|director|writer|columnist)",
    re.IGNORECASE,
)
NO_NAME = re.compile(  # What pages say beside names, in capitals; the second are names, too, but not in front
    r"\b(?:all|archives?|articles?|authors?|bio|by|chief|contact|contribut(?:or|ing)|follow|pages|posts|profile|senior|subscribe|view"
    r"|mehr|alle|artikel|autor(?:in)?|folgen|kontakt|weitere|aktuell\w{0,3}|meldung(?:en)?|pressemitteilung|news|magazin|presse|themen?|informationen)\b"
    r"|^(?:jornal|diário|diario|gazeta|folha|agência|agencia|agence|agenzia|rádio|radio|tv|journal|portal|correio|correo) "
    r"|^(?:fellow|more|page|post|read|share|staff|von)\b|\bvon$"
    r"|^(?:la |die |de )?(?:redac|redak|redaz|rédac|redaç)\w{2,6} \S",  # a newsroom
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"\w{0,12}admin(?:istrator)?|editor(?:ial|s)?|name|author|webmaster|publisher|unknown|anonymous|none|null|n/a|(?:super )?user|guest"
    r"|nachrichten|news|staff|redaktion|redacción|redakcja|redação|redazione|rédaction|by|von|par|por|letters to the editor|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,12}|[\d\W]+"
    r"|.{1,60} wires|(?:news )?agencies|(?:our|own|special) (?:\w{1,20} ){0,2}(?:correspondents?|reporters?)"
    r"|.*\b(?:feed|rss|import|importer|syndication|newsroom|newswire)"  # programs that take in what others wrote
    r"|(?:photo|foto|фото|bild|image)\b.*|.*\b(?:gmbh|inc|ltd|llc|e\. ?v)\b\.?",
    re.IGNORECASE,
)
_DESK = re.compile(  # People of an outlet who are not named.
    r"(?-i:[A-Z]{2,8}) staff|(?:.{1,60} )?staff (?:reports?|reporters?|writers?)|staff and .{1,60}",
    re.IGNORECASE,
)
_SURNAME = re.compile(r"[^\W\d_]{2,20} Staff")  # It may be; that of an outlet begins with a word of its name.

_EASTERN_OUTLET = re.compile(  # Chinese outlets end so, and no name does.
    r"[\u4e00-\u9fff]{1,10}(?:[网網报報]|新闻|新聞|日报|频道|頻道|通讯社|通訊社|编辑部|編輯部|传媒|傳媒)(?:[-—·][\u4e00-\u9fff]{1,8})?"
)
_BESIDE = re.compile(r" [|/–—-] ?")
_BARRED = re.compile(r" ?[|•·] ?")
_HOSTED = re.compile(r"[\w-]{1,60}(?:\.[\w-]{1,60}){0,3}\.[a-z]{2,12} ?[|•·]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_STAFF = re.compile(r"\b(?:staff|team|editors?|desk)\b", re.IGNORECASE)
_STEM = 2  # Signs of an outlet's name with which those of its channels begin: "新港网", "新港科技".
_GLUED = re.compile(  # A date, a job or an agency that lost the space before it: "Ada MarlowNov. 6", "ADA MARLOWAssociated Press".
    r"(?<=[^\W\d_]{2})(?=(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,7}\.? \d"
    r"|(?:(?:Chief|Senior|Staff|Political|Special|Foreign|Contributing) )?"
    r"(?:Reporter|Writer|Editor|Correspondent|Journalist|Columnist)(?![a-z])|Associated Press\b|(?:Published|Updated|Posted)\b)"
)
_COUNTRIES = (
    r"Germany|Austria|Switzerland|Deutschland|Österreich|Schweiz|France|Italy|Spain|UK|United Kingdom|USA"
)
_POSTAL = re.compile(rf"(?P<name>.+?), (?:[^,]{{2,40}}, )?(?:{_COUNTRIES})")
"""Where the publisher sits, which pages say in place of who wrote: "Tarn Press, Vantry, Germany"."""

_BEHIND_NAMES = re.compile(
    r"(?<=[^\W\d_]) (?:\d{1,2}\.? [^\W\d_]{3}|\d{1,4}[-./]\d|\d{1,2}$).*|(?i: (?:alle artikel|alle beiträge|all (?:posts|articles|stories)))$"
)
"""A day, and the words of a link to all that somebody wrote."""

_ROLE = re.compile(r"(?<=\S) \([^()]{2,40}\)$")
"""Where somebody is, or what for, in brackets behind the name."""

_COMMA = re.compile(r"\s*,\s*")
_OUTLET = r"[^\W_][\w.&'’-]{0,30}(?: [\w.&'’-]{1,30}){0,4}"
_DAY = (
    r"(?:(?:\d{1,2}\.? [^\W\d_]{3,9}|[^\W\d_]{3,9}\.? \d{1,2}),? (?:19|20)\d\d|(?:19|20)\d\d-\d\d)"
    r"|(?:(?:last )?updated|published|posted|first published|modified|aktualisiert|publié|actualizado)\b"
)
_SOURCES = (
    re.compile(r".{0,60}?(?:来源|來源|稿源|出典)[:：] ?(?P<name>[^\s　|｜:：（(]{2,20})"),
    re.compile(
        rf"(?:.{{0,80}}[|•·] ?)?(?:source|quelle|fuente|via)s? ?: ?(?P<name>{_OUTLET})\.?$", re.IGNORECASE
    ),
    re.compile(rf"(?P<name>{_OUTLET}) ?[|•·] ?(?:{_DAY})", re.IGNORECASE),
    re.compile(rf"(?=.{{0,100}}\d,? (?:19|20)\d\d\b).{{0,80}}[/•·] (?P<name>{_OUTLET})$", re.IGNORECASE),
)
_NO_OUTLET = re.compile(
    r"(?:by|von|par|por|am|pm|home|news|europe|world|politics|business|sports?|opinion|updated|published|photo"
    r"|share|comments?|\d|agencies)\b|.{0,60}\b(?:am|pm|gmt|utc|[a-z]?[es]t|[a-z]dt|ago|read|views|likes|20\d\d)$",
    re.IGNORECASE,
)
MASTHEAD = re.compile(
    rf"(?P<name>(?:Radio|Rádio|TV|Télé|Tele)(?: {NAME}){{1,3}}|(?:The )?(?:{NAME} ){{1,3}}(?:News|Times|Post|Gazette|Herald|Journal|Tribune|Chronicle|Telegraph|Courier|Observer"
    r"|Examiner|Review|Weekly|Daily|Ledger|Bulletin|Echo|Press|Magazine|Zeitung|Tageblatt|Anzeiger|Nachrichten|Rundschau"
    r"|Radio|Almanac|Dispatch|Standard|Sentinel|Mercury|Argus)(?: Online)?)(?: ?[>»›|/].{0,80})?$"
)
_CAPITALISED = re.compile(rf"(?:The )?{NAME}(?: {NAME}){{0,3}}")
_SECTION = re.compile(
    r"(?:the )?(?:latest|local|breaking|top|world|more|all|business|sports?|our|my|your|related|today's?|daily|tech|science"
    r"|health|music|film|book|game|movie|tv|product|read|see|watch|get|us|uk|national|international|press)\b"
    r"(?! \w{1,24} \w)",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"(?:©|copyright|\(c\))[ ©]{0,3}(?:\(c\) )?(?:(?:19|20)\d\d(?: ?[-–] ?(?:(?:19|20)\d\d)?)?,? ?)?(?:by )?"
    rf"(?P<name>{_OUTLET}?)(?:[.,;:|(]| (?:19|20)\d\d\b| -| –| all rights| pty| ltd| inc\b| llc| gmbh| limited| corp|$)",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r".*\b(?:copyright|reserved|vorbehalten|reservados|réservés|unless|rights)\b"
    r"|(?:all|the|this|by|and|of|terms|privacy|[\d .-]+)$|\W*$",
    re.IGNORECASE,
)


def byline(lines: Iterable[str]) -> str | None:
    """The people named on the first line that names an author, without "By" and their titles."""
    for line in lines:
        if len(line) > LONGEST:
            continue
        # Beside a day the byline may come second: "Published: 4 March 2031 | By Ada Marlow".
        parts: Sequence[str] = _BARRED.split(line) if _YEAR.search(line) or _HOSTED.match(line) else ()
        if (behind := _BY_BEHIND.search(line)) and only_dates(line[: behind.start()]):
            parts = (line, line[behind.end() :])
        for part in (line, *parts[1:]):
            for pattern in _BYLINES:
                found = pattern.match(part)
                if found and not _FROM_TO.match(part, found.end()):
                    return _named(part, found)
    return None


def _named(line: str, found: re.Match[str]) -> str | None:
    if (desk := _DESK.fullmatch(found["name"])) or _SURNAME.fullmatch(found["name"]):
        return None if desk else found["name"]
    told = _AFTER_NAMES.split(line[found.start("name") :])[0][: len(found["name"])]
    names = without_agency(_AGENCY_BEHIND.sub("", _STOP.split(told)[0].rstrip(",. "))).split(", ")
    listed = ", ".join(takewhile(lambda name: not NO_NAME.search(name), names))
    # "A. M." ends with its dot
    return (f"{listed}." if _INITIALS.search(listed) and f"{listed}." in line else listed) or None


def without_agency(names: str) -> str:
    """The ``names`` without the agencies behind them, which are nobody: "Ada Marlow, Reuters", "Ada Marlow / dpa"."""
    while (found := _BEHIND_A_NAME.search(names[-80:])) and agencies.named(found["agency"]):
        names = names[: len(names) - len(found[0])]
    return names


def only_by(line: str) -> bool:
    """Whether ``line`` says no more than that a name follows: "By", "Text:"."""
    found = _LEADING.match(f"{line} {A_NAME}")
    return found is not None and found.end() == len(line) + 1


def is_job(line: str) -> bool:
    """Whether ``line`` names a newsroom's job: "Senior Washington Correspondent"."""
    return len(line) <= LONGEST and _JOB.search(line) is not None


def people(line: str) -> str | None:
    """The names, where ``line`` is nothing but names of people, with or without "By"; a job is no name."""
    names = without_agency(_LEADING.sub("", line.strip(" ,;|-–—")))
    if (
        len(names) > LONGEST
        or not _ALL_PEOPLE.fullmatch(names)
        or _JOB.search(names)
        or NO_NAME.search(names)
    ):
        return None
    return names


def authors(stated: str | None, outlets: Collection[str], *, agency: bool = False) -> str | None:
    """The people of a statement of who wrote it: no address, initials, day, job or "By"; ``None`` for an outlet's name.

    ``outlets`` are the letters of names that the outlet has. An agency is nobody behind people, unless ``agency``: some
    outlets name it among their authors.
    """
    if not stated or _POSTAL.fullmatch(stated) or _DESK.fullmatch(stated.strip()) or only_a_date(stated):
        return None
    names = _LEADING.sub("", _BESIDE_NAMES.sub(" ", _GLUED.sub(", ", stated)).strip(" ,;|-–—"))
    names = _BEHIND_NAMES.sub("", _AFTER_NAMES.split(" ".join(names.split()))[0])
    if _JOB.search(names.partition(", ")[2]):
        names = names.partition(", ")[0]
    names = names if "," in names else names.replace(";", ",")
    names = _COMMA.sub(", ", names).strip(" ,;|-–—")
    staff = " " not in names and len(names) < len(stated) and _STAFF.search(stated) is not None
    parts = [
        part
        for at, named in enumerate(names.split(", "))
        if not _is_outlet(named, outlets, staff=staff) and not (at and _is_department(named, outlets))
        for part in _beside_outlet(named, outlets)
    ]
    parts = [stated] if parts and _SURNAME.fullmatch(stated) else [_ROLE.sub("", part) for part in parts]
    left = ", ".join(parts) if agency else without_agency(", ".join(parts))
    return left if left and not (_NOBODY.fullmatch(names) or _NOBODY.fullmatch(left)) else None


def unglued(line: str) -> str:
    """What of a line stands before a day, a job or the like that lost the space before it: "Ada MarlowPublished March 4"."""
    return _GLUED.split(line)[0]


def _beside_outlet(name: str, outlets: Collection[str]) -> list[str]:
    """The ``name`` in parts where one of them is an outlet's, without that and without signs: "Port Gazette - Ada Marlow"."""
    parts = _BESIDE.split(name)
    if len(parts) == 1 or not any(letters(part) in outlets for part in parts):
        return [name]
    return [part for part in parts if letters(part) not in outlets and " " in part]


def _is_outlet(name: str, outlets: Collection[str], *, staff: bool) -> bool:
    """Whether a name is the outlet's, or one of its channels' in Chinese; with ``staff`` behind it, also its first or last word."""
    key = letters(name)
    if key in outlets or _EASTERN_OUTLET.fullmatch(name):
        return True
    if staff:
        return any(outlet.startswith(key) or outlet.endswith(key) for outlet in outlets)
    channel = not key.isascii() and len(key) > _STEM + 1
    return channel and any(
        outlet[:_STEM] == key[:_STEM] and _EASTERN_OUTLET.fullmatch(outlet) for outlet in outlets
    )


def _is_department(name: str, outlets: Collection[str]) -> bool:
    """Whether a name behind another begins with the outlet's: "KBR NORTH"."""
    return letters(name.partition(" ")[0]) in outlets


def is_short(names: str) -> bool:
    """Whether the names may be one in an index's form: a first name, a sign, "Marlow, Ada"."""
    return all(" " not in name for name in names.split(", "))


def spells_out(shown: str, stated: str) -> bool:
    """Whether ``shown`` is the whole name that ``stated`` is short for: "Ada Marlow" for "Ada", "adamarlow" and "Marlow, Ada"."""
    words = [letters(word) for word in shown.split()]
    short = [letters(word) for word in stated.split(", ")]
    return len(words) > 1 and (
        short == [words[0]] or short == ["".join(words)] or short == [words[-1], "".join(words[:-1])]
    )


def without_place(name: str) -> str:
    """The name of a publisher, without the town and the country where it sits."""
    found = _POSTAL.fullmatch(name)
    return found["name"] if found else name


_NEITHER = dict.fromkeys(code for code in range(128) if not chr(code).isalnum())
"""Of ASCII, what is no letter and no digit."""


def letters(text: str) -> str:
    """The letters and digits of ``text`` in lower case: what two spellings of a name share."""
    if text.isascii():
        return text.translate(_NEITHER).lower()
    return "".join(filter(str.isalnum, text)).lower()


def credited(lines: Iterable[str]) -> str | None:
    """The source that a line beside the article credits: "Source: X", "X | Updated: …", "… / X"."""
    for line in lines:
        if len(line) > LONGEST:
            continue
        for pattern in _SOURCES:
            found = pattern.match(line)
            if found and not _NO_OUTLET.match(found["name"]):
                return found["name"].strip()
    return None


def masthead(lines: Iterable[str]) -> str | None:
    """The outlet whose name stands alone on a line, or opens a trail ("Port Gazette > Local").

    A name is told by its noun, or stands right above a byline; "Local News" and the like are sections.
    """
    for line, below in pairwise((*lines, "")):
        found = MASTHEAD.match(line)
        if found and not _SECTION.match(found["name"]):
            return found["name"]
        if (
            byline([below])
            and not byline([line])
            and _CAPITALISED.fullmatch(line)
            and not _SECTION.match(line)
        ):
            return line
    return None


def rights_holder(lines: Iterable[str]) -> str | None:
    """The outlet that a copyright line names."""
    for line in lines:
        found = _RIGHTS.search(line[:LONGEST])
        if found and not _NOTHING.match(found["name"]) and not found["name"][0].isdigit():
            return found["name"].strip(" .,;")
    return None
