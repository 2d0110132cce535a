"""The words by which it is told what a sentence may be about that is not understood: what a language has of them, and English; data alone, in lower case.

What other languages have stands in their catalogues.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.wording.heard.seeking import combined
from bot.wording.timing import word_set


@dataclass(frozen=True, slots=True)
class Parts:
    """One language.

    ``stray`` words hardly stand in what anybody looks for, ``things`` do, though they are verbs and the like in another language, and so do ``qualifying`` ones before a word that says something; ``idle`` ones say nothing in a sentence that is not understood, and one of ``edges`` neither begins nor ends it. With a phrase of ``stopping`` something shall come no more, with one of
    ``regularly`` it shall come time and again, and one of ``own`` is about what there is already. ``barring`` phrases stand before what is left out, wherever that stands, and ``refusing`` words behind a comma; ``authors`` phrases before who wrote it. What ``inside`` phrases stand before may be an outlet, and seldom is. A word of ``negating`` says that something is not wanted, but with one of ``minding``; behind one of ``benefiting`` stands for whom it is. Behind a question's first word one of ``citing`` asks what was said, and behind one of ``whoever`` by whom. ``likened`` words behind "as" are no name, and ``loud`` ones none in capitals.
    """

    stray: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()
    qualifying: frozenset[str] = frozenset()
    idle: frozenset[str] = frozenset()
    edges: frozenset[str] = frozenset()
    stopping: tuple[str, ...] = ()
    regularly: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    barring: tuple[str, ...] = ()
    refusing: frozenset[str] = frozenset()
    authors: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    negating: frozenset[str] = frozenset()
    minding: frozenset[str] = frozenset()
    benefiting: frozenset[str] = frozenset()
    citing: frozenset[str] = frozenset()
    whoever: frozenset[str] = frozenset()
    likened: frozenset[str] = frozenset()
    loud: frozenset[str] = frozenset()


ENGLISH = Parts(
    stray=word_set(
        "please pls plz kindly thanks thank thx ta cheers hi hello hey dear sorry"
        " want wants wanted need like likes get gets getting give gives send sends sending tell keep let lets let's add receive know hear notify notified"
        " inform informed interested subscribe subscribed unsubscribe subscription subscriptions follow following looking forward digest digests alert alerts"
        " me us them something anything everything nothing stuff things thing whatever someone anyone else"
        " daily weekly hourly weekday weekdays weekly fortnightly monthly every each time times o'clock oclock once twice often"
        " also too only just instead otherwise maybe perhaps again anymore already still always never ever whenever etc well then there here actually really basically asap if because so but than unless except excluding"
        " about regarding concerning dont don't doesnt doesn't isnt isn't i'm i'd i've i'll lemme gimme gonna wanna yes no not nope ok okay don't be being"
        " keyword keywords articles headlines possible"
        " summary summaries sentences paragraphs style excluded short shorter longer detailed minus mention mentions coverage generally altogether entirely permanently temporarily henceforth"
    ),
    things=word_set("war half may library works post press paper papers market store team club school letter race play record board mail energy power"),
    qualifying=word_set("short"),
    idle=word_set(
        " ability absolutely accept according across act actual added adding advance afraid ago ahead allow allowed allows almost along although amount annoying anyhow anyway anywhere apart apparently appear appears apply appreciated arrive "
        " arrives aside assume attention available aware awesome bad badly based basic became become becomes began behind below beneath beside besides better beyond bored boring bothered bothering bottom briefly bunch busy button buttons "
        " called calling careful cares carry cause causes certain certainly chance changing checking chosen click closely completely consider considered contain contains continue correct correctly couldn't course covers created curious "
        " decide decided depends describe detail differ difference different difficult directly discuss discussed doing easier easily easy effort eg  enable ended ending ends enjoy enough enter especially everywhere evidently "
        " example examples excited exist exists expect expected explained extra extremely fail failed fairly far fast faster favorite favourite feature features feel felt figured finally finish fit fix fixed focus folder "
        " forever forgot format former frequent friendly fully further gave generate gone gotten guessing guys hadn't handle handy hardly hasn't heard hearing hers highly honestly hopefully hoping hundred hurry idea ideas ie imagine "
        " immediate importance included includes including indeed inside instance intend involved itself join joined keen kept kinda knew knowing knows lack lastly latter learn learned learning liked liking listed listen listening literally "
        " little loud loved lucky manage matter matters maximum meaning meanwhile method middle mine minimum mistake mix mode mr mrs ms multiple name namely names nearly necessary needed needing normal normally note noted notes "
        " obviously occur odd offered option originally ought ours outside overall part particularly parts perfectly perform personally plain popular possibly preferably preferred presumably prior probably problem proper properly provided "
        " providing purpose quicker random rapidly reach reached ready reason reasons receiving recommend refer regard regards regular related relating remain remember reminders removed repeat replace requested require required returning "
        " saw saying scroll seeing seemed self sense separate serious seriously sets setting shared sharing shortly shouldn't shown side similar simple simply sir situation slightly slowly smart so-called solve somehow somewhat somewhere "
        " sounds special specific specifically spell staying steps stopped stopping straight stuck subject subjects suggest suggested suggestion suggestions suit suppose supposed surely switching talked talking tend thanking that'd thats "
        " theirs therefore they'll they've thinking thorough thoroughly though thought thoughts throughout tired title titles together totally touch toward towards tracked tried tries truly typed types typical typing unable understood "
        " unfortunately unlike unlikely unsure updating upon users variety various version versus views waiting way ways weird welcome weren't wherever whichever wide willing wished word worded worst worth wouldn't wrong yet yours "
        "chat channel conversation window separately separate jointly bundle back holiday spreadsheet exactly exact wording present suitable kids warn wake compare alert alarm eye pic pics picture photo real breaking same before previous previously usual usually what'd who'd how'd where'd buzz ping pull grab wanting having being getting looking asking interest interests means mean meant stands stand standing seen see newspaper newspapers texts text words glad happy thankful seniors secretary away shall hold leave bother collect statement statements verbatim outlets named quoted commented known lines e-mail e-mails alright watch competitor competitors monitor particular both fetch check double done plenty wtf omg msg msgs lot lots bit kind sort pretty rather quite"
        " use used using make makes making made set setup put start starting starts begin try trying help able sure okay fine good great cool hope wonder wondering guess think believe"
        " person people everyone team channel room group folks colleagues boss chief editor myself ourselves himself herself during while until till into onto over under near around between"
        " today tomorrow tonight yesterday now soon later early earlier currently lately recently until since"
        " bring take pick picks choose turn go goes going went come comes coming run say says said talk talks write writes wrote read reads mention mentions mentioned ask asks asked answer answers"
        " new latest newest recent old oldest important interesting relevant general main whole full complete entire single several few many much more most less least other others another both either neither own such"
        " overview summary digest recap roundup report reports coverage piece pieces bg background smth sth stuff abt wk wks info infos information details link links source sources page pages list lists"
    ),
    edges=word_set("and or with of on in at to from for by as the a an per via plus vs is"),
    stopping=(
        *word_set(
            "stop stopping cancel unsubscribe unsub mute muted silence silent quiet hide remove delete drop quit kill unfollow suppress discontinue spare terminate ignore exclude skip"
        ),
        *combined(("don't", "do not", "never", "not"), ("send", "show", "want", "give", "include", "need", "interested")),
        *combined(("no more", "nothing about", "nothing on", "enough of", "enough about", "tired of", "sick of", "fed up with", "turn off", "switch off", "off the list", "get rid of", "no longer")),
    ),
    regularly=word_set(
        "warn wake subscribe sub subscription digest briefing newsletter alert alerts notify notification notifications inform informed follow track monitor every each daily weekly hourly monthly fortnightly biweekly quarterly regularly updates updated posted roundup whenever always"
    ),
    own=word_set(
        "subscription subscriptions digest digests subs sub schedule pause resume change move reschedule switch"
    ),
    refusing=word_set("not no never nothing"),
    authors=("by", "written by"),
    inside=("in the", "by the"),
    negating=word_set("not don't no never nothing none neither nor nobody noone won't can't cannot isn't aren't"),
    minding=word_set("forget miss hesitate sure why idea problem worry worries"),
    benefiting=word_set("for"),
    citing=word_set("quoted cited"),
    whoever=word_set("who whose"),
    loud=word_set("ok am pm asap"),
    likened=word_set("well always usual before ever possible"),
    barring=(
        "without", "w/o", "except", "except for", "excluding", "minus", "but not", "but no", "and not", "and no", "leave out", "leaving out", "not including", "other than", "just not",
    ),
)  # fmt: skip
