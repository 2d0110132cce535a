"""The words of site boilerplate: what stands around an article on any outlet's page.

Phrases are matched on a lower-case line with straight apostrophes. None names an outlet. English
first; German, French and Spanish have the common ones. Each tuple is joined into one expression
whose alternatives are literal or bounded, so that matching is linear. One that may begin anywhere in
the line looks first for a literal that it has ("(?=.*cookies)"), which nearly all lines are without: that
is one step, and to try its words at each of two hundred places are hundreds.
"""

from __future__ import annotations

import re

ENDS = (  # After enough body, nothing that follows these belongs to the article.
    (
        r"(?:\[ ?)?(?:view|show|see|read|hide|load|post|leave|write|add|join)?(?: all| the| a| your| more)?"
        r" ?\(?\d{0,6}\)? ?(?:top rated |reader |post |user |recent )?(?:comments?|reply|repl(?:y|ies)|conversation|discussion)"
        r"(?: ?\(?\+?\d{0,6}\+?\)?)?(?: ?\])?(?: section| policy| so far| below| on this (?:story|article|post))?[.:!]?$"
    ),
    r"no comments(?: yet)?\b",
    r"comments? (?:are|is) (?:now )?(?:closed|disabled|off|turned off)",
    r"(?:leave|post|add) a (?:reply|comment)\b",
    r"join the (?:conversation|discussion|debate)\b",
    r"(?:sign|log) in to (?:comment|post|join)",
    r"you must be (?:logged|signed) in to",
    r"\d{1,6} (?:comments|responses|thoughts|replies)(?: (?:to|on) .{1,200})?$",
    r"(?:about|more (?:from|by|about)) the (?:author|writer|reporter)s?\b",
    r"(?:deja|leave|lascia|deixe|laisser) (?:a |un[ea]? |seu |um )?(?:comment|comentario|commento|comentário|commentaire)\b",
    (
        r"(?:\[ ?)?(?:\d{1,5} )?(?:kommentare?|kommentieren|commentaires?|comenta(?:r|rios?)|commenti|commenta|comentários?|reacties|reageer|reageren"
        r"|kommentarer|kommentera|kommenter|kommentarfelt|kommentit|komentarze|komentáře|komentarai|diskuse|комментари[ийя]|комментировать|коментар[іи]?"
        r"|yorum(?:lar)?|yorum yap|コメント|댓글|评论|評論|hozzászólások|تعليقات|التعليقات|σχόλια|תגובות)"
        r"(?: ?\(?\d{0,5}\)?)?(?: (?:lesen|anzeigen|schreiben|verfassen|ansehen))?[.:]?(?: ?\])?$"
    ),
    (
        r"(?:schreib\w*|verfass\w*|schrijf|skriv|napisz|přidat|оставьте|оставить|напишите|додати|laissez|écrire|escrib\w+|deja|scrivi|escreva|plaats|lägg till)"
        r" (?:\w{1,6} ){0,2}(?:kommentar|commentaire|comentario|commento|comentário|reactie|komentarz|komentář|комментарий|коментар)\b.{0,20}$"
    ),
)
RELEASE_ENDS = (  # The end mark of a press release, and the headings of what stands below it.
    r"# ?# ?#$",
    (
        r"[-–—*#~ ]{0,6}(?:ends?|ends here|(?<=-)30(?=-)|(?<=- )30(?= -)|ende|fin|fine|fim|einde|slutt?|koniec|konec|конец|кінець|loppu|vége|終|完|끝)[-–—*#~ .]{0,6}$"
    ),
    (
        r"(?:(?:media|press) (?:contacts?|enquir(?:y|ies)|inquir(?:y|ies)|office)|(?:contact|contacts) for (?:the )?(?:media|press)|notes? (?:to|for) editors?"
        r"|editors?'? notes:|(?:presse|medien)(?:kontakt|anfragen|stelle)|kontakt für (?:medien|presse|journalist)\w*|(?:ansprechpartner(?:in)?|rückfragen) (?:für|der) (?:die )?(?:medien|presse|redaktion)\w*"
        r"|(?:rück|presse)fragen (?:bitte )?an|hinweise? (?:für|an) (?:die )?redaktion\w*|contacts? (?:de )?presse|relations presse|(?:contacto|contactos) (?:de|para) (?:la )?(?:prensa|medios)|notas? (?:para|a) (?:los )?(?:editores|redactores)"
        r"|contatt[oi] (?:per la )?stampa|ufficio stampa|note per (?:i|la) redat\w+|contatos? (?:de|para) (?:a )?imprensa|assessoria de imprensa|perscontact|noot (?:voor|aan) de redactie"
        r"|pres[sk]e?kontakt|kontakt (?:dla|pro) (?:mediów|média)|контакты? (?:для|пресс)\w*|basın (?:için )?i(?:̇)?letişim\w*|報道関係(?!者各位)|보도 ?(?:자료 )?문의)\b.{0,60}[:：]?$"
        r"|(?:報道関係者(?!各位)|本(?:件|リリース)に関する|媒体(?:联系|联络)|新闻(?:联系|联络)人).{0,40}$"
    ),
)
SENDERS = (  # A heading over who sends a press release.
    (
        r"(?:about|über|zu(?:m|r) (?:unternehmen|person|verein|verband)|à propos d(?:e|u|es)|à propos d'(?=\w)|acerca del?|sobre|informazioni su|chi è|om|over|o (?:firmie|fundacji|společnosti|spółce)"
        r"|о (?:компании|фонде)|について|关于)\b[^.!?]{1,60}$"
    ),
)
RELATED = (  # A heading over links to other articles, or over the author's portrait.
    r"(?:about|über|sobre|à propos d(?:e|u|es)|acerca de|meet|om|over|o firmie|informazioni su) (?:the |der |die |das |la |le |les |el |los |l')?[^\W\d]{2,20}(?: [^\W\d]{2,20}){0,2}$",
    r"\(?(?:leggi anche|leia também|leia mais|veja também|ti potrebbe interessare|você pode gostar|você também pode)\b",
    r"also (?:read|see|watch|on|in|listen)\b",
    r"(?:you |readers )?(?:may|might|will) (?:also )?(?:like|be interested in|enjoy|have missed|want to read)",
    r"(?:read|see|watch|check out|learn|know) (?:more|also|next|this|this next|too|on)\b ?[:|]",
    r"(?:read|see) (?:more|also|next)$",
    r"(?:further|more|additional|related|recommended|suggested|essential|must) (?:reading|read|reads)\b",
    (
        r"(?:in |other |more |our )?(?:related|recommended|similar|suggested|popular|trending)\b(?! \w{1,30} (?:was|is|were|are|has|have|said) )"
        r"(?: \w{1,20}){0,3}:?$"
    ),
    r"related (?:articles?|stor(?:y|ies)|posts?|topics?|content|coverage|news|links|videos?|items?|roundups?|tags?|keywords?)\b",
    r"related ?:",
    r"more (?:from|on|in|about|like|by)\b.{0,60}$",
    r"more (?:\w{1,20} ){0,2}(?:news|stories|articles|headlines|coverage|posts|videos|top stories)\b.{0,20}$",
    r"(?:most|top|editor'?s?'?|today'?s|latest|our|featured|must|recent|staff)[ -](?:popular|read|viewed|shared|watched|commented|recent|picks?|stories|news|videos?|headlines|posts|articles|see|trending)(?: \w{1,20}){0,3}:?$",
    r"(?:what'?s )?(?:up )?next(?: story| article| post| up| in .{1,40})?[:»>]?$",
    r"(?:previous|prev) ?(?:story|article|post)?[:«<]?$",
    r"(?:don't|do not) miss\b.{0,60}$",
    r"(?:sponsored|promoted|partner|paid)(?: (?:by|content|stories|links|post))?\b.{0,40}$",
    r"(?:lesen sie (?:auch|mehr|dazu|hier)|mehr zum thema|auch interessant|zum thema|das könnte sie (?:auch )?interessieren|meistgelesen|weitere (?:artikel|themen|nachrichten))",
    r"(?:à lire (?:aussi|également)|lire aussi|voir aussi|sur le même (?:sujet|thème)|les plus lus|nos lecteurs ont lu)",
    r"(?:lea también|le[ea] también|lee también|también te puede interesar|te puede interesar|más (?:noticias|información|leídas?)|noticias relacionadas|leer más|lo más (?:leído|visto))",
)
RELATED_ELSEWHERE = (  # The same in further languages.
    r"(?:relacionad[oa]s?|verwandte\w* \w+|relaterat|relateret|relatert|correlat[oi]|liés?|powiązane|související|связанные|пов'язані|ilgili|liittyvä\w*|gerelateerd) ?[:|–—-] ?.{1,160}$",
    r"[(\[]?(?:(?:यह|ये|इसे) भी (?:पढ़ें|पढ़ें|पढ़िए|देखें)|আর[ওো] (?:পড়ুন|পড়ুন|দেখুন)|یہ بھی (?:پڑھیں|پڑھیے|دیکھیں)|مزید پڑھیں|baca (?:juga|selengkapnya)|lihat juga|simak juga)(?:[\s:：|–—-].{0,120})?$",
    r"(?:veja|assista|mira|guarda)(?: (?:os|aos|los|i))? v[íi]deos? (?:que|mais|más|più)\b.{0,50}$",
    r"(?:per approfondire|potrebbe interessarti|articoli correlati|notizie correlate|i più letti|più letti|da leggere)\b.{0,30}$",
    r"(?:leia (?:também|mais)|notícias relacionadas|matérias relacionadas|mais lidas|saiba mais)\b ?[:|]?.{0,30}$",
    r"(?:lees (?:ook|meer)|meer (?:over|nieuws)|gerelateerd\w*|meest gelezen|aanbevolen)\b ?[:|]?.{0,40}$",
    r"(?:läs (?:också|även|mer)|les også|les mer|læs også|læs mere|mest (?:läst|lest|læst)\w*|relatera\w*|relatert\w*|lue myös|lue lisää|luetuimmat)\b ?[:|]?.{0,90}$",
    r"(?:czytaj (?:też|także|również|więcej)|zobacz (?:też|także|również)|przeczytaj (?:też|także)|čtěte (?:také|více)|mohlo by vás zajímat|související|nejčtenější|olvas(?:d|sa) el)\b ?[:|]?.{0,90}$",
    r"(?:читайте (?:также|ещё|еще|також)|смотрите также|по теме|материалы по теме|самое читаемое|читати також|дивіться також|за темою)\b ?[:|]?.{0,90}$",
    r"(?:ilgili haber\w*|bunlar da ilgini\w*|önerilen haber\w*|en çok okunan\w*|baca juga|berita terkait|xem thêm|tin liên quan|διαβάστε (?:επίσης|ακόμη)|اقرأ أيضا\w*|اقرأ أيضًا|קראו גם)\b ?[:|]?.{0,90}$",
    r"(?:関連記事|関連リンク|あわせて読みたい|おすすめ記事|人気記事|관련 ?(?:기사|뉴스)|많이 본 (?:기사|뉴스)|相关(?:阅读|新闻|文章|推荐|链接)|相關(?:閱讀|新聞|文章|推薦|連結)|推荐阅读|延伸閱讀|(?:猜你|您可能)(?:也)?(?:喜欢|感兴趣)|(?:热门|精彩|为您|今日)推荐|点击排行|熱門(?:新聞|文章)|热门(?:新闻|文章)).{0,10}$",
    r"(?:推荐|热帖|热词|加载更多|查看更多|更多新闻|搜索|แนะนำ|(?:ข่าว|เรื่อง|บทความ)ที่เกี่ยวข้อง|อ่าน(?:เพิ่มเติม|ต่อ))$",
    r"(?:passend zum artikel|mehr zu(?:m|r)? |mehr aus |weiterführende links|das könnte (?:sie|dich) auch|top-themen|aus dem (?:ressort|archiv)).{0,40}$",
)
_THIS_TEXT = (  # What a notice calls the text, or the embed, that it stands in the place of.
    r"(?:th(?:is|e full)|dieser?|dieses|cet?(?:te)?|ce|est[ea]|quest[oa]|dit|deze|ten|t[ao]|tento|denne?|dette|den här|эт(?:а|от)|цей|ця|bu|ez a)"
    r" (?:premium[- ])?(?:articles?|story|content|artikel|beitrag|text|inhalt|contenu|texte|artículo|contenido|articolo|contenuto|artigo|conteúdo|matéria|verhaal|inhoud"
    r"|artykuł|treść|materiał|článek|obsah|saken?|artikeln?|innehållet|innholdet|indhold|статья|материал|контент|стаття|матеріал|haber|içerik|yazı|cikk)"
)
WALLS = (  # The text that only subscribers read, in either order of "only" and who they are.
    _THIS_TEXT
    + r"\b.{0,40}\b(?:only|exclusive\w*|nur|exklusiv\w*|vorbehalten|réservée?|solo|sólo|exclusiv\w*|riservat\w|só|alleen|uitsluitend|exclusief|voorbehouden|tylko|wyłącznie"
    r"|pouze|jen|kun|bare|endast|bara|только|лише|тільки|yalnızca|sadece)\b.{0,40}(?:subscri|subskry|abonn|abone|prenum|předpl|suscript|assinant|abbonat|подписчик|передплатник|mitglied|members)",
    _THIS_TEXT + r"\b.{0,25}\bfor (?:our )?(?:paying )?(?:subscribers|members) only\b",
    r"(?:abonelere|üyelere|aboneler[ei]mize) özel\b.{0,60}$|"
    + _THIS_TEXT
    + r" (?:yalnızca |sadece )?(?:abone|üye)\w* (?:özel|için)",
)
_YOURS = r"(?:your|ihr|dein|votre|ton|tu|su|il tuo|la tua|il suo|a sua|o seu|je|uw|ditt?|din|twoja|vaše|ваша)"
WALLS_ELSEWHERE = (
    r"(?:이|본) (?:기사|콘텐츠|글)[은는].{0,20}(?:회원|구독자).{0,6}(?:전용|공개)|この(?:記事|コンテンツ)は.{0,20}(?:会員|購読者|有料).{0,6}(?:限定|記事)|(?:本文|此文|该文章)(?:为|是|仅).{0,12}(?:会员|付费|订阅).{0,8}(?:专享|专属|内容|阅读)",
    # What the reader's own subscription does not cover.
    _YOURS
    + r" (?:current |aktuelles |actuel )?(?:subscription|abo(?:nn\w+)?|suscripci\w+|abbonament\w+|assinatura|prenumeration|subskrypcj\w+|předplatné|подписка)\b.{0,40} "
    + _THIS_TEXT,
)
CHANNELS = (  # An appeal to follow the outlet in a messenger: an imperative, and the messenger's name.
    (
        r"(?:.{0,40}[?!.…] )?(?:подпишитесь|подписывайтесь|читайте|следите|присоединяйтесь|вступайте|підпишіться|підписуйтесь|стежте|приєднуйтесь|join|follow|subscribe to|folgen sie|folgt?|abonnieren|abonnier"
        r"|rejoignez|suivez|abonnez|síguenos|síganos|únete|suscríb\w+|seguici|iscriv(?:iti|etevi)|volg|śledź|dołącz|obserwuj|sledujte|följ|følg|ikuti|gabung|kövess\w*|تابعوا|انضموا|اشتركوا)"
        r"\b.{0,60}(?:telegram|whats ?app|viber|телеграм|вотсап|ватсап|вайбер|واتساب|تلغرام|تيليجرام)\w{0,4}\b.{0,120}$"
    ),
    r".{0,60}(?:व्हाट्सए?ऐ?प|व्हाट्सऐप|टेलीग्राम|whatsapp|telegram).{0,40}(?:जुड़ें|जुड़ें|फॉलो करें|katılın|takip edin)",
)
OFFERS = (  # Subscriptions, newsletters, apps, donations, sign-in walls.
    r"newsletter sign ?-?up\b",
    r"(?:you have|you've) (?:been |success?fully |now )?(?:subscribed|signed up|registered|unsubscribed)",
    r"(?:(?=.*mail)|(?=.*newsletter)).{0,60}\b(?:we send|sends?|we'll send|receive|get) (?:you )?(?:an? |our |the )?(?:\w{1,20} )?(?:e-?mail|newsletter)s?\b",
    r"stay up[ -]to[ -]date (?:with|on)\b.{0,60}$",
    r".{0,40}\b(?:subscribe|sign up|signup|register|subscrib(?:ing|er)) (?:now|today|here|free|for|to|with|and|at|by|via)\b(?! \w{1,20} (?:party|election))",
    r"(?:subscribe|register|sign[ -]?up|log[ -]?in|sign[ -]?in|join|become a (?:member|subscriber)|membership|unsubscribe|donate|support us|my account)\b.{0,25}$",
    r"already (?:a |have an? |registered|subscribed|signed)",
    r"(?:thanks?|thank you) for (?:signing|subscribing|registering|visiting|reading|your)",
    r"(?:get|receive|enjoy|try|buy|choose|unlock|start) (?:\w{1,20} ){0,6}(?:newsletters?|inbox|briefing|subscription|access|trial|alerts?|notifications?|email|plan)\b",
    r"(?:our|the|daily|weekly|free|email|e-mail|curated|morning|evening)? ?(?:newsletters?|email alerts?|breaking news alerts?)\b.{0,50}$",
    r"(?=.*your (?:inbox|mailbox)).{0,100}\b(?:in|into|to|straight to) your (?:inbox|mailbox)\b",
    r"(?:download|get|install|try) (?:the|our) (?:\w{1,20} ){0,3}app\b",
    r"(?:please )?enter (?:a |your )(?:valid )?(?:e-?mail|name|password|username|city|zip)",
    r"your e-?mail address",
    r"(?:email|e-mail|password|username|first name|last name|zip code|website|name)(?: address)? ?\*?:?$",
    r"(?:forgot|reset|lost|remember) (?:your |me|my )?(?:password)?\??$",
    r"(?:follow|like|find|join|connect with) (?:us|me|the author|our)\b",
    r"(?:jetzt |hier )?(?:abonnieren|anmelden|registrieren|newsletter)\b.{0,80}$",
    r"(?:s'abonner|abonnez-vous|inscrivez-vous|se connecter|s'inscrire|recevez)\b.{0,80}$",
    r"(?:suscríbete|suscríbase|regístrate|inicia sesión|iniciar sesión|boletín)\b.{0,80}$",
)
RIGHTS = (
    r"(?:this|the) (?:site|form|page) (?:is protected by|uses) (?:google )?recaptcha\b",
    r"[<(\[]?(?:(?:저작권자|[ⓒ©]).{0,40})?무단 ?(?:전재|복제)",
    r"the post .{1,200} (?:first appeared|appeared first) on [^,\d]{1,60}$",  # Where a blog's feed is reprinted.
    r"(?:copyright|©|\(c\)|℗)",
    r".{0,80}©",
    r"(?=.*rights reserved).{0,120}\ball rights reserved\b",
    r"(?:alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|derechos reservados)",
    r"(?:this (?:material|content|article|story|site)|the material|the content|no part).{0,80}\b(?:may not|shall not|cannot|must not) be (?:re)?(?:published|produced|used|broadcast|printed|copied|distributed)",
    (
        r"(?:terms|privacy|cookie|legal|accessibility|editorial|community|advertis\w{1,4}|contact|imprint|impressum|mentions légales|aviso legal|datenschutz)"
        r"(?:(?: (?:of|and|&|your|policy|notice|statement|settings|guidelines|standards|rules|us|use|service|conditions|privacy|info\w{0,8}|preferences|with us|\w{1,12}))){0,4}$"
    ),
    r"(?:do not sell|california privacy|ad ?choices|manage (?:cookies|consent)|about (?:us|our ads)|our team|site ?map|site index|rss(?: feeds?)?|faqs?|help(?: cent(?:er|re))?|careers?|jobs|advertise|feedback|permissions|masthead)$",
)
COOKIES = (
    r"(?=.*cookies).{0,200}\b(?:uses?|using|accept|use of|set|of our) (?:\w{1,20} ){0,3}cookies\b",
    r"(?:cookies?|diese (?:web)?seite (?:nutzt|verwendet) cookies|ce site utilise|este sitio (?:web )?(?:usa|utiliza))\b",
    r"by (?:continuing|using|clicking|submitting|signing|subscribing|entering)\b.{0,60}\b(?:you|our|site|accept|agree)\b",
    r"(?:(?=.*blocker)|(?=.*javascript)|(?=.*browser)).{0,80}\b(?:ad ?blocker|javascript (?:is|to be|must)|enable javascript|your browser|unsupported browser)\b",
    r"(?:terms of (?:use|service)|privacy (?:policy|notice))\b",
    r"(?:(?=.*privacy policy)|(?=.*terms of)).{0,120}\b(?:privacy policy|terms of (?:use|service))\b.{0,40}$",
)
SHARES = (
    (
        r"(?:share|tweet|pin|email|e-mail|print|save|copy link|whatsapp|facebook|twitter|linkedin|reddit|pinterest|instagram|youtube|flipboard|telegram|tumblr|messenger|pocket|google\+?|rss|bookmark|like|follow)"
        r"(?:[ ,|/&+·]{1,3}(?:on|via|by|with|this|it|to|the|a|article|story|post|page|link|share|tweet|pin|email|e-mail|print|save|whatsapp|facebook|twitter|linkedin|reddit|pinterest|instagram|youtube|flipboard|telegram|tumblr|messenger|pocket|google\+?|friend|icon|\d{1,6}|and|us)){0,12}[:.]?$"
    ),
    r"(?:share|send|email|tweet|print|post|pin) (?:this|it|on|via|to|with)\b.{0,50}$",
    r"click to (?:share|email|print|copy|expand|play|view|see)\b",
    r"\d{1,6}(?:\.\d)?k? ?(?:shares?|likes?|views?|reads?|retweets?|followers?|votes?|claps?)\b.{0,20}$",
    r"(?:rating|votes?): \d{1,6}",
    r"(?:link )?copied(?: to clipboard)?[.!]?$",
    (
        r"(?:jaa|tulosta|udostępnij|drukuj|sdílet|поделиться|распечатать|paylaş|yazdır|condividi|compartilh(?:e|ar)|partilh(?:e|ar)|dela|delen)"
        r"(?: (?:artikkeli|artykuł|článek|статью|haberi|artikeln|artikel|facebookissa|(?:na|på|op|no|su|via|в|auf) [\w-]{1,20}))?$"
    ),
    r"(?:teilen|drucken|merken|partager|imprimer|envoyer|compartir|imprimir|enviar)(?: (?:auf|per|sur|par|en|por) .{1,30})?$",
)
CHROME = (  # Menus, players, advertisement marks, page controls.
    r"(?:[*~#] ?){1,5}$",
    r"th(?:is|e) (?:interview|conversation|q&a) (?:has been|was) (?:lightly |slightly )?(?:edited|condensed|shortened)\b.{0,80}$",
    r"(?:(?:di|by|por|von(?: der)?|par|od|door|a) )?(?:(?:la|die|de) )?(?:redazione|redaktion|redacción|rédaction|redação|redactie|redakcja|redakce)(?: [\w.-]{2,20}){0,2}$",
    r"(?:this )?audio (?:is |was )?(?:(?:auto|automatically|ai)[- ]generated|generated by)\b.{0,120}$|this summary (?:is|was|has been) (?:\w{2,12} )?(?:generated|created|written|reviewed|checked)\b.{0,120}$",
    r"(?:read|see) more (?:at|on) [\w.-]{1,40}\.[a-z]{2,12}[.!]?$",
    r"(?=.*originally published).{1,200} was originally published in .{1,80} on medium, where people are continuing the conversation\b.{0,80}$",
    r"submitted by (?:/?u/)?[\w-]{1,40}(?: .{0,60})?$|\[?link\]? \[?comments\]?$|(?:article|comments) url: ?https?://\S{1,500}$|(?:points|# comments|comments): ?\d{1,6}$",
    r"#[^\W\d][\w/-]{1,60}(?: #[^\W\d][\w/-]{1,60}){1,20}$",
    (
        r"(?:sent from|get outlook for|sent via) (?:my |an? )?(?:iphone|ipad|android|ios|samsung|mobile|phone|blackberry|outlook|yahoo)\b.{0,40}$"
        r"|von meine[mr]? (?:iphone|ipad|android\w*|handy|mobiltelefon)\b.{0,30}$|envoyé (?:de|depuis) mon .{1,30}$|enviado desde mi .{1,30}$|inviato da(?:l mio)? .{1,30}$|verzonden vanaf mijn .{1,30}$"
    ),
    r"(?:read in|shared (?:from|via)|open in) apple news\b.{0,120}$|this article was shared (?:from|via) \w{3,30}$|forwarded (?:many times|message)$",
    r"\d{1,2}:\d\d [ap]m · [a-z]{3} \d{1,2}, \d{4}(?: · .{1,40})?$|(?:[\d.,]{1,9}[km]? (?:reposts?|retweets?|quotes?|quote tweets|likes|bookmarks|views|replies) ?){1,6}$",
    r"(?:load-date: .{1,40}|end of document|length: \d{1,6} words|\(?continued (?:on|from) (?:page )?\w{1,6}\)?\.?|\d{1,4} [-–—])$",
    r"this (?:article|text) was downloaded by calibre from\b.{0,200}$",
    r"(?:advertise?ments?|advert|ads?|anzeige|werbung|publicité|publicidade?|pubblicità|advertentie|annons|annonse|annonce|mainos|reklam[ae]?|inzerce|hirdetés|reclamă|iklan|quảng cáo|реклама|διαφήμιση|إعلان|פרסומת|広告|광고|广告|廣告|sponsored|scroll to continue(?: with content| reading)?|story continues below(?: advertisement)?|article continues (?:below|after)\b.{0,40})[:.]?$",
    (
        r"(?:artiklen|artikkelen|saken|artikeln|texten|teksten|juttu|artikkeli|(?:der|dieser) (?:artikel|text)|(?:het |dit )?(?:artikel|verhaal)|(?:de )?tekst|articolul|textul|știrea|l'article|cet article|el artículo|la noticia|(?:l')?articolo|o artigo|a matéria"
        r"|článek|(?:dalsza część|ciąg dalszy)(?: \w+)?|продолжение(?: \w+)?|haberin devamı|devamı|a cikk)?"
        r" ?(?:fortsætter|fortsetter|fortsätter|jatkuu|geht (?:nach|unter)|gaat (?:verder|door)|weiter nach|lees verder (?:onder|na)|la suite après|(?:se )?poursuit (?:après|sous)|continue (?:après|sous|sotto|dopo)|sigue (?:después|debajo)|continuă (?:după|mai jos|sub)"
        r"|continúa (?:después|debajo|tras)|continua (?:dopo|sotto|após|depois|abaixo)|pokračuje (?:pod|po)|(?:po|pod) (?:reklam\w+|inzerc\w+)|(?:после|под|ниже) реклам\w+|reklamın altında|reklamdan sonra|folytatódik)"
        r"(?: .{0,40})?$|記事は広告の後に続|広告の後に続"
    ),
    r"(?:the )?video player is loading\W*$|this is a modal window\b.{0,120}$|(?:beginning|end) of dialog window\b.{0,120}$|(?:play|watch) video\W*$|(?:current|remaining) time(?: [\d:-]{1,9})?$",
    r".{0,90}\b(?:ctrl|cmd) ?\+ ?enter\b.{0,60}$",
    r"printed (?:from|by) \S{0,80}\.[a-z]{2,12}\b.{0,80}$",
    r"(?:continue reading|keep reading|skip to|skip|jump to|back to|go to|return to)\b.{0,60}$",
    r"(?:close|open|menu|toggle|search|home|loading|submit|ok|cancel|play|pause|mute|unmute|expand|collapse|more|less|next|previous|gallery|video|videos|photos?|image \d{1,3} of \d{1,3}|\d{1,3} ?(?:/|of) ?\d{1,3}|show more|read more|see more|view more|load more|learn more|more info|click here|view all|see all|all|top|sections?|trending|latest|subscribe|live|listen|watch|listen to (?:this )?(?:article|story)|undo|edit|delete|report|reply|settings|options|language|english|share|tags?|topics?)(?: \(?[x×✕+>»›…]\)?)?[.:…>»]{0,3}$",
    r"(?:global|international|mobile|desktop|print|us|uk|asia|european?|africa|india|china|world) (?:edition|version|site)$",
    r"(?:tags?|topics?|filed under|categories|category|keywords?|labels|schlagw(?:o|ö)rter|themen|mots-clés|etiquetas|temas|section|more about|posted in|read more about|explore more on these topics|in this (?:article|story)) ?[:#|]",
    r"(?:first published|published|posted|updated|last (?:updated|modified))(?: (?:on|at|in|:))?[: ].{0,60}\d",
    r"(?:publié|mis à jour|veröffentlicht|aktualisiert|publicado|actualizado|pubblicato|aggiornato|atualizado)(?: (?:le|am|el|il|em|a))?:? .{0,30}\b(?:19|20)\d\d\b.{0,80}$",
    r"\d{1,3}[- ]?min(?:ute)?s?(?: to)? read\b.{0,80}$",
    r"(?:home|startseite|accueil|inicio) ?[|>/»›]",
    r"(?:you are here|breadcrumbs?)\b",
    r"follow (?:live|along|\w{1,20} on|@)",
    r"(?:watch|listen|live)(?: now| live|: | here)\b.{0,100}$",
    (
        r"(?:lesezeit|lesedauer|temps de lecture|lecture|tiempo de lectura|lectura|tempo di lettura|lettura|tempo de leitura|leitura|leestijd|lästid|lesetid|læsetid"
        r"|czas czytania|doba čtení|время (?:на )?чтени[ея]|час читання|okuma süresi|lukuaika|olvasási idő|読了時間|읽는 시간|阅读时间|reading time)"
        r"(?: ?(?:[:：|~≈]|de|di|ca\.?|env\.?))? ?[:：]? ?[約约]? ?\d{1,3} ?[^\W\d_]{0,9}\.?$"
    ),
    r"(?:fehler (?:gefunden|entdeckt)|(?:sie haben|du hast) einen fehler|vous avez (?:repéré|remarqué|trouvé) une erreur|une erreur \?|¿(?:has|ha) (?:visto|encontrado|detectado) un error|(?:hai|avete) (?:trovato|notato) un errore|(?:see|spotted|found|noticed) (?:a|an) (?:mistake|error|typo)|fout (?:gezien|gevonden)|hittat (?:ett )?fel|fundet en fejl|нашли (?:ошибку|опечатку)|знайшли помилку)\b.{0,90}$",
    r"have (?:a|you got a) (?:news )?(?:tip|story)\b",
    r"got a (?:news )?(?:tip|story)\b",
    r"(?:send|email|report|submit) (?:us |a |your )?(?:tips?|corrections?|errors?|typo|feedback)\b",
)
DATES = (  # A date, or how long ago, on a line of its own.
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? )?(?:[^\W\d_]{3,10}\.? \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d\d|\d{1,2}(?:st|nd|rd|th|\.)? (?:de )?[^\W\d_]{3,10}\.?,? (?:de )?(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d)(?:[ ,|@-]{1,3}(?:at )?\d{1,2}[:.]\d\d ?(?:[ap]\.?m\.?)?(?: ?\(?[a-z]{2,4}\)?)?)?$",
    r"\d{1,3} ?(?:[smhd]|sec(?:ond)?s?|min(?:ute)?s?|hours?|hrs?|days?|weeks?|months?|years?) ago\b.{0,20}$",
)
_AMOUNT = r"(?:\d{1,3}|une?|un[ao]?|uma?|eine?[rnm]?|en|ett?|een|an?|one)"
_UNIT = r"[^\W\d_]{1,10}\.?"
AGES = (  # How long ago, on a line of its own: over each comment of a reader.
    rf"(?:vor|il y a|há|för|for) {_AMOUNT} {_UNIT}(?: (?:siden|sedan))?$|(?:hace|před|πριν(?: από)?|منذ) (?:{_AMOUNT} )?{_UNIT}$",
    rf"(?:{_AMOUNT} )?{_UNIT} (?:ago|fa|atrás|geleden|siden|sedan|temu|назад|тому(?: назад)?|önce|sitten|ezelőtt)$",
    r"\d{1,3} ?(?:秒|分|分钟|分鐘|時間|小时|小時|日|天|か月|ヶ月|年)前$|\d{1,3} ?(?:초|분|시간|일|주|개월|년) ?전$",
)
NOTES = (  # The outlet speaks about the text.
    r"(?:[a-z]{2,4}/){2,5}[a-z]{2,4}$",  # Who wrote and edited it at an agency: "mso/okr/ab".
    r"follow (?:the )?[\w.-]{1,30}(?: [\w.-]{1,30}){0,3}'s? (?:full |complete |live )?coverage\b.{0,120}$",
    r"[\w.+-]{1,64}@[\w-]{1,60}(?:\.[\w-]{1,30}){1,3}$",
    (
        r"(?:[\w.'-]{1,30} ){0,4}(?:writers?|reporters?|journalists?|correspondents?|staff)\b.{1,200}"
        r"\bcontributed (?:reporting|to this (?:report|story|article))\b.{0,40}$"
    ),
    r"\(?(?:only the|with|this (?:story|article|report|post|piece|copy)|except for the|the (?:headline|above|views?|opinions?))\b.{0,200}\b(?:edited by|auto-generated|syndicated|news agency|agency (?:feed|inputs)|wire service|originally (?:published|appeared)|first (?:published|appeared)|has been (?:updated|corrected|edited|amended)|has not been edited|was (?:updated|corrected|amended)|inputs from|do(?:es)? not (?:necessarily )?(?:reflect|represent)|their own|his own|her own|translated)",
    r"\(?(?:with (?:agency )?inputs from|with additional reporting|additional reporting|reporting by|writing by|editing by|edited by|compiled by|reported by|photographs? by|translated by|text by)\b.{0,250}\)?$",
    r"(?:disclaimer|disclosure|editor'?s'? note|publisher'?s note|correction|clarification|affiliate)\b ?[:|(]",
    (  # Who is paid for what readers buy through the links.
        r"(?=.*affiliate link)(?:.{0,60} )?(?:this|some|our|the) (?:\w{1,20} ){0,4}(?:contains?|includes?|uses?|are|may be|features?) (?:\w{1,20} ){0,3}affiliate links?\b.{0,300}$"
        r"|(?:if|when) you (?:buy|purchase|click|shop)\b.{1,120}\b(?:commission|(?:share|cut) of the sale)\b.{0,120}$"
        r"|(?:we|[\w ]{3,30}) (?:may|might|will|can) (?:also )?(?:earn|receive|get|make) (?:an? )?(?:\w{1,20} ){0,2}commissions?\b.{0,160}\b(?:links?|buy|purchases?)\b.{0,80}$"
    ),
    r"(?=.*be (?:reached|contacted|emailed|followed)).{0,120}\b(?:can|may) be (?:reached|contacted|emailed|followed) (?:at|on|via|by)\b",
    r"(?:email|contact|write to|reach|follow|e-mail|tweet) (?:\w{1,20} ){1,4}(?:at|on|@|via|by)\b.{0,100}$",
    r"(?:click|tap) here\b",
    r"(?:this (?:article|story|post) )?(?:originally )?(?:appeared|published) (?:first )?(?:on|in|by|at)\b.{0,60}$",
    r"\w{1,20} (?:\w{1,20} )?is (?:a|an|the) (?:\w{1,20} ){0,5}(?:reporter|correspondent|editor|columnist|journalist|contributor|writer|freelance\w{0,3})\b",
    (  # Where and when the print edition had it, and who may order a copy.
        r"(?:\(?a version of this (?:article|story|essay|column|review)|this (?:article|story|essay|column|review)|dieser (?:artikel|text|beitrag)|der (?:artikel|text|beitrag)|cet article|ce texte|este (?:artículo|texto|artigo|reportaje)"
        r"|questo articolo|dit (?:artikel|stuk)|artikeln|denne (?:artikel|artikkelen)|ten (?:artykuł|tekst)|tento (?:článek|text)|эта статья|эта публикация)"
        r".{0,60}\b(?:in print|print edition|first appeared|originally appeared|was originally published|printausgabe|druckausgabe|gedruckten|zuerst (?:bei|in|im|auf)|erschien\w* (?:in|im|am|zuerst|auf)|(?:est |a été )?(?:paru|publié) (?:dans|le|initialement)"
        r"|edición (?:impresa|en papel)|edizione (?:cartacea|di)|edição impressa|papieren|in de krant|papperstidning\w*|papiravis\w*|papirutgave\w*|wydaniu (?:papierowym|drukowanym)|tištěn\w*|печатн\w*)\b.{0,260}$"
    ),
    r"[（(【]?(?:责任编辑|責任編輯|编辑|編輯|责编|責編|校对|校對|审核|審核|監製|监制) ?[:：] ?.{1,30}$",
    r"[가-힣]{2,4} ?(?:선임|인턴|객원)?(?:기자|특파원) ?=? ?[\w.+-]{1,64}@[\w.-]{1,60}$",
    r"(?:order reprints|today's paper|reprints? (?:and|&) permissions)\b.{0,60}$",
    r"(?:our standards|trust principles|how we|why you can trust|meet the)\b.{0,80}$",
)
EASTERN_CHROME = (  # Chinese: where on the site it stands, sizes of letters, hotlines, codes to scan, licences.
    r"(?:您?(?:现在|當前|当前|所在|目前)?的?位置) ?[:：].{0,30}(?:首页|首頁|[>›»]).{0,100}$",
    r".{0,60}字[号體体] ?[:：]? ?(?:[aA]|大|小|T[|+-]).{0,60}$",
    r"\d{4}[-/.年] ?\d{1,2}[-/.月] ?\d{1,2}日?(?: ?\d{1,2}:\d\d(?::\d\d)?)? ?(?:来源|來源) ?[:：].{1,40}$",
    r"(?:最后|最後)?更新(?:时间|時間)? ?[:：] ?\d{4}.{0,30}$",
    r"(?:本文)?原(?:标题|標題|题) ?[:：].{1,120}$",
    r"[（(【\[]? ?(?:纠错|糾錯|报错)(?: ?[】\])）].{0,40})?$",
    r".{0,12}举报(?:电话|邮箱|热线|信箱|中心) ?[:：].{0,80}$",
    (
        r"(?!.{0,60}(?:记者|消费者|市民|用户|游客|乘客|学生|警方)).{0,60}(?:扫描|扫一扫|扫码|长按|識別|识别|掃描).{0,10}(?:二维码|二維碼)"
        r".{0,20}(?:关注|關注|公众号|公眾號|下载|下載|解锁|查看|加入).{0,60}$"
    ),
    r".{0,60}(?:icp ?[备備证證]|公网安备).{0,200}$",
)
SIGNS = (  # Of those who wrote and edited a report, as German agencies set them below it: "kno/mir/", "dpa/kno".
    r"\(?(?:[a-z]{2,4} ?/ ?){1,6}(?:(?<=/)|(?<=/ ))\)?$",
    r"\(?(?=.{0,40}\b(?:dpa|afp|apa|sda|sid|epd|kna|rtr|ap)\b)[a-z]{2,4}(?: ?/ ?[a-z]{2,5}){1,5}\)?$",
)
EASTERN_NOTES = (  # Chinese: that the text is nobody's opinion but its writer's, and that none may reprint it.
    r"(?:免责|特别|版权|郑重|重要)(?:声明|提示) ?[:：].{0,400}$",
    r"(?:声明 ?[:：] ?.{0,40})?(?:本文|本网|本站|以上|网友评论|文章|作者|内容|原创|转载|平台).{0,160}(?:不代表|并不表明|并不代表|不表示|不构成).{0,60}(?:观点|立场|意见|看法|建议).{0,160}$",
    r"声明 ?[:：].{0,120}(?:不代表|不构成|版权|转载|投资建议).{0,160}$",
    r".{0,40}(?:本文|本网|本站|版权|所刊载|原创|独家|稿件).{0,60}未经.{0,16}(?:不得|禁止|严禁|请勿).{0,10}(?:转载|使用|转发).{0,160}$",
    r"(?:本文|文中|以上)?(?:所有|部分|配图)?(?:图片|文章|内容|素材).{0,4}(?:来自|来源于?|源自|转自)(?:互联)?网络.{0,30}$",
)
EASTERN_CAPTIONS = (  # Chinese and Japanese: what a picture shows, and who took it.
    r"[▲△▼■]?(?:図|图|圖)(?:为|為|[：:／/])|图片(?:说明|来源)|圖片(?:說明|來源)|【(?:写真|動画|図解?|画像|映像|フォト|图|圖)[^】]{0,12}】.{0,120}$",
    r".{0,200}[。＝=／/（(、，：:　 ][^。，、]{1,20}(?:撮影|撮す|摄影?|攝影?)[）)]?。?$",
)
DISCLAIMERS = (  # Law that stands below a letter or a release, however long; by how it begins.
    (  # Above it: that it comes from elsewhere.
        r"\W{0,3}(?:(?:caution|warning|attention|achtung|vorsicht|atención|attenzione|let op)\b.{0,40}\b(?:e-?mail|message|nachricht|courriel|correo|mensaje|messaggio|bericht)\b"
        r".{0,60}\b(?:outside|external|externe\w?|außerhalb|extérieur\w*|externo|esterno|extern|buiten)\b|(?:this (?:e-?mail|message)) (?:originated|came|was sent) from outside\b)"
    ),
    r"(?:\W{0,3}(?:confidentiality|legal) (?:notice|note)\b)",
    r"(?:the information (?:contained )?in )?this (?:e-?mail|message|communication|transmission)\b.{0,140}\b(?:confidential|privileged)",
    r"diese (?:e-?mail|nachricht)\b.{0,80}\bvertrauliche|ce (?:message|courriel|courrier électronique)\b.{0,100}\bconfidentiel|este (?:mensaje|correo)\b.{0,100}\bconfidencial|questo messaggio\b.{0,100}\b(?:confidenzial|riservat)",
    r"(?:(?:certain|some|the) )?(?:statements? (?:in|contained in) )?this (?:press |news |media )?(?:release|announcement|document|presentation|communication)\b.{0,120}\bforward[- ]looking",
    r"(?:(?:cautionary )?(?:note|statement) (?:on|about|regarding|concerning) )?forward[- ]looking (?:statements?|information)\b|safe harbou?r statement\b",
    r"diese (?:presse)?(?:mitteilung|meldung|information)\b.{0,80}\b(?:zukunftsgerichtete|in die zukunft gerichtete)",
)
CAPTIONS = (
    r"(?=.*사진).{0,200}[\[(/▲<] ?(?:자료 ?)?사진 ?(?:제공)? ?[=＝:/].{1,40}$",
    r"(?:file|undated|archive|handout|stock|representational|representative|illustration|photo illustration)(?: photo| picture| image| photograph| pic)?(?: ?[–—:(]| ?-(?!\w)| of\b)",
    r"(?:photo|image|picture|photograph|credit|credits|caption|images|photos|pic|foto|bild|bildquelle|imagen|crédits?|quelle|graphic|illustration|video)s?(?: credits?| courtesy| source| by)? ?[:|/©(]",
    r"(?:photo|image|picture|photograph|photos|images|illustration|graphic|video|screenshot|screengrab)s? (?:by|via|courtesy|credit|from|provided)\b.{0,120}$",
    r"(?:(?=.*\()|(?=.*\[)).{0,400}[\[(](?:photo|image|picture|pic|file|credit|photograph|foto|photo by|file photo|file pic)\b[^\])]{0,100}[\])]\.?$",
    r"(?:(?=.*\()|(?=.*\[)).{0,400}[\[(][^\])/\d]{1,60}(?:/| via )[^\])\d]{1,60}[\])]$",
    r"(?=.*: ).{0,500}\b(?:image|photo|picture|photograph|source|credit)(?: credit)?s?: .{1,60}$",
    r"(?:(?=.*\|)|(?=.*/)|(?=.*via)).{0,200}(?:\||/| via) ?(?:\w{1,20} )?(?:images|photos?|pictures|photography)\b.{0,30}$",
    r"(?:enlarge|view|open|hide|toggle) (?:this )?(?:image|caption|photo|gallery)",
)
CONSENT = (  # The same said without doubt, wherever it stands: a platform or cookies, and what is not loaded for them.
    r"we need your (?:consent|permission) to (?:load|show|display|embed|play)\b.{0,400}$",
    r"(?:wir (?:benötigen|brauchen) ihre (?:zustimmung|einwilligung),? um|nous avons besoin de votre (?:consentement|accord) pour|necesitamos (?:su|tu) (?:consentimiento|permiso) para|abbiamo bisogno del (?:tuo|suo) consenso per|(?:we|wij) hebben (?:uw|je|jouw) toestemming nodig om|vi (?:behöver|trenger|har brug for) (?:ditt|dit) (?:samtycke|samtykke) (?:för|for|til)|potrzebujemy (?:twojej|państwa) zgody|potřebujeme váš souhlas)\b.{0,300}$",
    _THIS_TEXT
    + r"\b.{0,30}\b(?:blocked|blockiert|bloquée?|bloquead[oa]|bloccato|geblokkeerd|blokker\w+|blockera\w*|zablokowan\w|заблокирован\w?|engellen\w+)\b.{0,80}\b(?:cookies?|traceurs|tracker\w*|consent\w*|zustimm\w*)",
)
EMBEDS = (  # What stands where a reader has not agreed to load a post or a video from elsewhere.
    (
        r".{0,120}\b(?:external|third[- ]party|externe\w*|extern\w*|esterno|externo|zewnętrzn\w*|externí\w*) (?:content|contents|platform|provider|inhalte?n?|contenus?|contenuti?|contenidos?|conteúdos?|innhold|innehåll|indhold|treści|obsah)"
        r"\b.{0,200}$"
    ),
    r"(?:to (?:view|see|watch|display|show) this|pour (?:afficher|voir|visionner|consulter) ce|para (?:ver|visualizar|exibir|acceder a) este|per (?:visualizzare|vedere) questo|om de(?:ze|ze) \w+ te (?:bekijken|tonen|zien)|för att (?:se|visa) (?:detta|innehållet)|for å (?:se|vise) (?:dette|innholdet)|um diese\w* \w+ (?:zu sehen|anzuzeigen|anzusehen)|aby (?:zobaczyć|wyświetlić)|pro zobrazení|чтобы (?:увидеть|просмотреть) это|bu içeriği görüntülemek)\b.{0,200}$",
    r"(?:this (?:article|content|post|story) (?:contains|includes|is provided by|is hosted by)|cet? (?:article|contenu) (?:contient|est hébergé|n'a pas pu être)|este (?:artículo|contenido) (?:contiene|incluye|está alojado)|questo (?:articolo|contenuto) (?:contiene|è ospitato))\b.{0,140}\b(?:cookies|content|platform|permission|contenus?|contenido|contenuti?|plataforma|piattaforma|plateforme)\b.{0,120}$",
    r"(?:embed|embedded content|load content|inhalt laden|charger le contenu|cargar contenido|carica contenuto|link zum \w+-inhalt)$",
    r"empfohlener (?:externer |redaktioneller )?inhalt",
    r".{0,90}\bextern\w{0,2} inhalt",
)


def phrases(alternatives: tuple[str, ...]) -> re.Pattern[str]:
    """One expression for any of the alternatives."""
    return re.compile("|".join(f"(?:{one})" for one in alternatives))
