"""One name read by the rules: titles off, abbreviations spelled out, old spelling and sounds folded.

Most words are settled: they become the same whatever stands beside them. Only where a rule word (a title, a comma, an
abbreviation) stands in a name is the whole name read, with lower-case stand-ins for its settled words, so that each
arrangement is read once.
"""

import re
import unicodedata
from functools import cache, lru_cache
from itertools import product
from string import ascii_lowercase

from jangkau.core.identity.name_rules import Rules, table

LONGEST_TITLE = 3  # words of a degree written with blanks
LONGEST_NAME = 200  # letters; more is not a name
ARRANGEMENTS = 200_000  # remembered

_APOSTROPHES = re.compile(r"['’‘`´ʼ]")
_QUOTES = re.compile("[“”„«»]")
_MARKS = re.compile(r"[^A-Z0-9.,()\[\]\"@/\s]+")
_ALONE = re.compile(r"([,@])")
_NOTE = re.compile(r"\([^)]*\)?|\[[^\]]*\]?|\"[^\"]*\"")
_INSIDE = re.compile(r"\(([^)]*)\)?|\[([^\]]*)\]?|\"([^\"]*)\"")
_CAMEL = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z])")
_IN_PLACE = re.compile(r"[A-Z0-9]*\.*")
STAND_INS = tuple(f"{first}{second}" for first, second in product(ascii_lowercase[:5], ascii_lowercase))


def cleaned(text: str) -> str:
    """Upper-case ASCII words with single blanks and only the marks that carry meaning; comma and @ stand alone.

    `SitiAminah` is two words.
    """
    bare = text[:LONGEST_NAME] if text.isascii() else _ascii(text[:LONGEST_NAME])
    bare = _CAMEL.sub(" ", bare)
    marked = _MARKS.sub(" ", _APOSTROPHES.sub("", bare).upper())
    return " ".join(_ALONE.sub(r" \1 ", marked).split())[:LONGEST_NAME].rstrip()


