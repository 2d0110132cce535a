"""Whose an office in another case is, whose it cannot be, whom "ce menuisier" points at, and who speaks by a participle's agent."""

from __future__ import annotations

import pytest

from tests.quotes.test_entities import said

LIS, KARPIEL, VOSS, FERRI = "Iwo Lis", "Jan Karpiel", "Daniel Voss", "Lucia Ferri"


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        # Of two offices nobody holds both.
        ("en", "Mayor John Hale is against it. “The city has lived on credit for years,” the minister said.", ["the minister"]),
        ("fr", "Le maire Jean Lis est contre. « La ville vit à crédit depuis des années », a dit le ministre.", ["le ministre"]),
        ("es", "El alcalde Juan Lis está en contra. «La ciudad vive a crédito desde hace años», dijo el ministro.", ["el ministro"]),
        ("nl", "Burgemeester Jan Hoogland is tegen. „De gemeente leeft al jaren op krediet”, zei de premier.", ["de premier"]),
        ("sv", "Borgmästare Jan Höglund är emot. ”Kommunen har levt på kredit i åratal”, sade statsministern.", ["statsministern"]),
        ("ru", "Мэр Иван Лис против. «Город давно живёт в кредит», — сказал премьер.", ["премьер"]),
        ("de", "Finanzminister Jan Lehm ist dagegen. „Die Stadt lebt seit Jahren auf Pump“, sagte der Verkehrsminister.", ["der Verkehrsminister"]),
        ("de", "Finanzminister Jan Lehm ist dagegen. „Die Stadt lebt seit Jahren auf Pump“, sagte der Minister.", ["Jan Lehm"]),
        ("de", "Sparkassenpräsident Jan Lehm ist dagegen. „Die Stadt lebt seit Jahren auf Pump“, sagte der DSGV-Präsident.", ["Jan Lehm"]),
        # An office in another case is whoever holds just that one.
        ("pl", "Burmistrz Jan Karpiel jest przeciw. Zdaniem burmistrza „gmina od lat żyje na kredyt”.", [KARPIEL]),
        ("pl", "Radna Zofia Karpiel jest przeciw. Zdaniem radnej „gmina od lat żyje na kredyt”.", ["Zofia Karpiel"]),
        ("pl", "Burmistrz Jan Karpiel jest przeciw. Zdaniem rzecznika burmistrza „gmina od lat żyje na kredyt”.", ["rzecznika"]),
        ("pl", "Burmistrz Jan Karpiel jest przeciw. Według premiera „gmina od lat żyje na kredyt”.", ["premiera"]),
        ("pl", "Burmistrz Jan Karpiel jest przeciw. Według burmistrza sąsiedniej gminy „gmina od lat żyje na kredyt”.", [None]),
        ("cs", "Ředitel Jan Karpíšek je proti. Podle ředitele „obec léta žije na dluh“. Podle ministra „to není pravda, ani náhodou“.", ["Jan Karpíšek", "ministra"]),
        ("ru", "Директор Вера Лапшина против. По словам директора, «город давно живёт в кредит». По словам главы города, «это совсем не так».", ["Вера Лапшина", None]),
        ("de", "Bürgermeister Jan Lehm ist dagegen. Laut dem Rathauschef lebt die Gemeinde „seit Jahren auf Pump“.", ["Jan Lehm"]),
        ("de", "Bürgermeister Jan Lehm ist dagegen. Nach Angaben des Bürgermeisters lebt die Gemeinde „seit Jahren auf Pump“.", ["Jan Lehm"]),
        ("it", "Il sindaco Ugo Lastra è contro. «Nessuno ha letto il testo prima», ha detto il primo cittadino.", ["Ugo Lastra"]),
        # Who does something "for his part" is another than whoever spoke last; what stands behind the office is no subject.
        ("es", "El entrenador Óscar Luna habló ayer. «Mario seguirá jugando», dijo. El guardameta, por su parte, pidió «perdón a la afición por los errores».", ["Óscar Luna", "El guardameta"]),
        ("es", "El entrenador Óscar Luna habló ayer. «Mario seguirá jugando», dijo. El entrenador, por su parte, pidió «perdón a la afición por los errores».", ["Óscar Luna"] * 2),
        ("nb", "Trener Even Strand er skuffet. – Vi spilte som en gjeng amatører, sier treneren til avisen.", ["Even Strand"]),
        ("nl", "Minister Floris Rademaker schreef een brief. „Dat is gewoon onzin”, reageert de bewindsman.", ["Floris Rademaker"]),
        # An office behind a comma, of which no article tells: nobody is called "da Defesa Civil".
        ("pt", "De acordo com o coronel Valdir Peçanha, comandante da Defesa Civil, «o rio subiu quatro metros em três horas».", ["Valdir Peçanha"]),
        ("uk", "За словами речника рятувальників Богдана Ткача, «пожежу загасили за двадцять хвилин».", ["речника рятувальників Богдана Ткача"]),
        # What the office before a name is of may be two words.
        ("cs", "„Most zavřeme už v pondělí ráno,“ řekl starosta Dolních Lhotek Lubor Hrdina.", ["Lubor Hrdina"]),
        # "He" tells the sex of whom it means.
        ("nb", "– Dette er ikke godt nok, sier ordfører Sigbjørn Tveitane.|Han får støtte av lege Ragnhild Moe Sandvær. – Pasientene ligger i gangen, forteller hun.", ["Sigbjørn Tveitane", "Ragnhild Moe Sandvær"]),
    ],
)  # fmt: skip
def test_an_office(language: str, text: str, names: list[str]) -> None:
    assert said(language, text) == names


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("de", "Mechthild Orth lachte. Orths Antwort: „Das lernt man ja bei Ihnen auch nicht mehr.“", ["Mechthild Orth"]),
        ("de", "Mechthild Orth lachte. Orths Nachbar: „Das lernt man ja bei Ihnen auch nicht mehr.“", [None]),
        ("en", "Mildred Orth laughed. Orth's answer: “You do not learn that from you any more.”", ["Mildred Orth"]),
        ("en", "Mildred Orth laughed. Orth's lawyer: “You do not learn that from you any more.”", ["Orth's lawyer"]),
        ("sv", "Rutger Falk skrattade. Falks svar: ”Det lär man sig inte av er längre.”", ["Rutger Falk"]),
        ("nl", "Rutger Valk lachte. Valks antwoord: „Dat leer je van jullie ook niet meer.”", ["Rutger Valk"]),
        ("it", "Arriva la conferma della ministra dei Trasporti Ornella Passeri: «Il treno tornerà a giugno».", ["Ornella Passeri"]),
        ("pt", "Veio a confirmação da ministra Ornella Passos: «O comboio voltará em junho».", ["Ornella Passos"]),
        ("cs", "Ministryně Jitka Bendová přišla. Bendová mu vzkázala, že „kraj mohl žádat dřív“.", ["Jitka Bendová"]),
        ("pl", "Innego zdania jest hydrolog Kalina Mróz. – Woda znajdzie każdą szczelinę – ostrzega naukowczyni.", ["Kalina Mróz"]),
        ("nl", "Aanvoerder Sem Dijkgraaf zocht geen excuses: „Iedereen moet in de spiegel kijken.”", ["Sem Dijkgraaf"]),
    ],
)  # fmt: skip
def test_whose_answer_it_is(language: str, text: str, names: list[str]) -> None:
    assert said(language, text) == names


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("fr", "Yanis Belhadj vit là depuis vingt ans. « Je ne partirai jamais d'ici », prévient ce menuisier de 52 ans.", ["Yanis Belhadj"]),
        ("fr", "Nadia Simon vit là. « Je ne partirai jamais d'ici », prévient ce menuisier de 52 ans.", ["ce menuisier de 52 ans"]),
        ("fr", "Nadia Simon vit là. « Le plan est déjà prêt depuis lundi », indique cette étude.", [None]),
        ("fr", "Denis Simon préside.|Yassin E. se défend. « Je ne partirai jamais d'ici », prévient ce père de deux enfants.", ["ce père"]),
        ("es", "Yanis Beltrán vive allí. «No me iré nunca de aquí», advierte este carpintero de 52 años.", ["Yanis Beltrán"]),
        ("es", "Nadia Beltrán vive allí. «El plan ya está listo desde el lunes», señala esta fuente.", ["esta fuente"]),
        ("it", "Nadia Beltrami vive lì. «Non me ne andrò mai di qui», avverte questa falegname di 52 anni.", ["Nadia Beltrami"]),
        ("pt", "Nadia Beltrão vive ali. «Não vou sair daqui nunca», avisa esta carpinteira de 52 anos.", ["Nadia Beltrão"]),
    ],
)  # fmt: skip
def test_who_is_pointed_at(language: str, text: str, names: list[str]) -> None:
    assert said(language, text) == names


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("es", "Inés Leiva vive en Cuenca. De acuerdo con lo explicado por el comisario, Daniel Voss, «ninguno de los cuadros se había visto».", [VOSS]),
        ("es", "Inés Leiva vive en Cuenca. La obra, calificada por el alcalde, Daniel Voss, como «una vergüenza para todos», sigue en pie.", [VOSS]),
        ("es", "Inés Leiva llegó ayer. Anunció por Radio Mar que «ninguno de los cuadros se había visto».", ["Inés Leiva"]),
        ("pt", "Ana Lemos vive em Braga. Segundo o relatado por Daniel Voss, «nenhum dos quadros tinha sido visto».", [VOSS]),
        ("it", "Lucia Ferri vive a Lucca. Secondo quanto riferito dal sindaco Daniel Voss, «nessuno dei quadri era mai stato visto».", [VOSS]),
        ("it", "Lucia Ferri vive a Lucca. L'opera, definita da Daniel Voss «una vergogna per tutti», resta in piedi.", [VOSS]),
        ("fr", "Solène Aubert vit à Lille. Le projet a été qualifié par le maire Daniel Voss de « honte pour tous les habitants ».", [VOSS]),
        ("sv", "Anna Lehm bor i York. Planen beskrivs av borgmästare Daniel Voss som ”en skam för oss alla här”.", [VOSS]),
        ("da", "Anna Lehm bor i York. Planen blev beskrevet af borgmester Daniel Voss som »en skam for os alle her«.", [VOSS]),
        ("en", "Ann Hale interjected by hitting Daniel Voss for a plan to “turn it all into a parking lot”.", ["Ann Hale"]),
    ],
)  # fmt: skip
def test_the_agent_of_a_participle(language: str, text: str, names: list[str]) -> None:
    assert said(language, text) == names
