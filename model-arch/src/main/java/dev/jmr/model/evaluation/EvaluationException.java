package dev.jmr.model.evaluation;

/// A model cannot be evaluated on what was given; the message says what was expected.
public final class EvaluationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public EvaluationException(String message) {
    super(message);
  }
}
