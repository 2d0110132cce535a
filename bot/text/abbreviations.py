"""What is cut short before a name: its full stop ends no sentence while a capital follows."""

from __future__ import annotations

from functools import lru_cache

_BEFORE_NAMES = {
    "cs": "ing mgr bc mudr judr phdr doc prof dr ul nám tř mj tzv sv gen plk",
    "da": "hr fr frk doc prof dr skt adv kapt",
    "de": "fa abg hl st stv stellv dr prof dipl ing frl hr fr gebr bgm pfr geb",
    "es": "av avda lic licda ing arq mons gral cnel sr sra srta dr dra prof",
    "fi": "prof dos dipl ins kapt",
    "fr": "pr dr prof mgr st ste av bd mme mlle",
    "id": "jl kh hj dr drs prof bpk sdr",
    "it": "dott prof avv sig ing geom rag arch on sen mons gen",
    "nb": "hr fr frk doc prof dr adv kapt",
    "nl": "dhr mevr mej drs ir ing mr dr prof ds",
    "pl": "ul al pl os św ks mec inż mgr dr prof hab bp abp płk tzw woj",
    "pt": "exmo exma ilmo ilma sr sra dr dra eng prof profa av",
    "ru": "ул просп пер пл акад проф",
    "sv": "doc prof dr hr fr adv kapt",
    "sw": "bw bi mhe dkt prof",
    "tr": "av doç dr prof sn cad sok mah",
    "uk": "вул просп пров пл ім акад проф",
}
"""By ISO 639-1 code, without their full stops: titles, saints, firms, streets that are named after somebody.

What is a word as well ("им", "im", "min") is left out: a sentence ends with a word more often."""

_SAME = {"no": "nb", "nn": "nb"}
_WORDS = {code: frozenset(words.split()) for code, words in _BEFORE_NAMES.items()}


@lru_cache(maxsize=64)
def before_names(language: str | None) -> frozenset[str]:
    """The abbreviations of a language that a name follows; none of a language that has no list."""
    code = (language or "").replace("_", "-").split("-")[0].lower()
    return _WORDS.get(_SAME.get(code, code), frozenset())
