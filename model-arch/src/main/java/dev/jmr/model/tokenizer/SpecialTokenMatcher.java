package dev.jmr.model.tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/// Finds the tokens of certain types in a text: at a place the longest one that stands there.
///
/// The texts lie sorted; each character of the input narrows the range of those that still fit.
final class SpecialTokenMatcher {
  static final int NONE = -1;

  private record Entry(String text, int id) {}

  private final String[] texts;
  private final int[] ids;
  private final boolean[] asciiFirst = new boolean[128];
  private boolean otherFirst;

  /// Matches the tokens whose type is accepted.
  SpecialTokenMatcher(Vocabulary vocabulary, Predicate<TokenType> accepted) {
    List<Entry> entries = new ArrayList<>();
    for (int id = 0; id < vocabulary.size(); id++) {
      if (accepted.test(vocabulary.type(id))) {
        String text = vocabulary.text(id);
        if (!text.isEmpty()) {
          entries.add(new Entry(text, id));
        }
      }
    }
    entries.sort(Comparator.comparing(Entry::text));
    texts = entries.stream().map(Entry::text).toArray(String[]::new);
    ids = entries.stream().mapToInt(Entry::id).toArray();
    for (String text : texts) {
      char first = text.charAt(0);
      if (first < asciiFirst.length) {
        asciiFirst[first] = true;
      } else {
        otherFirst = true;
      }
    }
  }

  /// The first place from `from` on where a token may begin; the length of the text when there is none.
  int nextCandidate(String text, int from) {
    if (texts.length == 0) {
      return text.length();
    }
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < asciiFirst.length ? asciiFirst[c] : otherFirst) {
        return i;
      }
    }
    return text.length();
  }

  /// The id of the longest token that stands at `at`, or [#NONE].
  int longestAt(String text, int at) {
    int low = 0;
    int high = texts.length;
    int longest = NONE;
    for (int depth = 0; at + depth < text.length() && low < high; depth++) {
      char c = text.charAt(at + depth);
      low = lowerBound(low, high, depth, c);
      high = lowerBound(low, high, depth, c + 1);
      if (low < high && texts[low].length() == depth + 1) {
        longest = ids[low];
      }
    }
    return longest;
  }

  /// The first text in `[low, high)`, which agree before `depth`, whose character at `depth` is not below `c`.
  private int lowerBound(int low, int high, int depth, int c) {
    int from = low;
    int to = high;
    while (from < to) {
      int middle = (from + to) >>> 1;
      String text = texts[middle];
      if (text.length() <= depth || text.charAt(depth) < c) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  /// The ids of all tokens that are looked for.
  int[] ids() {
    return Arrays.copyOf(ids, ids.length);
  }
}
