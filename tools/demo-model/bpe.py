"""A byte-level BPE vocabulary of our own texts, cut into words as GGUF's pre-tokenizer `qwen2` does."""

import json
import re
from collections import Counter, defaultdict

SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|tool_call_start|>", "<|tool_call_end|>"]
CONTROL, USER_DEFINED = SPECIAL[:3], SPECIAL[3:]
# The pattern of qwen2 for ASCII, which is all that the corpus has.
WORD = re.compile(r"'(?:[sS]|[tT]|[rR][eE]|[vV][eE]|[mM]|[lL][lL]|[dD])|[^\r\nA-Za-z0-9]?[A-Za-z]+|[0-9]| ?[^\sA-Za-z0-9]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")
MARKED = re.compile("(" + "|".join(re.escape(s) for s in SPECIAL) + ")")


def byte_letters():
    """GPT-2's printable letter of each byte."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    letters, extra = {b: chr(b) for b in plain}, 0
    for byte in range(256):
        if byte not in letters:
            letters[byte] = chr(256 + extra)
            extra += 1
    return letters


LETTERS = byte_letters()


def spelled(word):
    return tuple(LETTERS[b] for b in word.encode())


def learned(texts, size):
    """The merges that make the most frequent pairs one token, until the vocabulary has `size` tokens."""
    counts = Counter()
    for text in texts:
        for part in MARKED.split(text):
            if part not in SPECIAL:
                counts.update(WORD.findall(part))
    words = [list(spelled(w)) for w in counts]
    weight = list(counts.values())
    pairs, where = Counter(), defaultdict(set)
    for i, word in enumerate(words):
        for pair in zip(word, word[1:]):
            pairs[pair] += weight[i]
            where[pair].add(i)
    merges = []
    while len(merges) + 256 + len(SPECIAL) < size:
        best = max(pairs, key=lambda p: (pairs[p], p))
        merges.append(best)
        for i in list(where[best]):
            word = words[i]
            for pair in zip(word, word[1:]):
                pairs[pair] -= weight[i]
                where[pair].discard(i)
            words[i] = word = merged(word, best)
            for pair in zip(word, word[1:]):
                pairs[pair] += weight[i]
                where[pair].add(i)
        pairs.pop(best, None)
    return merges


def merged(word, pair):
    result, i = [], 0
    while i < len(word):
        if i + 1 < len(word) and (word[i], word[i + 1]) == pair:
            result.append(word[i] + word[i + 1])
            i += 2
        else:
            result.append(word[i])
            i += 1
    return result


class Vocabulary:
    def __init__(self, merges):
        self.merges = [tuple(m) for m in merges]
        self.rank = {m: i for i, m in enumerate(self.merges)}
        self.tokens = [LETTERS[b] for b in range(256)] + [a + b for a, b in self.merges] + SPECIAL
        self.ids = {t: i for i, t in enumerate(self.tokens)}
        self.known = {}

    def word(self, word):
        ids = self.known.get(word)
        if ids is None:
            parts = list(spelled(word))
            while len(parts) > 1:
                best = min(zip(parts, parts[1:]), key=lambda p: self.rank.get(p, 1 << 30))
                if best not in self.rank:
                    break
                parts = merged(parts, best)
            ids = [self.ids[p] for p in parts]
            if len(self.known) < 500_000:
                self.known[word] = ids
        return ids

    def encode(self, text):
        ids = []
        for part in MARKED.split(text):
            if part in SPECIAL:
                ids.append(self.ids[part])
            else:
                for word in WORD.findall(part):
                    ids += self.word(word)
        return ids

    def save(self, path):
        with open(path, "w") as file:
            json.dump(self.merges, file)

    @staticmethod
    def load(path):
        with open(path) as file:
            return Vocabulary(json.load(file))
