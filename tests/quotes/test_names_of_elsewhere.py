"""Names with an Arabic article or the family name first, whom an account's pronoun means, and sentences around a Japanese or Chinese quotation."""

from __future__ import annotations

import pytest

from bot.quotes.find import find_quotes
from tests.builders import an_article
from tests.quotes.test_entities import said

TARIQ = "Tariq al-Masri"


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("en", "Police chief Tariq al-Masri spoke. “We were late that day,” said Al-Masri.", [TARIQ]),
        ("en", "“We were late that day,” said Tariq al-Masri. “The road was closed,” he said. “Nobody slept that night,” Masri said.", [TARIQ] * 3),
        ("de", "Polizeichef Tarik al-Masri kam. „Wir waren an dem Tag zu spät“, sagte al-Masri.", ["Tarik al-Masri"]),
        ("fr", "« Nous étions en retard ce jour-là », a dit Tarek el-Masri.", ["Tarek el-Masri"]),
        ("en", "Deputy mayor Park Min-jun joined in 2029. “The road was closed all day,” Park said.", ["Park Min-jun"]),
        ("de", "Minister Moon Jae-won kam 2029. „Wir waren pünktlich an diesem Tag“, sagte Moon.", ["Moon Jae-won"]),
        ("en", "Wang Xiulan, a baker, came on Monday. “The road was closed all day,” Wang said.", ["Wang Xiulan"]),
        ("en", "Deutsche Farbwerke closed on Monday. “The road was closed all day,” Deutsche said.", ["Deutsche"]),
    ],
)  # fmt: skip
def test_a_name(language: str, text: str, names: list[str]) -> None:
    assert said(language, text) == names


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("sv", "Chefen Torbjörn Älvegård är nöjd. Enligt honom blir det ”väldigt trångt i höst igen”.", ["Torbjörn Älvegård"]),
        ("nb", "Sjefen Torbjørn Elvegård er fornøyd. Ifølge ham blir det «veldig trangt til høsten».", ["Torbjørn Elvegård"]),
        ("da", "Chefen Torben Elvegård er tilfreds. Ifølge ham bliver det »meget trangt til efteråret«.", ["Torben Elvegård"]),
        ("nl", "Directeur Gerrit Dekkers is tevreden. Volgens hem wordt het „heel krap in het najaar”.", ["Gerrit Dekkers"]),
        ("nl", "Directeur Elke Dekkers is tevreden. Volgens haar woordvoerder wordt het „heel krap in het najaar”.", ["haar woordvoerder"]),
        ("de", "Bürgermeister Jan Lehm ist zufrieden. Ihm zufolge wird es „sehr eng im Herbst“.", ["Jan Lehm"]),
        ("de", "Bürgermeister Jan Lehm ist zufrieden. Laut ihm wird es „sehr eng im Herbst“.", ["Jan Lehm"]),
        ("en", "Mayor Ann Lehm is happy. According to her, it will be “very tight in the coming autumn”.", ["Ann Lehm"]),
        ("en", "Mayor Ann Lehm is happy. According to her lawyer, it will be “very tight in the coming autumn”.", ["her lawyer"]),
    ],
)  # fmt: skip
def test_the_pronoun_of_an_account(language: str, text: str, names: list[str]) -> None:
    assert said(language, text) == names


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("ja", "中川洋介総理大臣は会見で「来年の夏までに環境をつくる」と説明した。", ["中川洋介"]),
        ("ja", "田村総一郎市長は「補償を検討している」とも語り、「住民の声を聞いていく」と強調した。", ["田村総一郎"] * 2),
        ("ja", "「説明がまったく足りていない」。近くに住む会社員の森川徹さん（41）は肩を落とす。", ["森川徹"]),
        ("ja", "「説明がまったく足りていない」と話すのは、会社員の森川徹さん（41）だ。", ["森川徹"]),
        ("ja", "「説明がまったく足りていない」と森川徹さん（41）。", ["森川徹"]),
        ("ja", "「説明がまったく足りていない」。市の幹部は首をかしげた。", []),
        ("ja", "米国のジョン・モスリー国務長官は「同盟は揺るがないと確信している」と述べた。", ["ジョン・モスリー"]),
        ("ja", "外務省の報道官は「同盟は揺るがないと確信している」と述べた。", ["外務省の報道官"]),
        ("ja", "森川徹・市議会議長は「同盟は揺るがないと確信している」と述べた。森川氏は「次の春にまた来る」と話した。", ["森川徹"] * 2),
        ("ja", "森川徹選手（21）は「次の試合も必ず勝ちたい」と意気込んだ。森川は「緊張はしなかったと思います」と笑った。", ["森川徹"] * 2),
        ("ja", "田村市長は「工事は来春に終わる見込みだ」とし、小野寺会長は「客足は戻らないだろう」と反論した。", ["田村", "小野寺"]),
        ("ja", "「給付の方が行き渡るのが早い」と野党などが指摘していますが、中川総理は「来年の夏に効果が目に見える」と説明。", [None, "中川"]),
        ("ja", "平野剛課長は「原因は調査中だと聞いている」とした上で、「けが人はいない」と説明した。", ["平野剛"] * 2),
        ("zh", "“我们排练时常常感动得流泪不止。”剧中母亲的扮演者林静怡动情地说。", ["林静怡"]),
        ("zh", "江口县文化馆馆长赵启明介绍说：“一共演了十二场，场场爆满。”", ["赵启明"]),
        ("zh", "一位高管激动地说：“很多年没有看到这样的好戏了。”", ["一位高管"]),
        ("zh", "赵启明问：“你今年打算种多少亩水稻？”老农钱大壮答：“跟去年一样，一亩也不少。”", ["赵启明", "钱大壮"]),
        ("zh", "赵启明说：“今年的产量比去年增加了两成。”丈夫只是摇头：“我们每年都会来这里。”", ["赵启明"]),
        ("zh", "台北市長陳志明今天受訪時表示：「市府一定會全力配合中央的政策」。", ["陳志明"]),
        ("zh", "据林南山院士介绍，“今年的产量比去年增加了两成”。医院方面表示，“患者目前情况已经稳定下来”。", ["林南山", "医院方面"]),
        ("zh", "王晓梅说：“我很高兴能来到这里看大家。”她还表示：“我们每年都会来这里。”", ["王晓梅"] * 2),
        ("zh", "主教练韩立军赛后表示：“球员们拼到了最后一分钟。”队长谢东海则认为，“我们浪费了太多机会”。", ["韩立军", "谢东海"]),
        ("ko", '상인 정미라(52)씨는 "손님이 완전히 끊겨서 살 수가 없다"고 호소했다.', ["정미라"]),
        ("ko", '강물소방서 이동훈 서장은 "불길은 이십 분 만에 잡혔다"고 설명했다. 이 서장은 "인명 피해는 지금까지 없다"고 덧붙였다.', ["이동훈"] * 2),
        ("ko", '이에 대해 시 관계자는 "무책임한 행정이라는 지적은 사실이 아니다"라고 반박했다.', ["시 관계자"]),
        ("ar", 'وقال مدرب الميناء وليد الشامي بعد المباراة: "اللاعبون قدموا كل ما لديهم". أما القائد رامي صقر فقال: "أضعنا فرصا كثيرة جدا".', ["وليد الشامي", "رامي صقر"]),
        ("ar", 'قال المتحدث باسم الشرطة خالد العمري: "التحقيق ما زال جاريا". وكتب العمري على منصة جديدة: "لن ننتظر أكثر من ذلك أبدا".', ["خالد العمري"] * 2),
    ],
)  # fmt: skip
def test_without_capitals(language: str, text: str, names: list[str]) -> None:
    assert said(language, text) == names


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("it", "Bilaterale Leiva-Moss: «Più aiuti per il porto».|Il ministro Ugo Leiva ha incontrato il presidente Carlo Moss."),
        ("fr", "L'ONG Faune salue les efforts de tous : « Je dis un grand merci à toutes les autorités »."),
    ],
)  # fmt: skip
def test_what_is_no_name(language: str, text: str) -> None:
    quotes = find_quotes(an_article(*text.split("|"), language=language))
    assert [one.speaker_name for one in quotes] == [None]
