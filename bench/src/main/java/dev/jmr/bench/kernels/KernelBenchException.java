package dev.jmr.bench.kernels;

import dev.jmr.tensor.TensorException;

/// A kernel cannot be measured: it disagrees with the reference, or what it was asked for does not exist.
public final class KernelBenchException extends TensorException {
  private static final long serialVersionUID = 1L;

  public KernelBenchException(String message) {
    super(message);
  }

  public KernelBenchException(String message, Throwable cause) {
    super(message, cause);
  }
}
