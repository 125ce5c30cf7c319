package uk.ac.manchester.tornado.api.exceptions;

/// Memory of a device that cannot be used so.
public class TornadoMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TornadoMemoryException(String message) {
    super(message);
  }
}
