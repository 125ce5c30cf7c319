package dev.jmr.model.tokenizer;

/// How a text is encoded.
///
/// @param addSpecial put the tokens around the text that the model expects (BOS, EOS, `[CLS]` … `[SEP]`)
/// @param parseSpecial read `<|im_start|>` and the like in the text as the control tokens that they name; off for text
///     from strangers. User-defined tokens are always read.
public record EncodeOptions(boolean addSpecial, boolean parseSpecial) {
  /// Plain text that continues something: no special tokens, neither added nor read.
  public static final EncodeOptions TEXT = new EncodeOptions(false, false);

  /// A whole prompt as a program wrote it: special tokens added and read.
  public static final EncodeOptions PROMPT = new EncodeOptions(true, true);
}
