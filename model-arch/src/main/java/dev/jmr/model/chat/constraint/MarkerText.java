package dev.jmr.model.chat.constraint;

import dev.jmr.model.grammar.Expression;
import dev.jmr.model.grammar.TokenSymbol;
import dev.jmr.model.tokenizer.TokenType;
import dev.jmr.model.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Texts of a dialect as expressions over one vocabulary: where a part of a text is a control token, it is that token.
/// Immutable.
public final class MarkerText {
  private final List<String> controlTokens;

  /// @param controlTokens the texts of tokens that add nothing to a text
  public MarkerText(Set<String> controlTokens) {
    this.controlTokens =
        controlTokens.stream()
            .filter(text -> !text.isEmpty())
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  public static MarkerText of(Tokenizer tokenizer) {
    return new MarkerText(controlTokens(tokenizer));
  }

  /// The texts of a vocabulary's control tokens.
  public static Set<String> controlTokens(Tokenizer tokenizer) {
    return IntStream.range(0, tokenizer.vocabularySize())
        .filter(id -> tokenizer.type(id) == TokenType.CONTROL)
        .mapToObj(tokenizer::tokenText)
        .collect(Collectors.toUnmodifiableSet());
  }

  /// What a model writes for this text.
  Expression expression(String text) {
    List<Expression> parts = new ArrayList<>();
    int from = 0;
    int at = 0;
    while (at < text.length()) {
      String token = tokenAt(text, at);
      if (token.isEmpty()) {
        at++;
      } else {
        addText(parts, text.substring(from, at));
        parts.add(
            new Expression.Token(
                new TokenSymbol(TokenSymbol.Kind.NAMED, List.of(token), List.of(), false)));
        at += token.length();
        from = at;
      }
    }
    addText(parts, text.substring(from));
    return parts.size() == 1 ? parts.getFirst() : new Expression.Sequence(parts);
  }

  /// Whether a search for the text among bytes and whole tokens finds it: it has no control token, or is one.
  boolean searchable(String text) {
    return controlTokens.contains(text)
        || IntStream.range(0, text.length()).allMatch(at -> tokenAt(text, at).isEmpty());
  }

  private static void addText(List<Expression> parts, String text) {
    if (!text.isEmpty()) {
      parts.add(Expression.text(text));
    }
  }

  /// The longest control token that begins there; nothing if none does.
  private String tokenAt(String text, int at) {
    for (String token : controlTokens) {
      if (text.startsWith(token, at)) {
        return token;
      }
    }
    return "";
  }
}
