package uk.ac.manchester.tornado.api.exceptions;

/// Something that does not work on a device.
public class TornadoRuntimeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TornadoRuntimeException(String message) {
    super(message);
  }
}
