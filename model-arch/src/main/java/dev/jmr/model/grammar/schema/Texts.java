package dev.jmr.model.grammar.schema;

import dev.jmr.model.grammar.CodePoints;
import dev.jmr.model.grammar.Expression;
import dev.jmr.model.grammar.Expression.Characters;
import dev.jmr.model.grammar.Expression.Graph;
import dev.jmr.model.grammar.Expression.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Texts that are not something, as expressions over characters.
public final class Texts {
  private Texts() {}

  /// Texts of these characters that are none of `texts`.
  public static Expression except(Set<String> texts, CodePoints characters) {
    Map<String, Integer> nodes = new HashMap<>(Map.of("", 0));
    List<Step> steps = new ArrayList<>();
    Map<Integer, List<CodePoints>> taken = new HashMap<>();
    int other = 1;
    int count = 2;
    for (String text : texts) {
      int node = 0;
      for (int i = 0; i < text.length(); ) {
        int c = text.codePointAt(i);
        i += Character.charCount(c);
        String prefix = text.substring(0, i);
        Integer next = nodes.get(prefix);
        if (next == null) {
          next = count++;
          nodes.put(prefix, next);
          CodePoints step = CodePoints.of(c).intersect(characters);
          taken.computeIfAbsent(node, _ -> new ArrayList<>()).add(step);
          steps.add(new Step(node, new Characters(step), next));
        }
        node = next;
      }
    }
    Set<Integer> ends = new HashSet<>(nodes.values());
    texts.forEach(text -> ends.remove(nodes.get(text)));
    ends.add(other);
    for (int node : nodes.values()) {
      CodePoints rest = characters.minus(CodePoints.union(taken.getOrDefault(node, List.of())));
      steps.add(new Step(node, new Characters(rest), other));
    }
    steps.add(new Step(other, new Characters(characters), other));
    return new Graph(count, steps, 0, ends);
  }

  /// Texts in which `part` does not occur. Source: Knuth, Morris and Pratt, 1977.
  ///
  /// @param part not empty
  public static Expression without(String part) {
    int[] characters = part.codePoints().toArray();
    CodePoints known = CodePoints.of(characters);
    List<Step> steps = new ArrayList<>();
    for (int seen = 0; seen < characters.length; seen++) {
      steps.add(new Step(seen, new Characters(known.complement()), 0));
      for (int c : IntStream.of(characters).distinct().toArray()) {
        int next = seenBehind(characters, seen, c);
        if (next < characters.length) {
          steps.add(new Step(seen, new Characters(CodePoints.of(c)), next));
        }
      }
    }
    Set<Integer> ends =
        IntStream.range(0, characters.length).boxed().collect(Collectors.toUnmodifiableSet());
    return new Graph(characters.length, steps, 0, ends);
  }

  /// How much of the beginning of the text was seen last, when `c` follows the first `seen` characters of it.
  private static int seenBehind(int[] text, int seen, int c) {
    for (int length = seen + 1; length > 0; length--) {
      boolean fits = text[length - 1] == c;
      for (int i = 0; fits && i < length - 1; i++) {
        fits = text[i] == text[seen - length + 1 + i];
      }
      if (fits) {
        return length;
      }
    }
    return 0;
  }
}
