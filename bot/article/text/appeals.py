"""What a site says to its readers, told by the notions that it speaks of instead of by its phrases.

An offer names some of the same few things in any order and any language: a subscription, a price for
a while, a trial, what it opens, that it can be ended, where to sign in. One of them stands in many a
report; several, said to the reader, stand in none. A notion is a set of word stems for some twenty
languages. Every text here is short, which the caller sees to.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.article.prefilter import Prefiltered

_MONEY = (
    r"(?:[€$£¥₹₩₺]|eur\b|euros?\b|usd\b|chf\b|kr\b|zł\b|kč|pln\b|руб|грн|円|원|元|kron\w*|crowns?\b|koron\w*)"
)

_SUBSCRIPTION = Prefiltered(
    r"subscri|\babo(?:s|nn\w*)?\b|suscri|abbona|\bassin(?:e|ar|a?tur|ant)|prenumer|předpl|predpl|подпи|підпис|передпл"
    r"|\babone|\btilaa|\btilau|előfiz|会員|購読|구독|订阅|訂閱|اشتر[اك]|συνδρομ|מנוי|\bmembership|mitgliedschaft"
)
_PRICE = re.compile(rf"{_MONEY} ?\d|\d[\d.,]* ?{_MONEY}")
_PERIOD = re.compile(
    r"(?:/|\b(?:per|pro|im|par|al|a|por|ao|na|за|в|на|om|i|om de|each|every)) ?(?:week|month|year|woche|monat|jahr|semaine|mois|an\b|semana"
    r"|mes\b|año|settimana|mese|anno|mês|ano\b|vecka|månad|måned|uge\b|uke\b|år\b|maand|jaar|tydz|miesi|týd|měs|rok|недел|месяц|год"
    r"|місяц|тиж|рік)|\b(?:ayda|haftada|yılda|kuukau\w+|viikos\w+|havonta|hetente)\b|月額|[かヶカ]月|개월|每月"
)
_ENDING = Prefiltered(
    r"cancel(?:l\w+)? (?:at )?any ?time|kündbar|kündigen|résili|sans engagement|cancel\w* (?:cuando|en cualquier|quando|a qualquer)"
    r"|sin (?:compromiso|permanencia)|disdi[cr]|disdett|sem fidelidade|avsluta när|bindningstid|(?:ingen|uten|uden) binding|opzeg|zrezygn|rezygnac"
    r"|kdykoliv|отмен\w+ в люб|скасув|istedi\w+ zaman|解約|해지|随时取消|bármikor|milloin tahansa"
)
_TRIAL = Prefiltered(
    r"free trial|for free\b|try (?:it|us|for|our)|testen|\bkostenlos|\bgratis|gratuit|\bprobe|essa[iy]|prueba|pruéb|\bprova\b|experiment[ea]\b"
    r"|\btest[ae]\b|\bprøv|probeer|wyprób|vyzkouš|zdarma|бесплатн|попробу|спробу|безкошт|ücretsiz|\bdene|無料|初月|무료|免费|kokeile|próbál"
)
_ACCESS = Prefiltered(
    r"(?:all|unlimited|full|every|exclusive) (?:\w+ ){0,2}(?:access|articles?|content|stories)|access to all|zugang zu|zugriff auf|alle (?:artikel|inhalte|beiträge)"
    r"|illimité|tous (?:les|nos) articles|réservée? aux abonn|acceso (?:ilimitad|a todo)|todos (?:los|nuestros) (?:art|cont)|solo para suscr"
    r"|accesso illimit|tutti (?:gli|i) (?:art|cont)|acesso ilimit|todo o conte|exclusiv\w+ para assin|alla artiklar|alle (?:artikler|artikelen|saker)"
    r"|onbeperkt|bez ogranicz|wszystki\w+ (?:art|tre)|všechn\w+ člán|neomez|(?:полн|неогранич|пов)\w+ доступ|sınırsız|(?:forbeholdt|förbehåll\w+|reserved|only|exclusiv\w*|vorbehalten|nur|exklusiv|zarezerwowan\w+|tylko|riservat\w+|reservad\w+|réservée?s?|solo|só|voorbehouden|alleen|pouze|endast|bara|kun|только|лише)\b.{0,25}\b(?:abo|abbo|subscri|suscri|assin|prenum|předpl|подпис|передпл)|読み放題|有料記事|会員限定"
    r"|무제한|全文|rajoittamat|kaikki (?:jutut|artik)|korlátlan"
)
_REMAINING = re.compile(  # How much of the article is behind the wall: "2 articles left", "残り842文字".
    r"\d{1,2} (?:[^\W\d_]+(?:-[^\W\d_]+)? ){0,3}(?:articles?|stor(?:y|ies)|artikel|artículos?|articoli|artigos?|artykuł\w*) (?:[^\W\d_]+ ){0,2}(?:left|remaining|übrig|restants?|restantes?|rimanent\w+)\b"
    r"|(?:残り|のこり)[:： ]?約?\d|남은 (?:글|내용|기사)|剩余.{0,4}\d+ ?[%％字]"
)
_SHARE = re.compile(  # The same as a share of it: "Pozostało 64% artykułu".
    r"\b(?:remain|left to read|verbleib|noch zu|übrig|reste|por leer|à lire|qued[ae]n?\b|resta\w{0,2}\b|restant|rimanent|återstår|gjenstår|mangler|pozosta|zbýv|осталось|залишилось|jäljellä|kaldı)"
)
_OF_IT = re.compile(
    r"\b(?:artic|artík|artyk|artig|artik|člán|cikk|text\w{0,2}\b|tekst|testo\b|stor(?:y|ia)|beitrag|sak|jut|стат|матер|haber)"
)
_ORDER = re.compile(
    r"^(?:(?:jetzt|hier|nu|nå|teraz|agora|ahora|ora) )?(?:bestill|bestell\w*|beställ|køb|kjøp|köp|koop|neem|wykup|kup|zamów|kupte|pořiďte|předplaťte|subscribe|assine|abbonati|abonnez|abonniere\w*|suscríb\w+|hazte|prenumerera"
    r"|abonner|оформи\w*|подпиш\w+|передплат\w+|tilaa|fizessen|abone)\b"
)
_READ_ON = Prefiltered(
    r"(?:continue|keep) reading|to (?:read|continue|unlock)\b.{0,30}(?:article|story|reading)|unlock|weiterlesen|weiter lesen|lire la suite"
    r"|(?:continuer?|poursuiv\w+) (?:à lire|la lecture|votre lecture)|reste .{1,30} à lire|la suite est|(?:seguir|sigue|siga|continú\w+|continuar) leyendo"
    r"|continua(?:re)? (?:a leggere|la lettura)|continu(?:e|ar) lendo|läs(?:a)? vidare|fortsätt (?:att )?läsa|les(?:e)? videre|fortsett å lese|læs(?:e)? videre"
    r"|lees verder|verder ?lezen|czyta[jć] dalej|číst dál|pokrač\w+ ve čt|читать (?:дал|полн)|читати далі|okumaya devam|devamını oku|続きを(?:お)?読|続きは"
    r"|계속 읽|继续阅读|繼續閱讀|jatka lukem|lue koko|olvass? tovább|تابع القراءة"
)
_ACCOUNT = Prefiltered(
    r"log[ -]?(?:ged )?in\b|sign(?:ed)?[ -]in\b|\banmelden|\beinloggen|registrieren sie|registrier dich|(?:jetzt|hier) registrier|se connecter|connectez|identifiez|déjà abonn|inici[ae]r? sesión"
    r"|ya (?:eres|es) suscr|\baccedi\b|già abbon|já é assin|faça login|\blogga in|\blogg inn|\blog ind|\binlogg|zaloguj|přihlá|přihlas|войти|войдите|увійд"
    r"|giriş yap|ログイン|로그인|登录|kirjaudu|bejelentkez"
)
_DEVICE = Prefiltered(  # That a subscription is read on two at once.
    r"(?:otro|este|mismo|solo|altro|questo|stesso|outro|neste|mesmo) dispositivo|(?:autre|seul|même|cet) appareil"
    r"|(?:another|this|one|other|single) device|(?:anderen|diesem|einem) gerät|(?:ander|dit|één) apparaat"
    r"|(?:annan|annen|denna|denne|samma|samme) enhet|(?:anden|denne|samme) enhed|(?:innym|tym|jednym) urządzeni|(?:jiném|tomto|jednom) zařízení"
    r"|(?:другом|этом|одном) устройств|(?:іншому|цьому|одному) пристро|(?:başka|bu|tek) (?:bir )?cihaz|他の端末|다른 기기"
)
_SUBSCRIBERS = Prefiltered(  # A label or a button: "For abonnenter", "Nur für Abonnenten", "View subscription options".
    r"^(?:view|see|choose|compare|manage|explore|voir|découvrir|ver|vedi|scopri|bekijk|zobacz|alle) .{0,15}\b(?:subscription|abo\w*|suscripci\w+|abbonament\w+|assinatur\w+|prenumerat\w+)\b.{0,20}$|^(?:(?:only|nur|just|kun|bare|endast|alleen|tylko|pouze|solo|só|réservé|reservado|exclusivo|exclusif|exclusive|только|лише) )?(?:for|für|för|voor|dla|pro|para|pour|per|aux|для)"
    r" (?:our |unsere |(?:gli|i|os|las|los|nos|alle|våre|våra|vores|onze|naszych) )?(?:abonn\w+|subscribers|members|suscriptores|assinantes|abbonati|prenumer\w+|předplatitel\w*|подписчиков|передплатників)[.!]?$"
)
_GIVING = Prefiltered(
    r"\bdonat|(?:support|help|fund|back) us\b|(?:support|fund|help) our (?:work|journal|report|news|site|independ|mission)|\bgive (?:us|what)\b|chip in\b|contribut|\bspende|unterstütz|helfen sie|hilf uns|faire un don|faites? un don|\bsoute(?:nez|nir)"
    r"|\baidez[- ]nous|\bdona(?:r|nos|ción|ciones|tivos?)?\b|apóy[ea]|\bapoy[ea]|ayúda|\bsostien[ei]|\bsostenere|\baiutaci|donazion|\bdo(?:e|ar|ação)\b|\bapoi[ea]|ajude"
    r"|donee?r|\bsteun|help ons|\bstöd|\bstött|\bstøt|\bbidra|hjelp oss|hjälp oss|hjælp os|wesprz|wspar|wspier|darowi|pomóż nam|podpoř|přispě|pomozte nám|поддерж|пожертв|помогите нам"
    r"|підтрим|допоможіть нам|bağış|destek|lahjoit|\btue\b|\btukea|támoga|adomán|寄付|寄附|ご支援|후원|기부|捐|赞助|贊助|تبرع|ادعم|תרמו|תרומה|תמכו|δωρεά|στηρίξτε|donați|donează|sprijin"
)
_CAUSE = Prefiltered(
    r"independen|journalis|\breport(?:ing|ers)|newsroom|no owner|shareholder|billionaire|paywall|unabhängig|redaktion|\bleser|recherch|indépendan|rédaction|\blecteur|lectri|independiente"
    r"|periodis|\blector|redacci|indipenden|giornalis|redazion|jornalis|\bleitor|onafhankelijk|\blezer|oberoende|uavhengig|uafhængig|läsar|\bleser|læser|niezależn|dziennikar|czytelni"
    r"|nezávisl|novinář|čtenář|независим|журналист|редакц|читател|незалежн|читач|bağımsız|gazeteci|\bokur|riippumat|journalis|lukij|független|újság|olvasó|独立|報道|记者|読者|读者|독립|언론|독자"
    r"|مستقل|صحاف|עצמאי|עיתונ|ανεξάρτητ|δημοσιογρ|\bjurnalis"
)
_BEGGING = Prefiltered(
    r"\bplease\b|if you (?:can|like|value|enjoy)|\b(?:now|today)\W{0,3}$|\bbitte\b|wenn sie können|schon (?:mit|ab)|\bjetzt\b|\bs'il vous plaît|si vous le pouvez|dès \d|\baujourd'hui"
    r"|por favor|si puedes|\bahora\b|desde \d|per favore|se puoi|\boggi\b|\badesso\b|se puder|\bagora\b|a partir de \d|als je kunt|alstublieft|al vanaf|\bvänligen|om du kan|redan från"
    r"|hvis du kan|allerede fra|\bproszę|jeśli możesz|już od|\bprosím|pokud můžete|\bпожалуйста|если можете|\bбудь ласка|lütfen|\bole hyvä|\bkérjük|お願い|ください|해 ?주세요|부탁|请|請"
    r"|(?:even|every|just|as little as) [€$£]?\d|\b(?:keep|stay)s? (?:\w+ ){0,3}(?:free|open|independent|alive)|free (?:for everyone|to (?:read|all))"
)
_GIVE_NOW = re.compile(  # What a button says.
    r"(?:(?:jetzt|hier) spenden|(?:donate|give|contribute|support us)(?: now| today| here| once| monthly)|(?:je )?(?:fais|faire) un don|(?:dona|apóyanos|haz una donación)(?: ahora| aquí)?|(?:fai una donazione|dona)(?: ora)?"
    r"|(?:doe|apoie)(?: agora)?|doneer(?: nu)?|wpłać(?: teraz)?|wspieram|přispět|поддержать|підтримати|bağış yap|lahjoita|támogatom|寄付する|후원하기)[ !.→›»]{0,3}"
)
_LINK = 4  # Words of a link at a letter's foot.
_TERSE = 14  # Words of an offer that gives nothing but its terms.
_PREFIX = 4
_FIRST_LETTERS = frozenset(
    (  # noqa: SIM905 - as many lines as words would hide the code below
        "alle arti artí arty beit best bind cikk člán gjen inge jälj kald kjøp køb köp koop kup kupt left osta pozo poři qued "
        "rema rest rima tila utan zamó zbýv åter оста зали офор "
        "disp appa devi gerä enhe urzą zaří устр прис ciha "
        "abbe abbo abme abo abon aboo acce aces afme alla alle anme annu aper assi avpr avre avsl beje bezk brow "
        "bárm canc come comm comp conf conn cont czyt darm dars dene deva disd disi déjà dése dési důvě egen einl "
        "előf enga erha essa este ever excl expe faça fort fram free full få gett giri già grat hozz iden ilim illi "
        "inic inlo inte iste jatk jede jetz já kaik kdyk keep kein kirj koke kome komm konf korl kost künd leer lees "
        "leir les lese lire log logg logi lue läs läsa læs læse mail meld memb mess mill mitg nave navi neom odhl "
        "okum olva onbe ontv opt opze otrz peru pokr pouf pred prem pren priv prob prov prue prué prób prøv před "
        "přih raja reac read rece reci regi rest rezy rice rise réci rése rési segu siga sign sigu subs suis suit "
        "susc sını tack tila todo tout tria try tutt uits unbe unli unlo unsu verd vert vide você voit vous vyzk "
        "všec weit wszy wypi wypr yoru zalo zdar zrez zuga zugr ücre üyel číst συνδ σχόλ абон безк бесп войд войт "
        "відп війд дост коме комм конф неог отме отпи пере повн подп полн попр підп скас спро увій чита اشتر تعلي "
        "supp help unte fund back give chip dona spen hilf fair fait fais sout aide apóy apoy ayúd sost aiut doe doar doaç apoi ajud done "
        "steu stöd stöt støt bidr hjel hjäl wesp wspa wspi daro pomó podp přis pomo подд поже помо підт допо bağı dest lahj tue tuke "
        "támo adom ادعم تبرع תרמו תרומ תמכו δωρε στηρ spri haz wpła "
        "aldı alıy gönd пись полу отри hírl leve saat sait sähk uuti jste"
    ).split()
)
_SELLING = (_ENDING, _TRIAL, _ACCESS, _READ_ON, _ORDER, _ACCOUNT, _DEVICE)
_NAMING = (_SUBSCRIPTION, _PRICE, _PERIOD)
_TO_READERS = re.compile(
    r"\b(?:you|your|our|us|we|my|du|dein\w*|wir|uns(?:ere?)?|vous|votre|vos|nous|nos|usted|tu|tus|tú|su|nuestr[oa]s?|il tuo|la tua|ti|voi"
    r"|você|seu|sua|dig|din|ditt|deg|je|jouw?|uw|twoj\w*|twój|państwo|vám|váš|вы|вас|вам|ваш\w*|ви|наш\w*|нас|нам|подписывайтесь|sen|siz\w*|takip edin|sinun|önnek)\b"
    r"|^(?:subscribe|sign|register|join|get|click|enter|download|receive|become|try|testen|lesen|jetzt|abonnez|profitez|découvrez|suscríb\w+|apúnta\w+|disfruta|accede|hazte|abbonati|leggi|assine|leia)\b|cuando quieras|quando vuoi"
)
_POLITE = re.compile(r"(?<=[^\W_] )(?:Sie|Ihre?[nmr]?|Ihnen)\b|(?<=, )(?:Sie|Ihre?[nmr]?|Ihnen)\b")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

_SITE = Prefiltered(
    r"\b(?:our|this) (?:web ?site|site|page|app|newsroom|news team|reporting|journalism|coverage|readers|members)\b|bookmark|follow us|support (?:us|our|independent)|\bdonat|get in touch|contact us"
    r"|\bspende\w*|unterstützen sie|unterstütz uns|artikel gefallen|ihnen (?:dieser|der) artikel|unabhängiger journalismus|schreiben sie uns|melden sie sich"
    r"|(?:tu|su) (?:cuenta|suscripción)|apóyanos|hazte soci|contáctanos|escríbenos|síguenos|soutenez|contactez-nous|écrivez-nous|suivez-nous|faites un don|sostienici|sostieni|seguici|scrivici"
    r"|apoie|siga-nos|steun ons|volg ons|følg oss|følg os|följ oss|stötta|støtt oss|wesprzyj|obserwuj nas|podpořte|sledujte nás|поддерж\w+ нас|подпис\w+ на наш|підтрим\w+ нас|bizi (?:[^\W_][^.!?]{0,30} )?takip"
    r"|newsletter|nieuwsbrief|nyhetsbrev|nyhedsbrev|uutiskirje|infolettre|biuletyn|bülten|рассылк|hírlevél|whatsapp|フォロー|ご登録|구독|제보"
    r"|contact our|contacter notre|unseren (?:kundenservice|leserservice)|(?:have|got) a tip\b|har du (?:et |ett )?tips|heb je een tip|(?:mejla|maila|mail|tipsa) (?:oss|ons)\b"
)
_COMMENT = Prefiltered(
    r"\bcomment(?:s|ing|er|ez|aire\w*|i|a|are)?\b|\bcoment(?:ar\w*|ários?)\b|\bkommenta\w*|\bkomment(?:er\w*|it)\b|\breacties?\b|\bkomentar\w*|\bkomentář\w*"
    r"|комментар\w*|комментир\w*|коментар\w*|\byorum\w*|コメント|댓글|评论|評論|hozzászól\w*|تعليق|σχόλι"
)
_HOUSE_RULES = Prefiltered(
    r"(?:opini|meinung|avis\b|åsikt|mening|názor|мнени).{0,60}(?:user|usuari|lector|internaut|leser|lecteur|lettor|utent|leitor|nutzer|läsare|lezer|čtenář|читател)"
    r"|would you like to|möchten sie|no est[áa] permitid|n'est pas autoris|non è consentit|não é permitid|nicht erlaubt"
)
_POLICY = Prefiltered(
    r"\b(?:policy|guidelines|rules|moderat\w+|netiquette|normas|reglas|règles|charte|regeln|regole|regras|regler|spelregels|huisregels|zasad\w*|pravid\w*|правил\w*)\b"
)
_MAIL_FOOT = Prefiltered(
    r"\bunsubscribe\b|désabonn|désinscri|annulla(?:re)? l'iscrizione|disiscriv|uitschrijv|avprenumerera|avslutt abonnement|配信停止|수신 ?거부|退订|退訂|leiratkoz|إلغاء الاشتراك"
    r"|(?:view|read|open) (?:\w+ ){0,3}in (?:your |a |the )?browser|im browser (?:ansehen|öffnen|anzeigen|lesen)|(?:voir|afficher|lire|ouvrir|version) .{0,30}navigateur"
    r"|(?:ver|abrir|visualiz\w+|apri|leggi|abra|veja) .{0,30}\b(?:navegador|browser)\b"
    r"|you(?:'re| are) (?:receiv|gett)ing (?:this|our|these)|you (?:have )?received? this (?:e-?mail|newsletter|message)|(?:sie|du) (?:erhalten|erhältst|bekommst|bekommen) diese"
    r"|diese (?:e-?mail|mail|nachricht) wurde (?:an|ihnen)|vous recevez (?:cet?|cette)|ce message (?:vous )?(?:est|a été) (?:envoy|adress)|(?:recibe|recibes|estás recibiendo|ha recibido|has recibido) este"
    r"|ricevi questa|hai ricevuto questa|você (?:está recebendo|recebeu) est|du får (?:det(?:ta|te)|denne) (?:e?-?post|nyhets|mail)|(?:je|u) ontvangt de[zs]e|otrzymujesz t|otrzymał\w* t"
)
_MAIL_FOOT_ELSEWHERE = Prefiltered(
    r"\bbu (?:e-?post|ileti|bülten).{0,80}(?:aldınız|alıyorsunuz|gönderil)|вы (?:получ(?:или|аете)|подписаны).{0,30}(?:письм|сообщен|рассыл)|ви отрим\w+ ц"
    r"|(?:sait|saat) tämän|tämä (?:viesti|sähköposti|uutiskirje) on|このメール(?:は|マガジン).{0,40}(?:送|配信)|이 (?:메일|이메일)[은는].{0,40}(?:발송|보내)|(?:本邮件|此邮件|您收到(?:此|本)邮件)"
    r"|ezt (?:az e-mailt|a levelet|a hírlevelet)|tento e-mail (?:jste|vám)"
)
_LEAVING = Prefiltered(
    r"opt[ -]out|abbestell|\babmelden\b|darse? de baja|cancelar (?:la |tu |su |a )?(?:suscripción|subscrição|assinatura|inscrição)|cancella(?:ti\b|re|zione)|\bafmelden\b"
    r"|avregistrera|meld deg av|frameld|afmeld|wypis(?:z|ać)|odhlás|odhlas|отпис(?:ать|аться|ыв)|відпис|aboneli\w+ (?:iptal|çık)|üyelikten|peruuta"
)
_LETTER = Prefiltered(
    r"(?:these|our) e-?mails|newsletter|mailing|rundbrief|infolettre|lettre d'info|bolet[íi]n|boletim|nieuwsbrief|nyhetsbrev|nyhedsbrev|biuletyn|zpravodaj"
    r"|odběr|рассыл|розсил|bülten|uutiskirje|hírlevél|preferences|einstellungen|préférences|preferencias"
)
_CONFIDENTIAL = Prefiltered(
    r"^(?:[\w*:!-]{1,14} ){0,2}(?:this|these|diese[rs]?|ce|cet|cette|le présent|este|esta|questo|questa|il presente|det(?:ta|te)|denne|deze|dit|niniejsz\w+|tento|tato|это|данн\w+)"
    r" .{0,60}(?:e-?mail|message|mensaje|mensagem|messaggio|correo|courriel|nachricht|bericht|meddeland\w*|melding\w*|wiadomo\w*|zpráv\w*|сообщени\w*|письм\w*).{0,200}"
    r"(?:confiden[ct]|vertraulich|riservat|vertrouwelijk|konfiden|fortrolig|poufn|důvěrn|конфиденц|privileged|intended (?:solely |only )?for)"
)


def spoken_of(words: Collection[str]) -> bool:
    """Whether one of the ``words`` begins as a word of some notion here does: for all other texts, all is false."""
    return not _FIRST_LETTERS.isdisjoint([word[:_PREFIX] for word in words])


def sells(text: str, *, short: bool) -> bool:
    """Whether the text offers a subscription. ``short``: it is a line or one short sentence."""
    low = text.lower()
    selling = sum(1 for notion in _SELLING if notion.search(low)) + _remains(low)
    if not selling:
        return False
    notions = selling + sum(1 for notion in _NAMING if notion.search(low))
    if short:
        return notions >= 2
    return (notions >= 4 and selling >= 2) or (
        notions >= 3 and (low.count(" ") < _TERSE or speaks_to_readers(text))
    )


def begs(text: str, *, short: bool) -> bool:
    """Whether the text asks its readers to give the outlet money. ``short``: it is a line or one short sentence."""
    low = text.lower()
    if short and _GIVE_NOW.fullmatch(low):
        return True
    giving = _GIVING.search(low)
    if giving is None:
        return False
    notions = sum(1 for notion in (_CAUSE, _PRICE, _PERIOD, _BEGGING) if notion.search(low))
    least = 1 if short and not low.endswith((".", "!")) else 2
    # "Support independent journalism": what a line begins with is said to the reader.
    return notions > 2 or (notions >= least and ((short and giving.start() == 0) or speaks_to_readers(text)))


def _remains(low: str) -> bool:
    if "%" in low and _SHARE.search(low) and _OF_IT.search(low):
        return True
    return any(map(str.isdigit, low)) and _REMAINING.search(low) is not None


def calls_to_read_on(text: str) -> bool:
    """Whether a line is the heading or the button over what only subscribers read."""
    low = text.lower()
    return _remains(low) or any(sign.search(low) for sign in (_READ_ON, _SUBSCRIBERS))


def praises(text: str) -> bool:
    """Whether the text goes on with an offer: it speaks to readers of any of the notions."""
    low = text.lower()
    return any(notion.search(low) for notion in (*_SELLING, *_NAMING)) and speaks_to_readers(text)


def takes_leave(text: str) -> bool:
    """Whether the text, at an article's end, asks its readers to come back, to write, to pay or to follow."""
    return _SITE.search(text.lower()) is not None and speaks_to_readers(text)


def invites_comments(text: str) -> bool:
    """Whether the text is the notice over or under readers' comments: the house's rules, or where to sign in."""
    low = text.lower()
    if not _COMMENT.search(low):
        return False
    asked = _POLICY.search(low) or _ACCOUNT.search(low)
    return _HOUSE_RULES.search(low) is not None or (asked is not None and speaks_to_readers(text))


def closes_a_mail(text: str) -> bool:
    """Whether the text is the foot of a newsletter or the notice under a company's mail."""
    low = text.lower()
    if _MAIL_FOOT.search(low) or _MAIL_FOOT_ELSEWHERE.search(low) or _CONFIDENTIAL.search(low):
        return True
    alone = low.count(" ") < _LINK  # the link itself
    return _LEAVING.search(low) is not None and (alone or _LETTER.search(low) is not None)


def speaks_to_readers(text: str) -> bool:
    """Whether the text says you, we or do this; a script without spaces is not asked.

    German's "Sie" is "you" where it has a capital that no sentence's beginning explains.
    """
    return any(
        said.search(words)
        for said, words in ((_TO_READERS, text.lower()), (_POLITE, text), (_UNSPACED, text))
    )
