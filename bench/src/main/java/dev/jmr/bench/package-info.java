/// Measuring JMR. Now: models of real shapes with random weights ([dev.jmr.bench.SyntheticModel]), so that speed can be
/// measured without downloading anyone's weights. Points at `gguf` and `tensor`; start reading at
/// [dev.jmr.bench.SynthCommand].
package dev.jmr.bench;
