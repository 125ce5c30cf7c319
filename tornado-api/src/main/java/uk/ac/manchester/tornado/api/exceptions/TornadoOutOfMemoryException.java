package uk.ac.manchester.tornado.api.exceptions;

/// Memory of a device that is used up.
public class TornadoOutOfMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TornadoOutOfMemoryException(String message) {
    super(message);
  }
}
