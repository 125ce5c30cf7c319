package dev.jmr.model.grammar;

import java.util.List;

/// Tokens that a grammar names, whatever text they stand for.
///
/// @param kind which tokens match, given those that are named
/// @param texts the tokens as they stand in the vocabulary
/// @param ids more of them, by number
/// @param optional whether it is no error if the vocabulary lacks one
public record TokenSymbol(Kind kind, List<String> texts, List<Integer> ids, boolean optional) {

  /// Which tokens match.
  public enum Kind {
    /// One of those named.
    NAMED,
    /// Any but those named and those that end a generation.
    OTHER,
    /// Any without text, such as control tokens, but those named and those that end a generation.
    OTHER_WITHOUT_TEXT
  }

  public TokenSymbol {
    texts = List.copyOf(texts);
    ids = List.copyOf(ids);
  }

  @Override
  public String toString() {
    String names = texts.isEmpty() ? "<" + ids + ">" : String.join(" ", texts);
    return kind == Kind.NAMED ? names : "!" + names;
  }
}
