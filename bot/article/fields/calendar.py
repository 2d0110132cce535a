"""The names of months and of days of the week, as outlets of some forty languages write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

# Babel has them, too, but loads forty locales in half a second, which each desk and each reader would wait for at its start,
# and lacks the forms that outlets write besides ("sept", "märz" and "mrz").
_MONTH_NAMES = (
    (
        "january jan januar jänner jän janvier janv enero ene gennaio gen janeiro januari ocak stycznia styczeń ledna leden января янв январь січня січень "
        "tammikuuta tammikuun tammikuu tammi يناير كانون_الثاني जनवरी בינואר ינואר ιανουαρίου ιανουάριος ιαν ιανουαριου ianuarie janvāris janvārī jaanuar "
        "január januára januarja januara sausio gener xaneiro януари јануар јануара студзеня ژانویه جنوری জানুয়ারি जानेवारी ஜனவரி იანვარი janúar tháng_1 "
        "tháng_01 siječnja"
    ),
    (
        "february feb februar feber février févr fév febrero febbraio febr fevereiro fev februari şubat lutego luty února únor февраля фев февраль лютого лютий "
        "helmikuuta helmikuun helmikuu helmi فبراير شباط फरवरी फ़रवरी בפברואר פברואר φεβρουαρίου φεβρουάριος φεβ φεβρουαριου februarie februāris februārī "
        "veebruar február februára februarja februara vasario febrer febreiro февруари фебруар фебруара лютага فوریه فروری ফেব্রুয়ারি फेब्रुवारी பிப்ரவரி "
        "თებერვალი febrúar tháng_2 tháng_02 veljače"
    ),
    (
        "march mar märz mär mrz mars marzo março maart marts mrt mart marca marzec března březen марта мар март березня березень maaliskuuta maaliskuun "
        "maaliskuu maalis maret مارس آذار मार्च במרץ מרץ במרס מרס μαρτίου μάρτιος μαρ μαρτιου martie martā märts március márc marta kovo març сакавіка مارچ "
        "মার্চ மார்ச் მარტი tháng_3 tháng_03 ožujka"
    ),
    (
        "april apr avril avr abril abr aprile nisan nis kwietnia kwiecień dubna duben апреля апр апрель квітня квітень huhtikuuta huhtikuun huhtikuu huhti "
        "أبريل ابريل نيسان अप्रैल באפריל אפריל απριλίου απρίλιος απρ απριλιου aprilie aprīlis aprīlī aprill április ápr apríla aprila balandžio април красавіка "
        "آوریل اپریل এপ্রিল एप्रिल ஏப்ரல் აპრილი apríl tháng_4 tháng_04 travnja"
    ),
    (
        "may mai mayo maggio mag maio maj mei mayıs maja května květen мая май травня травень toukokuuta toukokuun toukokuu touko مايو أيار मई במאי מאי μαΐου "
        "μάιος μαϊου μαιου maijs maijā május máj mája gegužės maig мај маја مئی মে मे மே მაისი maí tháng_5 tháng_05 svibnja"
    ),
    (
        "june jun juni juin junio giugno giu junho haziran haz czerwca czerwiec června červen июня июн июнь червня червень kesäkuuta kesäkuun kesäkuu kesä "
        "يونيو حزيران जून ביוני יוני ιουνίου ιούνιος ιουν ιουνιου iunie jūnijs jūnijā juuni június jún júna junija juna birželio juny xuño юни јун јуна чэрвеня "
        "ژوئن جون জুন ஜூன் ივნისი júní lipnja tháng_6 tháng_06"
    ),
    (
        "july jul juli juillet juil julio luglio lug julho temmuz tem lipca lipiec července červenec июля июл июль липня липень heinäkuuta heinäkuun heinäkuu "
        "heinä يوليو تموز जुलाई ביולי יולי ιουλίου ιούλιος ιουλ ιουλιου iulie jūlijs jūlijā juuli július júl júla julija jula liepos juliol xullo юли јул јула "
        "ліпеня ژوئیه جولائی জুলাই जुलै ஜூலை ივლისი júlí srpnja julai tháng_7 tháng_07"
    ),
    (
        "august aug août aou agosto ago augusti augustus ağustos ağu agustus sierpnia sierpień srpna srpen августа авг август серпня серпень elokuuta elokuun "
        "elokuu elo أغسطس آب अगस्त באוגוסט אוגוסט αυγούστου αύγουστος αυγ αυγουστου augusts augustā augusztus augusta avgusta rugpjūčio agost жніўня اوت اگست "
        "আগস্ট ऑगस्ट ஆகஸ்ட் აგვისტო ágúst kolovoza tháng_8 tháng_08"
    ),
    (
        "september sep sept septembre septiembre settembre set setembro eylül eyl września wrzesień září сентября сен сент сентябрь вересня вересень syyskuuta "
        "syyskuun syyskuu syys سبتمبر أيلول सितंबर सितम्बर בספטמבר ספטמבר σεπτεμβρίου σεπτέμβριος σεπ σεπτ σεπτεμβριου septembrie septembris septembrī "
        "szeptember szept septembra rugsėjo setembre септември септембар септембра верасня سپتامبر ستمبر সেপ্টেম্বর सप्टेंबर செப்டம்பர் სექტემბერი rujna "
        "tháng_9 tháng_09"
    ),
    (
        "october oct oktober okt octobre octubre ottobre ott outubro out ekim eki października październik října říjen октября окт октябрь жовтня жовтень "
        "lokakuuta lokakuun lokakuu loka lok أكتوبر تشرين_الأول اكتوبر अक्टूबर अक्तूबर באוקטובר אוקטובר οκτωβρίου οκτώβριος οκτ οκτωβριου octombrie oktobris "
        "oktobrī oktoober október októbra oktobra spalio октомври октобар октобра кастрычніка اکتبر اکتوبر অক্টোবর ऑक्टोबर அக்டோபர் ოქტომბერი tháng_10"
    ),
    (
        "november nov novembre noviembre novembro kasım kas listopada listopad listopadu ноября ноя нояб ноябрь листопада листопад marraskuuta marraskuun "
        "marraskuu marras نوفمبر تشرين_الثاني नवंबर नवम्बर בנובמבר נובמבר νοεμβρίου νοέμβριος νοε νοεμ νοεμβριου noiembrie novembris novembrī novembra "
        "lapkričio ноември новембар новембра лістапада نوامبر نومبر নভেম্বর नोव्हेंबर நவம்பர் ნოემბერი nóvember studenoga studenog tháng_11"
    ),
    (
        "december dec dezember dez décembre déc diciembre dic dicembre dezembro desember aralık ara grudnia grudzień prosince prosinec декабря дек декабрь "
        "грудня грудень joulukuuta joulukuun joulukuu joulu ديسمبر كانون_الأول दिसंबर दिसम्बर בדצמבר דצמבר δεκεμβρίου δεκέμβριος δεκ δεκεμβριου decembrie "
        "decembris decembrī detsember decembra gruodžio desembre декември децембар децембра снежня دسامبر دسمبر ডিসেম্বর डिसेंबर டிசம்பர் დეკემბერი prosinca "
        "tháng_12"
    ),
)

_WEEKDAY_NAMES = (
    (
        "monday mon montag lundi lunes lunedì segunda-feira maandag måndag mandag maanantai maanantaina poniedziałek pondělí понедельник понеділок सोमवार "
        "الاثنين الإثنين יום_שני δευτέρα luni hétfő понеделник понедељак ponedjeljak ponedeljek pondelok senin thứ_hai پیر সোমবার esmaspäev pirmadienis "
        "pirmdiena dilluns luns"
    ),
    (
        "tuesday tue tues dienstag mardi martes martedì terça-feira dinsdag tisdag tirsdag tiistai tiistaina wtorek úterý вторник вівторок मंगलवार الثلاثاء "
        "יום_שלישי τρίτη marți kedd уторак utorak torek utorok selasa thứ_ba منگل মঙ্গলবার teisipäev antradienis otrdiena dimarts"
    ),
    (
        "wednesday wed mittwoch mercredi miércoles mercoledì quarta-feira woensdag onsdag keskiviikko keskiviikkona środa środę středa středu среда среду "
        "середа середу बुधवार الأربعاء יום_רביעי τετάρτη miercuri szerda сряда srijeda sreda streda rabu thứ_tư بدھ বুধবার kolmapäev trečiadienis trešdiena "
        "dimecres"
    ),
    (
        "thursday thu thur thurs donnerstag jeudi jueves giovedì quinta-feira donderdag torsdag torstai torstaina czwartek čtvrtek четверг четвер गुरुवार "
        "الخميس יום_חמישי πέμπτη joi csütörtök четвъртък четвртак četvrtak četrtek štvrtok kamis thứ_năm جمعرات বৃহস্পতিবার neljapäev ketvirtadienis "
        "ceturtdiena dijous"
    ),
    (
        "friday fri freitag vendredi viernes venerdì sexta-feira vrijdag fredag perjantai perjantaina piątek pátek пятница пятницу शुक्रवार الجمعة יום_שישי "
        "παρασκευή vineri péntek петък петак petak petek piatok jumat thứ_sáu جمعہ শুক্রবার reede penktadienis piektdiena divendres"
    ),
    (
        "saturday sat samstag sonnabend samedi sábado sabato zaterdag lördag lørdag lauantai lauantaina sobota sobotę sobotu суббота субботу субота суботу "
        "शनिवार السبت יום_שבת σάββατο sâmbătă szombat събота subota sabtu thứ_bảy ہفتہ শনিবার laupäev šeštadienis sestdiena dissabte"
    ),
    (
        "sunday sun sonntag dimanche domingo domenica zondag söndag søndag sunnuntai sunnuntaina niedziela niedzielę neděle neděli воскресенье неділя неділю "
        "रविवार الأحد יום_ראשון κυριακή duminică vasárnap неделя недеља nedjelja nedelja nedeľa chủ_nhật اتوار রবিবার pühapäev sekmadienis svētdiena "
        "diumenge"
    ),
)


def _numbered(rows: Iterable[str], first: int) -> dict[str, int]:
    return {
        name.replace("_", " "): number for number, names in enumerate(rows, first) for name in names.split()
    }


MONTHS = _numbered(_MONTH_NAMES, 1)
"""The number of each month, January first, by each name of it in small letters."""

WEEKDAYS = _numbered(_WEEKDAY_NAMES, 0)
"""The number of each day, Monday 0, by each name of it in small letters."""

THAI_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "มกราคม ม.ค.", "กุมภาพันธ์ ก.พ.", "มีนาคม มี.ค.", "เมษายน เม.ย.", "พฤษภาคม พ.ค.", "มิถุนายน มิ.ย.",
            "กรกฎาคม ก.ค.", "สิงหาคม ส.ค.", "กันยายน ก.ย.", "ตุลาคม ต.ค.", "พฤศจิกายน พ.ย.", "ธันวาคม ธ.ค.",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
JALALI_MONTHS = _numbered(
    ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"], 1
)
"""The months of the year of Iran and Afghanistan, which begins in March."""

_PEOPLE_TOO = frozenset({"marta", "maja", "augusta", "julija"})
"""Months in some language, and in others names of people."""


def is_of_the_calendar(word: str) -> bool:
    """Whether the word names a month or a day of the week, and is nobody's name."""
    name = word.rstrip(".").casefold()
    return (name in MONTHS and name not in _PEOPLE_TOO) or name in WEEKDAYS


def any_of(names: Iterable[str]) -> str:
    """A pattern of any of ``names``, the longest first; by their first letters, as trying each at every word takes long."""
    longest = sorted(names, key=lambda name: (name[:1], -len(name)))
    return "|".join(
        f"{re.escape(first)}(?:{'|'.join(re.escape(name[1:]) for name in named)})"
        for first, named in groupby(longest, key=lambda name: name[:1])
    )
