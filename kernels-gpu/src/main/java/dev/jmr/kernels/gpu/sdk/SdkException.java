package dev.jmr.kernels.gpu.sdk;

import dev.jmr.tensor.TensorException;

/// There is no SDK that can be used; the message says what is missing and how to get it.
public final class SdkException extends TensorException {
  private static final long serialVersionUID = 1;

  public SdkException(String message) {
    super(message);
  }

  public SdkException(String message, Throwable cause) {
    super(message, cause);
  }
}
