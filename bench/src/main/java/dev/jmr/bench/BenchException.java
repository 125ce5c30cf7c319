package dev.jmr.bench;

/// A benchmark or its model cannot be made as asked; the message tells what to change.
public final class BenchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BenchException(String message) {
    super(message);
  }
}
