"""Words by which sentences among people are told from commands: what a language has of them, and English; data alone.

All are in lower case. What other languages have stands in their catalogues.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.wording.timing import word_set


@dataclass(frozen=True, slots=True)
class Talk:
    """One language. Behind a command's word ``verbs`` make a sentence about it: "search is broken"; ``things`` are nouns as well, said to the desk alone: "rail works".

    With ``people`` words they speak of each other and of what was said; who asks for news seldom does. Right behind
    "search" ``aside`` ones are looked for by people: "search me"; with ``compounds`` it is one noun: "search results".
    ``greetings`` stand before the desk's name, and words of ``thanks`` ask for nothing; nor do ``replies``, which people
    give to each other. ``asking`` words begin a question, of which there is no word to look for. ``near`` words are typed
    nearly as a command is and are none, in other languages, too. ``gifts`` are what somebody is thanked for. ``saying`` phrases stand before an answer.
    """

    verbs: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    aside: frozenset[str] = frozenset()
    compounds: frozenset[str] = frozenset()
    greetings: frozenset[str] = frozenset()
    thanks: frozenset[str] = frozenset()
    replies: frozenset[str] = frozenset()
    asking: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    gifts: frozenset[str] = frozenset()
    saying: frozenset[str] = frozenset()


ENGLISH = Talk(
    verbs=word_set(
        "is isn't are aren't been was wasn't were seems seem look looks looked run runs ran works work worked does doesn't do did didn't has had will"
        " won't would can can't cannot could should must may might never still always again already just needs need"
        " finds found shows showed keeps came comes came gets got went goes moved broke breaks takes took says said feels"
    ),
    things=word_set("works needs breaks look looks run runs moves shows"),
    people=word_set(
        "i i'm i've i'd i'll you you're you've we we're we've they they're he she me us him them her my your our their his"
        " myself yourself himself herself ourselves yourselves themselves it it's this that these those if because when who whoever anyone everybody everyone somebody someone nobody"
    ),
    aside=word_set("me us him"),
    compounds=word_set(
        "result results engine engines function page pages box bar button field term terms history party parties warrant warrants dog dogs team teams committee meeting meetings idea ideas"
    ),
    greetings=word_set("hey hi hello ok okay"),
    thanks=word_set(
        "helpful useful lovely kind that was thanks thank you thx ty cheers so very much a lot 🙏"
    ),
    gifts=word_set(
        "for the this your all every help helping quick fast answer answers reply info information update updates everything it works now that's all be many"
    ),
    saying=frozenset(
        (
            "make it",
            "make that",
            "let's say",
            "lets say",
            "say",
            "i'd say",
            "i mean",
            "i meant",
            "i said",
            "well",
            "ok",
            "okay",
            "yes",
            "no",
            "oh",
            "sorry",
            "rather",
            "better",
            "let's do",
            "let's make it",
            "then",
            "it's",
        )
    ),
    near=word_set(
        "each them while getting quelle quelles quello quella quelli questo questa questi estoy ambos albo temu stor stora stort"
    ),
    replies=word_set(
        "yes yeah yep yup no nope nah ok okay k fine sure good great nice cool perfect alright right done never mind nevermind nvm sorry oops wow lol haha hm hmm"
        " more next again there all everyone everybody team folks copydesk desk bot test testing ping undo back cancel wait well then bye goodbye morning evening afternoon night later 👍 👌 ❤️ ❤ 😀 😊 😂"
    ),
    asking=word_set(
        "who what when where why how which whose whom what's who's where's how's whats remind reply answer explain translate summarise summarize write draft"
    ),
)
