"""Polish, Czech, Turkish, Dutch and the Nordic languages: accounts, names in other cases, offices with a place."""

from __future__ import annotations

import pytest

from bot.quotes.find import find_quotes
from tests.builders import an_article

MOST, SLIB = "„obietnica, której dotrzymamy”", "„slib, který dodržíme“"
BOGNA, RADMILA, NURGUL = "Bogna Wilczek", "Radmila Hošková", "Nurgül Aksoy"


def last_told(language: str, text: str) -> tuple[str | None, str | None]:
    """The name and the mention of the last quote of the paragraphs; nothing where there is none."""
    article = an_article(*text.split("\n\n"), language=language)
    quotes = find_quotes(article)
    return (
        (quotes[-1].speaker_name, quotes[-1].speaker and quotes[-1].speaker.of(article.text))
        if quotes
        else (None, None)
    )


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("pl", f"Burmistrz Bogna Wilczek przyjechała. Według Bogny Wilczek most to {MOST}.", BOGNA),
        ("pl", f"Burmistrz Bogna Wilczek przyjechała. Zdaniem Wilczek most to {MOST}.", BOGNA),
        ("pl", f"Jan Nowacki przyjechał. Według Jana Nowackiego most to {MOST}.", "Jan Nowacki"),
        ("pl", f"Jan Nowacki przyjechał. Według Jana Nowaka most to {MOST}.", None),
        ("pl", f"{MOST} – powiedziała w czwartek PAP burmistrz Portowa Bogna Wilczek.", BOGNA),
        ("pl", f"Burmistrz Portowa, Bogna Wilczek, zaznaczyła, że most to {MOST}.", BOGNA),
        ("cs", f"Radmila Hošková přijela. Podle Radmily Hoškové je most {SLIB}.", RADMILA),
        ("cs", f"Petr Novák přijel. Podle Petra Nováka je most {SLIB}.", "Petr Novák"),
        ("cs", f"Petr Novák přijel. Podle Petry Novákové je most {SLIB}.", None),
        ("cs", "„Most je slib, který dodržíme,“ řekla ve čtvrtek ČTK starostka Přístavu Radmila Hošková.", RADMILA),
        ("cs", f"Starostka Přístavu Radmila Hošková (ABCD) označila most za {SLIB}.", RADMILA),
        ("cs", "Starostka Přístavu, Radmila Hošková, k tomu dodala: „Most je slib, který dodržíme.“", RADMILA),
        ("uk", "«Міст — це обіцянка, якої ми дотримаємо», — сказав мер Портова Любомир Гаркуша.", "Любомир Гаркуша"),
        ("ru", "«Мост — это обещание, которое мы сдержим», — сказал мэр Любомир Игоревич Гаркуша.", "Любомир Игоревич Гаркуша"),
        ("tr", f"{NURGUL} dün geldi. Nurgül Aksoy'a göre köprü “herkese verilen bir söz”.", NURGUL),
        ("tr", f"{NURGUL}, köprünün “herkese verilen bir söz” olduğunu söyledi.", NURGUL),
        ("nl", "“De brug is een belofte die we nakomen”, vertelt de 43-jarige Sjoukje Wiarda.", "Sjoukje Wiarda"),
        ("nb", "– Broen er et løfte som vi holder, sier lederen i Vikby Havn, Oddrun Fjære.", "Oddrun Fjære"),
        ("nb", "Havnesjef Oddrun Fjære er fornøyd:\n\n– Broen er et løfte som vi holder.", "Oddrun Fjære"),
        ("nb", "Oddrun Fjære ber om to ting:\n\n– Broen må holde for alle.\n\n– Ferjen må gå hver dag.", None),
        ("da", "- Broen er et løfte, som vi holder, siger borgmesteren i Vigby, Signe Krogsbæk.", "Signe Krogsbæk"),
        ("it", "Ornella Vassari, che guida il Comune, parla di “una promessa mantenuta con tutti”.", "Ornella Vassari"),
        ("pt", "“A ponte é uma promessa”, afirmou nesta terça-feira a prefeita de Porto Vivo, Iolanda Prates.", "Iolanda Prates"),
    ],
)  # fmt: skip
def test_who_speaks(language: str, text: str, name: str | None) -> None:
    assert last_told(language, text)[0] == name


@pytest.mark.parametrize(
    ("language", "text", "mention"),
    [
        ("pl", f"Według burmistrz Bogny Wilczek most to {MOST}.", "burmistrz Bogny Wilczek"),
        ("cs", f"Podle starostky Radmily Hoškové je most {SLIB}.", "starostky Radmily Hoškové"),
        ("tr", "Nurgül Aksoy'a göre köprü “herkese verilen bir söz”.", "Nurgül Aksoy'a"),
    ],
)
def test_another_case_alone_is_no_name(language: str, text: str, mention: str) -> None:
    assert last_told(language, text) == (None, mention)
