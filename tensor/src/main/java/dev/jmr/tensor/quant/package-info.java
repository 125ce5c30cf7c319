/// One file per block format: its layout, reference dequantize and, where offered, quantize. Points at nothing but
/// `java.base` and this module's exceptions; start reading at [dev.jmr.tensor.quant.BlockFormat], then `Q8_0`.
package dev.jmr.tensor.quant;
