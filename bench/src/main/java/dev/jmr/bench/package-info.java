/// Measuring JMR: whole models in the way of llama-bench ([dev.jmr.bench.run]), the same in turn with another engine
/// ([dev.jmr.bench.compare]), kernels by themselves ([dev.jmr.bench.kernels]), and models of real shapes with random
/// weights ([dev.jmr.bench.SyntheticModel]), so that speed can be measured without downloading anyone's weights. Points
/// at `model-arch`, `gguf`, `kernels-cpu` and `tensor`; start reading at [dev.jmr.bench.BenchCommand].
package dev.jmr.bench;
