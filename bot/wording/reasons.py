"""Why something did not come about: one English text for each code, told in the language spoken now.

A text names its arguments, as :meth:`str.format` does; where a count changes other words, it is a function.
An argument may be a reason itself, and is told in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.wording.language import say
from bot.wording.phrases import beyond_limit
from bot.wording.platform_reasons import PLATFORMS
from bot.wording.sources import SOURCES

_DAMAGED = "it is damaged, so that its reader stopped ({said}); save it again or as text"
_NO_ENCODING = "its characters are in no encoding that is known here; save it as UTF-8"
_TOO_DEEP = "its HTML is nested too deep to be read whole"

TEXTS: Mapping[str, str | Callable[..., str]] = {
    "words": "{words}",
    # A file as it lies in a folder.
    "file.vanished": "there is no such file, or it vanished before it could be read; drop it again",
    "file.link": "it is a link, and links are not followed; copy the file itself",
    "file.forbidden": "it may not be read; give the desk's user permission to read it",
    "file.folder": "it is a folder named like an article; put the files themselves here",
    "file.deep_folder": "it is a folder more than {most} folders deep, and none is looked into there; move its files further up",
    "file.irregular": "it is not a regular file; copy its content into one",
    "file.failed": "it cannot be read ({said}); drop it again",
    "file.max_mb": "it has {megabytes:.1f} MB and the most is {most:g} MB; split it or raise [inbox] max_mb",
    # What a file is.
    "file.empty": "the file is empty; drop it again once it has text",
    "file.too_large": "the file has {size:,} bytes and the limit is {most:,}; split it into one file for each article",
    "file.zip": "this is a ZIP archive, and {why}",
    "file.unread": (
        "this is {kind}, which is not read; save the article as text, Markdown, HTML, mail, PDF, DOCX, ODT, RTF, EPUB, "
        "JSON, a feed, NITF or NewsML-G2"
    ),
    "kind.binary": "a binary file",
    "kind.bzip2": "a bzip2 archive",
    "kind.xz": "an xz archive",
    "kind.7z": "a 7z archive",
    "kind.rar": "a RAR archive",
    "kind.zstandard": "a Zstandard archive",
    "kind.png": "a PNG image",
    "kind.jpeg": "a JPEG image",
    "kind.gif": "a GIF image",
    "kind.tiff": "a TIFF image",
    "kind.riff": "a sound, video or WebP file",
    "kind.old_office": "an old office document",
    "kind.mp3": "an MP3 file",
    "kind.ogg": "an Ogg file",
    "kind.program": "a program",
    "kind.sqlite": "an SQLite database",
    "kind.spreadsheet": "a spreadsheet",
    "kind.presentation": "a presentation",
    "kind.opendocument": "an OpenDocument file that holds no text",
    "kind.entities": "an XML document that declares entities of its own, as bombs do",
    "kind.xml": "an XML document of another kind (<{name}>)",
    # Whatever the format is.
    "document.damaged": _DAMAGED,
    "document.nested": "it is nested too deep to be read",
    "document.no_body": "no body text is left once menus and notices are taken away; drop the article's own text",
    "document.several": "it holds {count:,} articles; they are read one by one",
    "document.no_article": "there is no article in it; drop the articles themselves",
    "document.too_many": "it holds more than {most:,} articles; split it",
    "document.boxed": "it lies in more than {most} archives or mails inside each other",
    "document.none_of": "none of its {count:,} parts is an article; {place}: {why}",
    "document.part": "{place}: {why}",
    "document.some_of": "{bad} of {count} articles could not be read, the first: {place}: {why}",
    "text.encoding": "its characters are in no encoding that is known here; save it as UTF-8 text",
    "text.blank": "the file has no visible text; drop it again once it has some",
    "text.lines": "the file has more than {most:,} lines, so it is a log or a table and no article; leave it out",
    # An embargo.
    "held.until": "it is under embargo until {at}, and is taken in by itself then",
    "held.unclear": (
        "its {field} says “{said}”, which is no moment that is known here, so it is held; drop it again with one such as "
        "2026-11-24T09:00+01:00, 2026-11-24 or Tue, 24 Nov 2026 09:00:00 GMT"
    ),
    # Archives.
    "archive.unopened": "the archive is not opened: {why}",
    "archive.gzip_unopened": "the gzip file is not opened: {why}",
    "archive.files": "it holds {count:,} files and the most is {most:,}; split it",
    "archive.listing": "it lists more files than an archive may have; split it",
    "archive.unpacks_to": "it unpacks to {size:,} bytes and the limit is {most:,}",
    "archive.too_much": "it unpacks to more than {most:,} bytes; split it",
    "archive.bomb": "it unpacks to more than {most} times its size, as a bomb does",
    "archive.path": "its path leads out of the archive, as no packer of articles writes one; pack it again",
    "archive.hidden": "its name is hidden, with a dot at its beginning; rename it to have it read",
    "archive.locked": "it is locked by a password; pack it without one",
    "archive.method": "it is packed by a method other than deflate; pack it again",
    "archive.damaged": "it is damaged ({said}); pack it again",
    "archive.file_damaged": "it is damaged in the archive ({said}); pack it again",
    "archive.gzip_damaged": "it is damaged ({said}); fetch it again",
    "archive.cut": "it is cut short; fetch it again",
    "archive.ends": "it ends in the middle; fetch it again",
    # Formats.
    "html.no_text": "the page holds no article text; if the browser shows one, save the page again after it has loaded",
    "html.encoding": _NO_ENCODING,
    "html.nested_parts": "its parts are nested deeper than any browser nests them; leave it out",
    "html.no_page": "no web page is in this snapshot; save it again from the browser",
    "html.attributes": "one of its tags has thousands of attributes, which no article's page has; leave it out",
    "html.no_markup": "the page holds no markup that can be read; save it again from the browser",
    "html.levels": "its markup is nested deeper than 255 levels, which no article is; leave it out",
    "html.elements": "it has {count:,} elements and the limit is {most:,}; save the article alone",
    "html.too_deep": _TOO_DEEP,
    "pdf.pages": "this PDF has {count:,} pages and the most is {most}; save the article's own pages",
    "pdf.pictures": "this PDF has pictures of pages and no text; let a text recognition run over it first",
    "pdf.locked": "this PDF is locked by a password; save it without one",
    "pdf.damaged": _DAMAGED,
    "pdf.page_damaged": "its page {page} is damaged; save it again or as text",
    "pdf.crowded": "this PDF has a page of {count:,} characters and the most is {most:,}; save it as text",
    "docx.unopened": "the Word document is not opened: {why}",
    "odt.unopened": "the OpenDocument text is not opened: {why}",
    "odt.no_text": "the OpenDocument file holds no text; save it as text",
    "rtf.too_long": "this RTF document has {count:,} characters and the limit is {most:,}; save it as text",
    "epub.unopened": "the e-book is not opened: {why}",
    "epub.bought": "it is locked to its buyer; save the articles as text",
    "epub.no_contents": "its list of contents is missing; save it again",
    "epub.missing": "{path} is missing, or in no encoding that is known here",
    "mail.unread": "the mail is not read: {why}",
    "mail.no_text": "the mail has no text; drop the article's own text",
    "mail.parts": "it has more than {most:,} parts; split it",
    "mail.nested": "its HTML is nested too deep",
    "feed.no_text": "it has a title and no text; the page that it links to has the article",
    "xml.unsound": "it is no sound XML ({said})",
    "news.unread": "the news XML is not read: {why}",
    "news.no_paragraphs": "its body has no paragraphs",
    "news.class": "it is a news item of another class ({name})",
    "news.no_text": "it brings no text of its own",
    "json.unread": "the JSON is not read: {why}",
    "json.encoding": _NO_ENCODING,
    "json.empty": "it is an empty list",
    "json.invalid": "it is no valid JSON ({said}, line {line})",
    "json.number": "it is no valid JSON (a number too long)",
    "json.line": "line {line} is no valid JSON",
    "json.no_fields": "it is a text without fields",
    "json.no_object": "it is no object with fields",
    "json.removed": "its outlet has removed it",
    "json.no_text": "it has no field `text` or `html`",
    # The desk itself, and its workers.
    "desk.ended": (
        "the desk ended {times} times while it worked on this file, so it is not tried again by itself; "
        "move it back into the inbox to have it tried again"
    ),
    "desk.failed": "the desk failed on it ({fault}); this is a fault of the desk: please report it with the log",
    "work.stopped": "reading was stopped: {why}",
    "work.seconds": "it took longer than {most:g} seconds",
    "work.memory": "it needed more than {most} MB of memory",
    "work.nested": "it is nested too deep",
    "work.crashed": "it made its reader crash",
    "work.no_worker": "no worker could be started ({said})",
    "work.died": "{times} workers ended while they worked on it; move it back into the inbox to have it tried again",
    # What a file was, that became no article of its own, and what is not in a digest.
    "known.same": 'same text as "{file}"',
    "known.earlier": 'earlier version of "{file}"',
    "known.text": "this text is in the library already",
    "known.forgotten": (
        "it was forgotten on purpose, so it does not come back by itself; `copydesk ingest --forgotten` takes it in again"
    ),
    "correction.of_headline": "a correction of “{headline}”",
    "correction.of_file": 'a correction of "{file}"',
    "digest.corrected": 'corrected by the later file "{file}"',
    "digest.unreadable": "it could not be read",
    "digest.off_topic": "not about this channel’s topics",
    "digest.beyond_limit": beyond_limit,
    "digest.nothing_new": "told here before, and nothing in it is new: “{headline}”",
    "digest.muted": "muted here: {query}",
    # What the owner hears.
    "owner.posting_waits": "posting waits: {why}",
    "owner.address_waits": "posting to {at} waits: {why}",
    "owner.part_held": "part {part} of {parts} for {at} is held back: {why}",
    "owner.refused": "part {part} of {parts} was refused: {why}",
    "owner.part_doubtful": "part {part} of {parts} for {at} may or may not have been posted: {why}",
    "owner.part_aside": "part {part} of {parts} for {at} is set aside: {why}",
    "owner.moved": (
        "{at} has moved: it is {to} now. Put it in place of the old one in the configuration, under [access] and [[channels]]"
    ),
    "owner.topic_gone": "the topic of {at} is gone: what was for it goes to {to}",
    "told.topic_gone": "The topic that your digests came to is gone. They come here from now on.",
    "owner.gets_no_digests": "{at} gets no more digests: {why}. What it misses comes as one catch-up, as soon as it can",
    "owner.nothing_posted": "nothing is posted to {platform} any more: {why}",
    "owner.correction_waits": "what was posted of article {number} is not corrected yet: {why}",
    "owner.not_corrected": "what was posted of article {number} cannot be corrected: {why}",
    "owner.unrecorded": "what was posted cannot be recorded yet: {why}",
    "owner.digest_waits": 'the digest "{name}" waits: {why}',
    "owner.no_platform": "no digest is made for {names}: {why}",
    "owner.digest_failed": 'the digest "{name}" cannot be made: {why}',
    "owner.digest_aside": (
        'the digest "{name}" of {key} is set aside: the desk ended or failed {times} times while it made it; the next one tells '
        "what it would have told, or `copydesk digest send {name}` now"
    ),
    "owner.alert_aside": (
        'the digest "{name}" of {key} is set aside: the desk ended or failed {times} times while it made it; what it would have '
        "told is found by /search"
    ),
    "owner.no_digests": "no digest can be made now: {why}",
    "owner.inbox": "the inbox could not be emptied: {why}",
    "owner.unattended": (
        "nobody takes the work that this desk hands out, so nothing is read: start `copydesk worker`, of this version and on "
        "this database"
    ),
    "owner.file_aside": "{file} is set aside: {why}",
    "owner.file_held": "{file} is held: {why}",
    "owner.unheard": "nobody is heard on {platform}: {why}",
    "owner.unanswered": "nobody is answered on {platform}: {why}",
    "owner.answer_failed": "{at}: an answer failed: {why}",
    "owner.inline_failed": "{at}: an inline answer failed: {why}",
    "owner.gift_failed": "{at}: a file for the inbox failed: {why}",
    "owner.press_failed": "{at}: a button's answer failed: {why}",
    "owner.move_failed": "{at}: a change of address failed: {why}",
    "owner.third_time": "{at}: a change of address came a third time and is passed over",
    "owner.closes": "this desk closes: {why}",
    "owner.loop_ended": "{name} ended unexpectedly ({fault}) and is started again; the log has more",
    # What became of a part of a digest.
    "post.call": "{chat}: {why}",
    "post.ended": "the process ended before the answer came",
    "post.unsubscribed": "the subscription was removed",
    "post.forgotten": "what it told was forgotten",
    "post.no_edits": "what was posted there cannot be changed",
    "post.no_look": "it cannot be looked up now: {why}",
    "post.look_failed": "it cannot be looked up: {fault}",
    "post.not_found": "not found yet",
    "post.no_parent": "its headline, part {part}, was not posted, as far as is known",
    "post.absent": "the platform does not have it",
    "post.set_aside": "the desk ended {times} times while it posted this; `copydesk deliver --again` posts it",
    "post.unprinted": "standard output cannot be written: {said}",
    "post.closing": "the desk is closing",
    "post.terminal": "a terminal keeps nothing",
    **PLATFORMS,
    **SOURCES,
}


def told(code: str, arguments: Mapping[str, object]) -> str:
    """The reason in words; one that this version does not know is told by its code and arguments."""
    text = TEXTS.get(code)
    try:
        if text is not None:
            return say(text, **arguments) if isinstance(text, str) else text(**arguments)
    except (LookupError, TypeError, ValueError):  # an argument of another version
        pass
    listed = ", ".join(f"{name}: {value}" for name, value in arguments.items())
    return f"{code} ({listed})" if listed else code
