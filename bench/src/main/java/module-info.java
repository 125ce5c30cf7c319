/// Measuring: synthetic models of real shapes.
@org.jspecify.annotations.NullMarked
module dev.jmr.bench {
  requires static org.jspecify;
  requires transitive dev.jmr.tensor;
  requires dev.jmr.gguf;
  requires transitive info.picocli;

  exports dev.jmr.bench;

  opens dev.jmr.bench to
      info.picocli;
}
