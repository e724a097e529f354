"""Whether a full stop ends a sentence or an abbreviation, from the words on both sides."""

import re
from enum import Enum

__all__ = ["Stop", "judge_stop"]


class Stop(Enum):
    """What a full stop does."""

    ENDS = "ends the sentence"
    SHORTENS = "shortens the word before it"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Always followed by a name: the sentence goes on.
_TITLES = _words(
    "mr mrs ms mx dr prof gen lt col maj capt cpt cmdr cmdre comdr cdr adm brig sgt cpl pvt pfc"
    " spc ens sen rep reps sens gov govs rev hon pres supt insp det amb atty dist fr st ste mt ft"
    " messrs mme mlle msgr sheik sh eng engr vice dep asst assoc hq vs viz cf"
)
# Followed by a number where they shorten anything.
_NUMBERED = _words(
    "no nos art arts sec secs fig figs vol vols pp p para paras ch op pt res ca c est approx app"
    " tel ext v jan feb mar apr jun jul aug sep sept oct nov dec"
)
# May end a sentence or not: the next word tells.
_EITHER = _words(
    "inc corp ltd co cos bros plc llc jr sr etc al dept univ assn ave blvd rd ariz ark calif colo"
    " conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa tenn"
    " tex va vt wash wis wyo ala intl natl govt mgr sq mi km hrs mins ph jan feb mar apr jun jul"
    " aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun e.g i.e"
)
# Words that start sentences and hardly ever follow an abbreviation inside one.
_STARTERS = _words(
    "the a an in on at it he she they we i you this that these those there but and or so if when"
    " while after before as for from by with since although though however meanwhile some many"
    " most such what who why how where its his her their our my your not now then also to both"
    " each every several according yet still once earlier later until because during despite"
    " among another other others even here instead it's he's she's they've that's there's i'm"
    " we're nor neither either all any one two three nearly about around almost more"
)
# Words that follow a time of day inside a sentence.
_AFTER_CLOCK = _words(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat"
    " sun jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june"
    " july august september october november december est edt cst cdt mst mdt pst pdt gmt utc bst"
    " cet cest eet eest ist msk eastern central mountain pacific greenwich local standard"
)
_NEXT = re.compile(r"[\"'“‘«(\[]*([^\W_]+(?:['’][a-z]+)?)(\S?)")
_DOTTED = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]\Z")
_LAST = re.compile(r"[^\s(\[\"“'‘,;/—–-]*\Z")


def judge_stop(before: str, after: str) -> Stop:
    """Judge a single full stop that is not followed by a word in lower case.

    Args:
        before: A few dozen characters up to the stop, without it.
        after: A few dozen characters from the next word on.

    Returns:
        What the stop does. Where both are possible the next word decides.
    """
    found = _LAST.search(before.rstrip())
    token = found.group() if found else ""
    if not token or (len(token) > 5 and "." not in token):
        return Stop.ENDS
    following = _NEXT.match(after)
    word = following[1].lower() if following else ""
    is_starter = word.replace("’", "'") in _STARTERS and (not following or following[2] != ".")
    if after[:1].isdigit() and token.lower() in _NUMBERED:
        return Stop.SHORTENS
    if len(token) == 1:
        return _judge_initial(before, token, is_starter=is_starter)
    if _DOTTED.match(token):
        return _judge_dotted(token.lower(), word, is_starter=is_starter)
    return _judge_word(token, after, is_starter=is_starter)


def _judge_initial(before: str, letter: str, *, is_starter: bool) -> Stop:
    """A single letter: mostly the initial of a name."""
    if not letter.isalpha() or not letter.isupper() or letter == "I":
        return Stop.ENDS
    return Stop.ENDS if is_starter and before.strip() != letter else Stop.SHORTENS


def _judge_dotted(token: str, word: str, *, is_starter: bool) -> Stop:
    """Letters with stops between them: initials of a state, or a time of day."""
    if token in ("a.m", "p.m"):
        return Stop.SHORTENS if word in _AFTER_CLOCK or not word else Stop.ENDS
    if token in ("e.g", "i.e"):
        return Stop.SHORTENS
    return Stop.ENDS if is_starter else Stop.SHORTENS


def _judge_word(token: str, after: str, *, is_starter: bool) -> Stop:
    lowered = token.lower()
    if lowered in _TITLES and token[:1].isupper():
        return Stop.SHORTENS
    if lowered in ("vs", "viz", "cf", "approx"):
        return Stop.SHORTENS
    if lowered in _EITHER and (token[:1].isupper() or lowered in ("etc", "al", "km", "sq")):
        return Stop.ENDS if is_starter or _opens_quote(after) else Stop.SHORTENS
    return Stop.ENDS


def _opens_quote(after: str) -> bool:
    return after[:1] in ("“", '"')
