package dev.jmr.cli;

import java.io.IOException;

/// Nobody reads the output any more (`jmr … | head -1`): stop, and say nothing about it.
final class ClosedOutputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ClosedOutputException(IOException cause) {
    super("output: " + cause.getMessage(), cause);
  }
}
