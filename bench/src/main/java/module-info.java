/// Measuring: synthetic models of real shapes, and kernels by themselves.
@org.jspecify.annotations.NullMarked
module dev.jmr.bench {
  requires static org.jspecify;
  requires transitive dev.jmr.tensor;
  requires com.fasterxml.jackson.core;
  requires dev.jmr.gguf;
  requires dev.jmr.kernels.cpu;
  requires transitive info.picocli;
  requires java.management;
  requires jdk.incubator.vector;

  exports dev.jmr.bench;
  exports dev.jmr.bench.kernels;

  opens dev.jmr.bench to
      info.picocli;
  opens dev.jmr.bench.kernels to
      info.picocli;
}
