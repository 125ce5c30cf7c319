package dev.jmr.cli;

import dev.jmr.tensor.TensorType;

/// How keys and values can be kept.
enum CacheType {
  F16(TensorType.F16),
  Q8_0(TensorType.Q8_0),
  F32(TensorType.F32);

  private final TensorType tensorType;

  CacheType(TensorType tensorType) {
    this.tensorType = tensorType;
  }

  TensorType tensorType() {
    return tensorType;
  }
}
