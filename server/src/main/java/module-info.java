/// The model store, the registries that models come from, and the HTTP server.
@org.jspecify.annotations.NullMarked
module dev.jmr.server {
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.databind;
  requires dev.jmr.gguf;
  requires dev.jmr.model;
  requires java.net.http;

  exports dev.jmr.server.artifact;
  exports dev.jmr.server.huggingface;
  exports dev.jmr.server.library;
  exports dev.jmr.server.packaging;
  exports dev.jmr.server.reference;
  exports dev.jmr.server.registry;
  exports dev.jmr.server.store;
  exports dev.jmr.server.transfer;
}
