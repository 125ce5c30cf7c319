package dev.jmr.runtime;

/// A request that cannot be met as it is, by no fault of the engine: the caller has to ask for something else. The message
/// names the part of the request and, where it is a schema or a grammar, the place in it.
public class RequestException extends EngineException {
  private static final long serialVersionUID = 1L;

  public RequestException(String message) {
    super(message);
  }

  public RequestException(String message, Throwable cause) {
    super(message, cause);
  }
}
