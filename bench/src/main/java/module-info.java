/// Measuring: whole models in the form of llama-bench, kernels by themselves, and synthetic models of real shapes.
@org.jspecify.annotations.NullMarked
module dev.jmr.bench {
  requires static org.jspecify;
  requires com.fasterxml.jackson.core;
  requires transitive dev.jmr.tensor;
  requires dev.jmr.gguf;
  requires dev.jmr.kernels.cpu;
  requires transitive dev.jmr.model;
  requires transitive info.picocli;
  requires java.management;
  requires jdk.incubator.vector;

  exports dev.jmr.bench;
  exports dev.jmr.bench.kernels;
  exports dev.jmr.bench.serving;
  exports dev.jmr.bench.tune;

  opens dev.jmr.bench to
      info.picocli;
  opens dev.jmr.bench.kernels to
      info.picocli;
  opens dev.jmr.bench.run to
      info.picocli;
  opens dev.jmr.bench.serving to
      info.picocli;
  opens dev.jmr.bench.tune to
      info.picocli;
}
