package dev.jmr.model.embedding;

import dev.jmr.model.arch.ArchitectureKeys;
import java.util.Locale;

/// How the hidden states of a text's tokens become its embedding. The numbers are those of the key
/// `<architecture>.pooling_type`. Source: llama.cpp `enum llama_pooling_type`.
public enum Pooling {
  /// Not at all: one vector per token.
  NONE(0),
  /// Their mean.
  MEAN(1),
  /// That of the first token, which encoders call `[CLS]`.
  CLS(2),
  /// That of the last token.
  LAST(3),
  /// One token's goes through a [RankHead], which makes a score of it.
  RANK(4);

  private static final String KEY = "pooling_type";

  private final int id;

  Pooling(int id) {
    this.id = id;
  }

  /// What the model's file says; [#NONE] where it says nothing, as llama.cpp has it.
  ///
  /// @throws dev.jmr.model.arch.ModelException if there is no pooling of that number
  public static Pooling of(ArchitectureKeys keys) {
    int id = keys.count(KEY, -1, RANK.id).orElse(NONE.id);
    for (Pooling pooling : values()) {
      if (pooling.id == id) {
        return pooling;
      }
    }
    return NONE;
  }

  /// The name in lower case, as users write it.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
