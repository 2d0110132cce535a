"""The words of which people make a request before what they want: what a language has of them, and English; data alone, in lower case.

What other languages have stands in their catalogues.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.wording.timing import word_set


@dataclass(frozen=True, slots=True)
class Requests:
    """One language.

    A request is made of ``words``, of ``asking`` ones of which it has one at least, and ends with one of ``about``; ``orders`` are among them, by what they ask for.
    ``behind`` words end it behind what is wanted, and ``inquiring`` ones begin one that is a question. One of ``within`` stands between an outlet and what is looked for in it, ``writing`` is what an outlet does, ``written`` what it has done where that stands at the end, ``something`` what it did so about something. ``clauses`` begin and end around what something is about, each with a preposition that says so, and ``copies`` are what somebody wants of an article. ``sayings`` are patterns of what is said in a roundabout way, each with what says the same plainly; those that begin with ``^`` are of whole sentences.
    """

    words: frozenset[str] = frozenset()
    asking: frozenset[str] = frozenset()
    about: frozenset[str] = frozenset()
    orders: Mapping[str, str] = field(default_factory=dict)
    behind: frozenset[str] = frozenset()
    inquiring: frozenset[str] = frozenset()
    within: frozenset[str] = frozenset()
    writing: frozenset[str] = frozenset()
    written: frozenset[str] = frozenset()
    something: frozenset[str] = frozenset()
    clauses: tuple[tuple[str, str, str], ...] = ()
    copies: frozenset[str] = frozenset()
    sayings: tuple[tuple[str, str], ...] = ()


ENGLISH = Requests(
    words=word_set(
        "i i'd i'm we we'd we're you they there's you've i've we've am are is was were be been being do does did has have had can could would will may might should"
        " me us my our your the a an all any some more it that which who there here in to up out for if please kindly just only also what what's whats"
        " hi hello hey possible love mind new us both say says care most very mostly mainly anyone anybody someone somebody either interesting important exciting copy link original quick quickly noteworthy relevant interested grateful happy glad thankful ever else happened happening check whether having ups follow-up follow-ups followup followups"
    ),
    asking=word_set(
        "find finding show showing give giving get getting send sending tell telling look looking search searching see read know let want need like list"
        " post share track follow provide hide articles article news stories story updates update headlines reports coverage information informations info anything everything"
        " report piece item something whatever stuff write wrote writes print prints printed cover covered run ran publish paper papers pieces clips clippings posts items texts written published reported come comes came got said content material facts details background mail message short brief top best archive archives library longest shortest biggest main negative positive critical press"
    ),
    about=word_set("about on regarding concerning covering mentioning mention mentions re"),
    orders={
        **dict.fromkeys(("newest", "latest", "recent", "recently", "lately"), "new"),
        "last": "new",
        "oldest": "old",
        "earliest": "old",
    },
    behind=word_set("first"),
    something=word_set("anything something"),
    copies=word_set("copy full text transcript link url original pdf print printout address"),
    clauses=(
        ("(?:(?:that|which) )?(?:(?:has|have|had|having) (?:anything |something )?)?to do with", "", "about"),
        ("(?:that|which) (?:deals?|dealt) with", "", "about"),
        ("(?:that|which) (?:touch|touches|touching) on", "", "about"),
        ("(?:in which|where)", "(?:is|are|was|were|gets?) mentioned", "about"),
    ),
    sayings=(
        (
            r"^(?:could|can|may|might|would) (?:the|our|my) [\w-]+(?: [\w-]+)? (?P<verb>get|have|receive|see(?! (?:this|that|it|my|what)\b))\b",
            r"could we \g<verb>",
        ),
        (
            r"^((?:(?:can|could|would|will) you |please )*(?:send|give|show|get|bring|post|mail|forward)) (?:the|our|my) (?:whole )?(?:team|group|desk|staff|newsroom|office|club|board|crew|class|department|committee|family|editors|reporters|volunteers|members) (?=(?:the|a|an|all|any|some|every|everything|news (?:on|about|of)) )",
            r"\1 us ",
        ),
        (r"^(subscribe|sign up) (?:our|the|my) [\w'’-]+(?: [\w'’-]+){0,2} (to|for) ", r"\1 us \2 "),
        (r"^(any|(?:is|are|was|were) there any) mentions? of ", r"\1 news on "),
        (
            r"^no (?!(?:more|news|one|idea|way|thanks|thank|problem|worries|need|longer|rush|hurry)\b)([\w'’ -]{2,40}?) (?=(?:for|until|till) \S|this week$|today$)",
            r"silence \1 ",
        ),
        (
            r"^who (?:(?:has |have |had |all )*(?:spoken|spoke|talked|commented|said (?:some|any)thing)|(?:is|was|were|gets|got|has been) quoted) (?=about|on )",
            "articles ",
        ),
        (
            r"^(?:find |show me )?((?-i:[A-Z])[\w.-]+(?: (?-i:[A-Z])[\w.-]+){0,2})['’]s (?:articles|pieces|stories|columns|reports) (?:on|about) (.+)$",
            r"articles by \1 about \2",
        ),
        (
            r"^(?:send|post|mail|deliver|forward) (?:me )?(?:the|my|our) (?:[\w-]+ )?digests? (to|by|via|into) (?!(?:me|us)\b)(.+)$",
            r"can i get this \1 \2",
        ),
        (r"\bonly (?=from (?:the )?(?-i:[A-Z]))", ""),
        (r"\b(from (?:the )?(?-i:[A-Z])[\w.-]*(?: (?-i:[A-Z])[\w.-]*){0,3}) only\b", r"\1"),
        (r", (?:please|pls),? (?=\w)", ", "),
        (r"(?<=\w) (?:please|pls)(,?) (?=\w)", r"\1 "),
        (
            r"^how many (?:articles|stories|reports|pieces) (?:have |has )?(?:mention|mentioned|mentions|about|on|cover|covered) (.+)$",
            r"articles about \1",
        ),
        (
            r"^how often (?:was|were|is|are|has|have) (.+?) (?:been )?(?:mentioned|covered|reported on|in the news)\b(.*)$",
            r"articles about \1\2",
        ),
        (
            r"^(?:just |only )(?:the )?(?:headlines|titles) (?:about|on|of|for) (.+)$",
            r"get \1 style headlines",
        ),
        (r"^(?:the )?(?:headlines|titles) only (?:about|on|of|for) (.+)$", r"get \1 style headlines"),
        (r"^.*\b(?:the|my|our) digests? in (?:english|german|french|spanish)$", "change my language"),
        (r"^(?:.*, )?(?:undo|revert)(?: (?:that|it|this))?$", "how do i change it"),
        (
            r"^what(?:'s| is|'s been| has been)? (?:going on|happening|happened|new|up) (today|yesterday|lately|recently|tonight|this (?:week|morning|month|weekend)|over the weekend|since .+)$",
            r"what did i miss \1",
        ),
        (r"^any (?:chance|way) (?:of|for|to get|to have|i could get|we could get) ", "could i get "),
        (r"^is there (?:a|any|another) digests? .*$", "when is my next digest"),
        (r"^what(?: has|'s)? happened while (?:i|we) (?:was|were) (?:away|gone|out|off)$", "what did i miss"),
        (r"^how many (subscriptions|digests|mutes|topics)(?: .*)?$", r"which \1 do i have"),
        (
            r"^(?:can|could|may) (?:i|we) (?:get|be) (?:notified|informed|alerted|updated|told) (?:about|on|of) ",
            "notify me about ",
        ),
        (r"^(?:did|have) (?:i|we) miss(?:ed)? (?:anything|something|much|a lot)\b", "what did i miss"),
        (r"^how often (?:do|does|will|are|is) (?:you|it|this|the bot|the desk)\b.*$", "how does this work"),
        (r"^(?:great|good|nice|excellent|amazing|fantastic|brilliant) (?:job|work|stuff|bot|one)$", "thanks"),
        (
            r"^(?:(?:send|get|give) (?:me |us )?)?(?:instant|immediate|real-?time|urgent|live) (?:alerts?|notifications?|updates?|news) (?:for|on|about|of|regarding) ",
            "tell me at once about ",
        ),
        (r"^(?:sort|order|list) (.+?) by (?:date|age|time|newest|recency)$", r"find \1 newest first"),
        (r"\b(coverage) of (?=\w)", r"\1 on "),
        (
            r"^(?:(?:send|show|give|post) (?:me |us )?)?(?:the |my |our )?((?:[\w-]+ ){1,3})digest (?:(?:right )?now|right away|straight away)$",
            r"send me the \1digest now",
        ),
        (
            r"^(?:what|when)(?:'s| is) (?:the|my|our) next (?:[\w-]+ )?(?:digest|one)(?: due| coming)?$",
            "when is my next digest",
        ),
        (
            r"^(?:did|has|have|was|were) (?:the |my |our )?(?:[\w-]+ ){0,2}digests? (?:go out|gone out|been sent|sent|come|arrive|posted|delivered)(?: yet| today| yesterday| already)*$",
            "when is my next digest",
        ),
        (r"^the story (?:of|about|behind) (?=\S)", "articles about "),
        (
            r"^what(?:'s| is| will be|'ll be) (?:in|on) (?:today's|tomorrow's|(?:the|my|our) next) digest$",
            "show me the latest digest",
        ),
        (
            r"^what(?:'s| is| will be|'ll be) (?:in|on) (?:(?:today|tomorrow)'s )?(?:the |my |our )?(?:next )?(?!(?:the|my|our) digest)((?:[\w-]+ ){1,3})digest(?: today| tomorrow)?$",
            r"show me the \1digest",
        ),
        (
            r"^(?:(?:show|tell|list|give) (?:me |us )?)?(?:all |everything )?(?:that |what )?(?:i|we)(?:'m| am|'re| are|'ve| have)? (?:all )?(?:subscribed|signed up|following)(?: to| for)?$",
            "what am i subscribed to",
        ),
        (
            r"^(?:when|at what time|what time) (?:do|does|will|is|are) (?:the |my |our )?[\w-]+(?: [\w-]+)?(?: digests?)? (?:come|arrive|appear|due|sent|delivered|posted|scheduled|coming)(?: next| again| in| out| today| tomorrow)?$",
            "when is my next digest",
        ),
        (
            r"^(?:which|what) topics (?:(?:can|could|may) (?:i|we)|are there|are available|are on offer|do you (?:have|offer|know))\b.*$",
            "show me the topics",
        ),
        (
            r"^when (?:will|do|can|am|are) (?:i|we) (?:next )?(?:get|receive|getting)(?: the| my| our)?(?: next)? [\w-]+(?: digest)?(?: next| again)?$",
            "when is my next digest",
        ),
        (
            r"^(?:which|what) (?:subscriptions|digests) (?:are|is|exist|run)\b.*$",
            "what am i subscribed to",
        ),
        (
            r"^what (?:did|do|have) (?:people|others|everyone|everybody) (?:say|said|think|thought) (?=about |on )",
            "articles ",
        ),
        (
            r"^add (?:a |another |an extra )?(?:time |hour )?(?:at )?\d{1,2}(?:[:.]\d\d)?(?: ?[ap]m)? to (?:the |my )?(?=\D)",
            "change ",
        ),
        (r"\b(?:older|earlier) (articles|stories|news|reports|pieces) (?=about |on )", r"oldest \1 "),
        (
            r"\b(?:a|an|the|my) (\d{1,2}(?:[:.]\d\d)? ?[ap]m|\d{1,2}[:.]\d\d|noon|midnight) (?:brief|briefing|digest|update|roundup|round-up|summary|overview|bulletin|newsletter) (?:of|on|about|for|with) (.+)$",
            r"a digest about \2 at \1",
        ),
    ),
    within=word_set("for"),
    writing=word_set(
        "write writes wrote written report reports reported print printed publish published run ran cover covered say says said have saying reporting writing printing covering running publishing"
    ),
    inquiring=word_set(
        "what what's whats any anything is are do have has did was were can could would will who anyone anybody"
    ),
)
