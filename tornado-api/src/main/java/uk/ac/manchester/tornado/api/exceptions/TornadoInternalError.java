package uk.ac.manchester.tornado.api.exceptions;

/// Something that does not work on a device.
public class TornadoInternalError extends Error {
  private static final long serialVersionUID = 1L;

  public TornadoInternalError(String message) {
    super(message);
  }
}
