package dev.jmr.model.tokenizer;

/// A vocabulary that contradicts itself, or an id that is not in it.
public class TokenizerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TokenizerException(String message) {
    super(message);
  }
}
