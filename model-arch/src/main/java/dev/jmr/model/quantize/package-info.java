/// Writing a model with smaller weights: which tensor gets which type, and the file. Points at `gguf`, `tensor` and
/// [dev.jmr.model.arch.ModelException]; start reading at [dev.jmr.model.quantize.Quantizer].
package dev.jmr.model.quantize;
