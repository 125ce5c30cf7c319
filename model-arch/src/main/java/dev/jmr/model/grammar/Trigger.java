package dev.jmr.model.grammar;

import dev.jmr.model.grammar.Expression.Bytes;
import dev.jmr.model.grammar.Expression.Graph;
import dev.jmr.model.grammar.Expression.Step;
import dev.jmr.model.grammar.Expression.Token;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/// Lets a model write freely until it writes one of some texts; what comes behind is constrained. For tool calls.
///
/// A text triggers wherever it ends in the bytes that are written, also in the middle of a token: the rest of the token must
/// fit the grammar, else the token is not allowed. A token that stands in the vocabulary as one of the texts triggers, too,
/// be it a control token without text. In free text every byte and every control token is allowed.
///
/// @param texts what triggers; not part of the grammar behind it
/// @param required whether the text must come to a trigger; if not, it may end in free text
/// @param repeats whether free text follows when the grammar is through
public record Trigger(List<String> texts, boolean required, boolean repeats) {
  private static final int MAX_BYTES = 4096;

  public Trigger {
    texts = List.copyOf(texts);
    int bytes = texts.stream().mapToInt(text -> text.getBytes(StandardCharsets.UTF_8).length).sum();
    if (texts.isEmpty() || texts.contains("") || bytes > MAX_BYTES) {
      throw new GrammarException(
          "",
          "trigger: expected texts of 1 to %d bytes together, got %d texts of %d bytes"
              .formatted(MAX_BYTES, texts.size(), bytes));
    }
  }

  /// Free text, one of the texts, then `constrained`.
  public Expression before(Expression constrained) {
    return before(Collections.nCopies(texts.size(), constrained));
  }

  /// Free text, one of the texts, then what is constrained behind that one.
  ///
  /// @param constrained as many as there are texts, in their order
  public Expression before(List<Expression> constrained) {
    List<Expression> rests = constrained.stream().distinct().toList();
    Search search = new Search(texts);
    int end = search.size() + rests.size();
    IntUnaryOperator triggered = text -> search.size() + rests.indexOf(constrained.get(text));
    List<Step> steps = new ArrayList<>();
    Token other =
        new Token(new TokenSymbol(TokenSymbol.Kind.OTHER_WITHOUT_TEXT, texts, List.of(), true));
    Set<Integer> ends = new HashSet<>(Set.of(end));
    for (int node = 0; node < search.size(); node++) {
      search.addSteps(node, triggered, steps);
      for (int text = 0; text < texts.size(); text++) {
        steps.add(new Step(node, token(texts.get(text)), triggered.applyAsInt(text)));
      }
      steps.add(new Step(node, other, 0));
      if (!required) {
        ends.add(node);
      }
    }
    for (int i = 0; i < rests.size(); i++) {
      steps.add(new Step(search.size() + i, rests.get(i), end));
    }
    if (!repeats) {
      return new Graph(end + 1, steps, 0, ends);
    }
    int again = required ? end + 1 : 0;
    steps.add(new Step(end, Expression.EMPTY, again));
    if (required) {
      Expression more = new Trigger(texts, false, true).before(constrained);
      steps.add(new Step(again, more, end + 2));
      ends.add(end + 2);
    }
    return new Graph(end + (required ? 3 : 1), steps, 0, ends);
  }

  private static Token token(String text) {
    return new Token(new TokenSymbol(TokenSymbol.Kind.NAMED, List.of(text), List.of(), true));
  }

  /// Which part of a text was seen last, byte by byte. Source: Aho and Corasick, 1975.
  private static final class Search {
    private static final int NONE = -1;

    private final List<int[]> next = new ArrayList<>();

    /// Which text is complete there, or [#NONE].
    private final List<Integer> found = new ArrayList<>();

    Search(List<String> texts) {
      add();
      for (int text = 0; text < texts.size(); text++) {
        int node = 0;
        for (byte b : texts.get(text).getBytes(StandardCharsets.UTF_8)) {
          int child = next.get(node)[b & 0xFF];
          if (child == NONE) {
            child = add();
            next.get(node)[b & 0xFF] = child;
          }
          node = child;
        }
        found.set(node, text);
      }
      completeMoves();
    }

    private int add() {
      int[] moves = new int[256];
      Arrays.fill(moves, NONE);
      next.add(moves);
      found.add(NONE);
      return next.size() - 1;
    }

    /// Where a text cannot go on, the longest end of it that begins one does.
    private void completeMoves() {
      int[] shorter = new int[next.size()];
      ArrayDeque<Integer> open = new ArrayDeque<>(List.of(0));
      while (!open.isEmpty()) {
        int node = open.remove();
        for (int b = 0; b < 256; b++) {
          int fallback = node == 0 ? 0 : next.get(shorter[node])[b];
          int child = next.get(node)[b];
          if (child == NONE) {
            next.get(node)[b] = fallback;
          } else {
            shorter[child] = fallback;
            if (found.get(child) == NONE) {
              found.set(child, found.get(fallback));
            }
            open.add(child);
          }
        }
      }
    }

    int size() {
      return next.size();
    }

    void addSteps(int node, IntUnaryOperator triggered, List<Step> steps) {
      if (found.get(node) != NONE) {
        return;
      }
      int[] moves = next.get(node);
      int first = 0;
      for (int b = 1; b <= 256; b++) {
        if (b == 256 || moves[b] != moves[first]) {
          int text = found.get(moves[first]);
          int target = text == NONE ? moves[first] : triggered.applyAsInt(text);
          steps.add(new Step(node, new Bytes(first, b - 1), target));
          first = b;
        }
      }
    }
  }
}
