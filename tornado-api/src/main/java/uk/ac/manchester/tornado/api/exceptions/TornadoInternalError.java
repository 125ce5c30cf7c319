package uk.ac.manchester.tornado.api.exceptions;

/// A mistake of TornadoVM.
public class TornadoInternalError extends Error {
  private static final long serialVersionUID = 1L;

  public TornadoInternalError(Throwable cause) {
    super(cause);
  }
}
