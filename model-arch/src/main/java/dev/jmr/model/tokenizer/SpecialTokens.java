package dev.jmr.model.tokenizer;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;

/// The tokens of a vocabulary that have a meaning. Immutable.
public final class SpecialTokens {
  static final int NONE = -1;

  private final Map<SpecialToken, Integer> ids;
  private final boolean addBos;
  private final boolean addEos;
  private final boolean addSeparator;
  private final int[] endOfGeneration;

  SpecialTokens(
      Map<SpecialToken, Integer> ids,
      boolean addBos,
      boolean addEos,
      boolean addSeparator,
      int... endOfGeneration) {
    this.ids = new EnumMap<>(SpecialToken.class);
    this.ids.putAll(ids);
    this.addBos = addBos;
    this.addEos = addEos;
    this.addSeparator = addSeparator;
    this.endOfGeneration = Arrays.stream(endOfGeneration).sorted().distinct().toArray();
  }

  /// Begins a text.
  public OptionalInt bos() {
    return optional(SpecialToken.BOS);
  }

  /// Ends a text.
  public OptionalInt eos() {
    return optional(SpecialToken.EOS);
  }

  /// Ends a turn of a chat.
  public OptionalInt eot() {
    return optional(SpecialToken.EOT);
  }

  /// Ends a message within a turn, before a tool answers.
  public OptionalInt eom() {
    return optional(SpecialToken.EOM);
  }

  /// Stands for what the vocabulary cannot express.
  public OptionalInt unknown() {
    return optional(SpecialToken.UNKNOWN);
  }

  /// Stands between two texts, or at the end of one (`[SEP]`).
  public OptionalInt separator() {
    return optional(SpecialToken.SEPARATOR);
  }

  /// Fills up a row of a batch.
  public OptionalInt padding() {
    return optional(SpecialToken.PADDING);
  }

  /// Stands for a hidden word (`[MASK]`).
  public OptionalInt mask() {
    return optional(SpecialToken.MASK);
  }

  /// Begins the text before the gap that the model is to fill.
  public OptionalInt fimPrefix() {
    return optional(SpecialToken.FIM_PREFIX);
  }

  /// Begins the text after the gap that the model is to fill.
  public OptionalInt fimSuffix() {
    return optional(SpecialToken.FIM_SUFFIX);
  }

  /// Asks the model to fill the gap.
  public OptionalInt fimMiddle() {
    return optional(SpecialToken.FIM_MIDDLE);
  }

  /// A text starts with BOS where special tokens are added.
  public boolean addBos() {
    return addBos;
  }

  /// A text ends with EOS where special tokens are added.
  public boolean addEos() {
    return addEos;
  }

  /// Of two texts that are encoded together, as a question and an answer to be ranked, the first ends with the separator.
  public boolean addSeparator() {
    return addSeparator;
  }

  /// Whether a model that says this token has finished. Does not allocate.
  public boolean isEndOfGeneration(int id) {
    for (int end : endOfGeneration) {
      if (end == id) {
        return true;
      }
    }
    return false;
  }

  /// The tokens that end a generation, ascending, a new array.
  public int[] endOfGeneration() {
    return endOfGeneration.clone();
  }

  /// The id of this token, or [#NONE].
  int id(SpecialToken token) {
    return ids.getOrDefault(token, NONE);
  }

  private OptionalInt optional(SpecialToken token) {
    int id = id(token);
    return id == NONE ? OptionalInt.empty() : OptionalInt.of(id);
  }
}
