package dev.jmr.model.quantize;

import dev.jmr.model.arch.ModelException;

/// How to quantize.
///
/// @param fileType what to make
/// @param pure whether all matrices get the base type, whatever they do
/// @param allowRequantize whether tensors that are quantized already may be quantized again
/// @param threads how many threads compute, at least 1
public record QuantizeOptions(
    FileType fileType, boolean pure, boolean allowRequantize, int threads) {
  public QuantizeOptions {
    if (threads < 1) {
      throw new ModelException("threads: expected at least 1, got " + threads);
    }
  }
}