def _ascii(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", _QUOTES.sub('"', text))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@cache
def reader() -> "NameReader":
    """The reader of the rules as they are."""
    return NameReader(Rules(table()))


class NameReader:
    """Names read by one set of rules."""

    def __init__(self, rules: Rules) -> None:
        self._titles = rules.words("gelar_depan")
        self._degrees = rules.words("gelar_belakang")
        self._marked_degrees = self._degrees | rules.words("gelar_bertanda")
        self._links, self._middle_links = rules.words("penghubung"), rules.words("penghubung_tengah")
        self._aliases, self._notes = rules.words("nama_lain"), rules.words("keterangan")
        self._other = self._aliases | rules.words("gelar_adat")
        self._first = rules.spelling("awal")
        self._digits = str.maketrans(rules.spelling("angka"))
        self._spelling, self._spelling_patterns = rules.spelling("ejaan"), rules.patterns("pola")
        self._old, self._old_j = rules.patterns("ejaan_lama"), rules.patterns("ejaan_lama_j")
        self._sound_patterns = rules.patterns("bunyi")
        self._bound = self._titles | self._links | self._middle_links | self._other | {*self._first} | self._pieces()
        self.joins = rules.words("sambung")
        self.umum = rules.words("umum")
        self.common = frozenset(self.sounds(sorted(self.umum)))
        self.arranged = lru_cache(maxsize=ARRANGEMENTS)(self._read)

    def _pieces(self) -> frozenset[str]:
        """Everything that can be part of a degree written with blanks, as S and PD are of SPD."""
        return frozenset(
            word[start:end]
            for word in self._marked_degrees
            for start in range(len(word))
            for end in range(start + 1, len(word) + 1)
        )

    def normalise(self, text: str) -> str:
        """Upper-case words without titles, degrees, bin/binti, notes and nicknames; abbreviations spelled out.

        Nothing but a title (Hj., Bapak) is no name: "". `normalise(normalise(x)) == normalise(x)`.
        """
        words = cleaned(text).split()
        settled = self.settle(words)
        stand_ins = iter(STAND_INS)
        shape = [
            word if final is None else final and next(stand_ins) for word, final in zip(words, settled, strict=True)
        ]
        back = dict(zip(STAND_INS, filter(None, settled), strict=False))
        return " ".join([back.get(word, word) for word in self.arranged(" ".join(filter(None, shape))).split()])

    def settle(self, words: list[str]) -> list[str | None]:
        """What each cleaned word becomes wherever it stands ("": it falls away); None where its neighbours decide."""
        letters = [self._letters(word) if _IN_PLACE.fullmatch(word) else "," for word in words]
        return [
            None if word == "," or word in self._bound or any(part in self._bound for part in final.split()) else final
            for word, final in zip(letters, self._spelled(letters), strict=True)
        ]

    def _letters(self, word: str) -> str:
        """Some digits typed for letters; other digits and dots fall away, and words without a letter."""
        if word.isalpha():
            return word
        mixed = word.translate(self._digits) if sum(map(str.isalpha, word)) > 1 else word
        return re.sub(r"[^A-Z]", "", mixed) if re.search("[A-Z]", word) else ""

    def _spelled(self, words: list[str]) -> list[str]:
        return self._spelling_patterns([self._spelling.get(word, word) for word in words])

    def _read(self, text: str) -> str:
        for part in (_NOTE.sub(" ", text), text):
            tokens = self._settle_together(self._tokens(part))
            if not self._titles.issuperset(tokens):
                return " ".join(tokens)
        letters = re.sub(r"[^A-Z]", "", text)
        return "" if tokens or letters in self._titles else letters

    def _tokens(self, text: str) -> list[str]:
        """Words in order, the degrees that are written with dots or behind a comma left out."""
        head, *segments = text.split(",")
        tokens = self._segment(head)
        for segment in segments:
            found = self._segment(segment)
            if not tokens or not all(token in self._marked_degrees for token in self._joined(found)):
                tokens += found
        return tokens

    def _segment(self, segment: str) -> list[str]:
        tokens: list[str] = []
        for chunk in re.sub(r"[/()\[\]\"]", " ", segment).split():
            bare = chunk.replace(".", "")
            if tokens and "." in chunk.rstrip(".") and bare in self._marked_degrees:
                continue
            tokens += [bare] if bare in self._titles | self._degrees else chunk.split(".")
        read = [token if token in self._other else self._letters(token) for token in tokens]
        return [token for token in read if token]

    def _joined(self, tokens: list[str]) -> list[str]:
        """S, PD -> SPD when together they are a degree."""
        found: list[str] = []
        start = 0
        while start < len(tokens):
            sizes = range(LONGEST_TITLE, 1, -1)
            size = next((n for n in sizes if "".join(tokens[start : start + n]) in self._marked_degrees), 1)
            found.append("".join(tokens[start : start + size]))
            start += size
        return found

    def _settle_together(self, tokens: list[str]) -> list[str]:
        """Apply the rules that look at position until nothing changes."""
        before: list[str] = []
        while before != tokens:
            before = tokens
            tokens = self._expanded(self._without_links(self._without_degrees(self._without_titles(tokens))))
        return tokens

    def _without_titles(self, tokens: list[str]) -> list[str]:
        while len(tokens) > 1 and tokens[0] in self._titles:
            tokens = tokens[1:]
        return tokens

    def _without_degrees(self, tokens: list[str]) -> list[str]:
        while size := next((n for n in range(min(LONGEST_TITLE, len(tokens) - 1), 0, -1) if self._ends(tokens, n)), 0):
            tokens = tokens[:-size]
        return tokens

    def _ends(self, tokens: list[str], words: int) -> bool:
        """Whether the last words are a degree; one without dots must not be a name as well."""
        return "".join(tokens[-words:]) in (self._marked_degrees if words > 1 else self._degrees)

    def _without_links(self, tokens: list[str]) -> list[str]:
        tokens = tokens[next((at for at, token in enumerate(tokens) if token != "@"), 0) :]  # an alias of nothing
        other = next((at for at, token in enumerate(tokens) if at and token in self._other), len(tokens))
        tokens = [token for token in tokens[:other] if token != "@"]
        kept = [token for token in tokens if token not in self._links] or tokens
        middle = [token for token in kept[1:-1] if token not in self._middle_links]
        return [*kept[:1], *middle, *kept[1:][-1:]]

    def _expanded(self, tokens: list[str]) -> list[str]:
        if len(tokens) > 1 and tokens[0] in self._first:
            tokens = [self._first[tokens[0]], *tokens[1:]]
        return [part for word in self._spelled(tokens) for part in word.split()]

    def words(self, text: str) -> list[str]:
        """The telling sounds of a name, and of the other name that it is also known by."""
        names = (self.normalise(text), self.other(cleaned(text)))
        return self.telling([sound for name in names for sound in self.sounds(self.glued(name))])

    def other(self, text: str) -> str:
        """Of a cleaned text the other name: what follows an alias word or stands in brackets, normalised; "" if none.

        On village lists it is as often the name of the register as the one before it.
        """
        behind = _NOTE.sub(" ", text).replace(".", " ").split()
        first = next((at for at, word in enumerate(behind) if at and word in self._aliases), len(behind))
        inside = ["".join(found).replace(".", " ").split() for found in _INSIDE.findall(text)]
        parts = [part for part in (behind[first:], *inside) if self._names_somebody(part)]
        return self.normalise(" ".join(word for part in parts for word in part if word not in self._aliases))

    def _names_somebody(self, words: list[str]) -> bool:
        """Whether these words are a name, not a note such as (alm), (istri) or (RT 01)."""
        noted = any(word in self._notes or any(map(str.isdigit, word)) for word in words)
        empty = self._titles | self._degrees | self._other
        return not noted and "".join(words) not in self._marked_degrees and any(word not in empty for word in words)

    def may_have_other(self) -> str:
        """A pattern that every cleaned text with another name matches."""
        return rf"[(\[\"]|(?:^|[ .])(?:{'|'.join(map(re.escape, sorted(self._aliases)))})(?:[ .]|$)"

    def phonetic(self, text: str) -> str:
        """The sounds of a name, sorted: equal for spellings of one name (SOEKARNO, SUKARNO)."""
        return " ".join(sorted(self.sounds(self.glued(self.normalise(text)))))

    def core(self, normalised: str) -> str:
        """The words but for those that hardly tell (MUHAMMAD, SITI), where others are left."""
        return " ".join([word for word in normalised.split() if word not in self.umum]) or normalised

    def glued(self, normalised: str) -> list[str]:
        """The words, those that are often written together with the next one, such as NUR, joined to it."""
        words = [""]
        for word in normalised.split():
            words[-1] += word
            if word not in self.joins:
                words.append("")
        return [word for word in words if word]

    def sounds(self, words: list[str]) -> list[str]:
        """Each word of a normalised name folded to how it sounds; one letter stays what it is."""
        old = self._old(words)
        changed = [after != before for before, after in zip(words, old, strict=True)]
        modern = [j if was else word for word, j, was in zip(old, self._old_j(old), changed, strict=True)]
        folded = self._sound_patterns([word.upper() for word in modern])
        return [word if len(word) == 1 else sound or word for word, sound in zip(words, folded, strict=True)]

    def telling(self, sounds: list[str]) -> list[str]:
        """The distinct sounds, sorted, without common words and initials as long as others are left."""
        distinct = sorted(set(sounds))
        return list(filter(self.tells, distinct)) or distinct

    def tells(self, sound: str) -> bool:
        """Whether a sound tells one person from another: no common word, no initial."""
        return len(sound) > 1 and sound not in self.common
