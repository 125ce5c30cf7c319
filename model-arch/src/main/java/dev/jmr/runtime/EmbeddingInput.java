package dev.jmr.runtime;

/// What is embedded as one.
public sealed interface EmbeddingInput {
  /// A text. The special tokens that the model wants around it are added.
  ///
  /// @param parseSpecial whether the text of a control token such as `<|im_end|>` means that token
  record Text(String text, boolean parseSpecial) implements EmbeddingInput {}

  /// Token ids, taken as they are.
  record Tokens(int[] ids) implements EmbeddingInput {}
}
