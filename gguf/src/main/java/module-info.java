/// Reading and writing GGUF model files.
@org.jspecify.annotations.NullMarked
module dev.jmr.gguf {
  requires static org.jspecify;
  requires transitive dev.jmr.tensor;

  exports dev.jmr.gguf;
}
