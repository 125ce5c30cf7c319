package dev.jmr.cli.runner;

/// A model runner refused, failed or could not be reached. The message is for the user.
public final class RunnerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /// @param status of HTTP; 0 if there was no answer
  RunnerException(int status, String message) {
    super(message);
    this.status = status;
  }

  RunnerException(String message, Throwable cause) {
    super(message, cause);
    this.status = 0;
  }

  /// The status of HTTP; 0 if there was no answer.
  public int status() {
    return status;
  }
}
