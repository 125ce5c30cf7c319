package dev.jmr.tensor.backend;

import dev.jmr.tensor.TensorException;

/// A device cannot compute a graph, or not rightly; the processor may.
public class DeviceException extends TensorException {
  private static final long serialVersionUID = 1L;

  public DeviceException(String message, Throwable cause) {
    super(message, cause);
  }
}
