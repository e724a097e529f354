"""Texts that are no ordinary report. Every one is invented."""

__all__ = ["CLAUSES", "ODD", "make_long_sentence", "make_report"]

_LIST = """Incidents of the week in Karsu district:

- 3 shells on the grain market, 2 killed
- car bomb at Velm bridge: 14 injured
* ambush (no casualties)
1. Two fishermen abducted.
2) curfew extended
   a. talks with the elders
   b. ceasefire "holding"
• – •
"""

_TABLE = """Date\tPlace\tEvent\tKilled\tInjured
9 March\tKarsu\tshelling\t12\t30
10 March\tVelm\tair strike\t0\t4
11 March\tUpper Velm\tclash\t7-9\t>20

| Place | What            | Dead | Source          |
|-------|-----------------|-----:|-----------------|
| Karsu | shelling        |   12 | State radio     |
| Velm  | air strike      |    — | the army denies |

TOTAL ................................ 19 (of 34)
"""

_POEM = """They shelled the orchard where the almonds were,
and nobody had told the bees of war;
a hundred white boats burned along the pier,
my brother said: the sea forgives the shore.

O Karsu, bombed at noon, at dusk, at four,
who killed your lamps? Who drove your swallows out?
The soldier swore that there had been no more
than seven sparrows on the redoubt.
"""

_CAPITALS = """KARSU, 9 MAR (VELMAR WIRE) -- [TEXT] AN OFFICIAL SOURCE REPORTED TODAY THAT \
SUSPECTED MEMBERS OF THE NORTHERN FRONT KILLED SIX FARM WORKERS AND KIDNAPPED TWO ENGINEERS IN AN \
ATTACK ON A POWER STATION NEAR VELM, 40 KM NORTH OF HERE.

COLONEL IDRIS HOLM, COMMANDER OF THE 4TH BRIGADE, SAID THAT "THE TERRORISTS USED MORTARS AND \
DYNAMITE," AND DENIED THAT HIS TROOPS HAD FIRED ON THE VILLAGE. NO CASUALTIES WERE REPORTED AMONG \
THE SOLDIERS. [PASSAGE OMITTED] THE MINISTER SAID THAT HE WILL MEET WITH THE BISHOP TOMORROW.
"""

_WITHOUT_MARKS = """At least six farm workers were killed on Saturday when mortar shells hit a \
market in Karsu the state radio said The Northern Fronts spokesman Idris Holm denied the groups \
involvement and said the armys warplanes had struck Velm Karsu and Upper Velm overnight wounding \
dozens of people including women children and two of the citys doctors Residents told Velmar Wire \
that they didnt see any jets \"We heard three blasts\" one of them said a hospital couldnt take in \
the injured the monitors said late on Friday
"""

_NESTED = """The clerk said: "The major told us, 'My men swore: "We never shelled Karsu," and I \
believe them.'" “He said ‘they said “we killed nobody”’,” added the clerk. «Il a dit: “nobody \
fired”», the paper wrote. "'"“Six were killed,”"'" said ""nobody"". ("The army ['s spokesman] \
claimed 'that the radio had reported "twelve dead" in Velm'.")
"""

_EMOJI = """💥🔥 Shells hit Karsu 😢😢 2️⃣0️⃣ killed 🕊️ the army 🇻🇪 said on Saturday ‼️‼️ 👨‍👩‍👧‍👦 fled \
to Velm ➡️ #StopTheShelling @velmar_wire 🙏🏽 “six 💔 children were wounded” — local activists \
1️⃣2️⃣/0️⃣3️⃣ https://example.org/a?b=c…
"""

_ARABIC = """قالت وزارة الداخلية يوم السبت إن قذائف أصابت سوقا في كرسو وأسفرت عن مقتل ١٢ شخصا \
وإصابة العشرات. ونفى الجيش قصف السوق. The army denied shelling the market in كرسو on Saturday, \
وكالة فلمار said. وأضافت: «قُتل ستة أطفال».
"""

_CHINESE = """国防部周六表示，炮弹击中了一个市场，造成12人死亡、数十人受伤。军队否认炮击。\
“我们没有开火，”发言人说。The army said on Saturday that 12人 were killed in 卡尔苏. 居民逃往山区。
"""

_DIGITS = """１２ people were killed and ٣٠ wounded, ½ of them children; 1,2,3,4 shells fell; \
0 died, -5 were hurt, 1e9 fled, 999999999999999999999999 were displaced, 00012 were arrested and \
between 50 and 40 rebels were killed, the army said on 31 February and on the 45th of May.
"""

ODD = {
    "list": _LIST,
    "table": _TABLE,
    "poem": _POEM,
    "capitals": _CAPITALS,
    "without marks": _WITHOUT_MARKS,
    "nested quotes": _NESTED,
    "emoji": _EMOJI,
    "arabic": _ARABIC,
    "chinese": _CHINESE,
    "digits": _DIGITS,
}
"""By what is odd about them."""

CLAUSES = (
    "rebels shelled the port of Karsu on Saturday",
    "the army killed at least six farm workers in Velm",
    "gunmen abducted two engineers near the salt road",
    "jets struck a depot, wounding dozens of people",
    "hundreds of families fled to Upper Velm",
    "the governor met envoys of the Northern Front",
    "police arrested 14 students after a protest",
    "a car bomb destroyed the bridge",
    "both sides agreed on a ceasefire",
    "troops withdrew from the old quarter of Karsu",
)
"""Each tells one event or more."""


def make_long_sentence(n_words: int) -> str:
    """One sentence of at least so many words that cites, nests and goes on."""
    joints = (" and ", ", while ", ", which the radio said came after ", "; ", " because ")
    sentence = "The ministry said that " + CLAUSES[0]
    number = 0
    while len(sentence.split()) < n_words:
        number += 1
        sentence += joints[number % len(joints)] + CLAUSES[number % len(CLAUSES)]
    return sentence + "."


def make_report(n_sentences: int) -> str:
    """A report in which each sentence tells at least one event."""
    told = (CLAUSES[n % len(CLAUSES)] for n in range(n_sentences))
    sentences = [clause[0].upper() + clause[1:] + "." for clause in told]
    return "\n\n".join(" ".join(sentences[at : at + 5]) for at in range(0, n_sentences, 5))
