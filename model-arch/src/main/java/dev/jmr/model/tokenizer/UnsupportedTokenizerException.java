package dev.jmr.model.tokenizer;

/// A kind of tokenizer that we do not have; the message lists those that we have.
public final class UnsupportedTokenizerException extends TokenizerException {
  private static final long serialVersionUID = 1L;

  public UnsupportedTokenizerException(String message) {
    super(message);
  }
}
