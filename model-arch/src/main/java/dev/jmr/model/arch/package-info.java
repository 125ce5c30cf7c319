/// What a model file means: its hyperparameters, its weights by name, and for each architecture the graph that they make.
///
/// One file per architecture; [dev.jmr.model.arch.Architectures] lists them. Points at `dev.jmr.gguf` and
/// `dev.jmr.tensor` only; start reading at `Llama`, then `Layers` and [dev.jmr.model.arch.HyperParameters].
package dev.jmr.model.arch;
