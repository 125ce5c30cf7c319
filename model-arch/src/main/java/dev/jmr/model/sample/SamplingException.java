package dev.jmr.model.sample;

/// No token can be drawn: the logits are not numbers, or nothing is left to choose from.
public final class SamplingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SamplingException(String message) {
    super(message);
  }
}
