/// The model store, the registries that models come from, and the HTTP server.
@org.jspecify.annotations.NullMarked
module dev.jmr.server {
  requires static transitive org.jspecify;
  requires io.helidon.common.task;
  requires java.management;
  requires java.net.http;
  requires jdk.management;
  requires transitive com.fasterxml.jackson.databind;
  requires transitive dev.jmr.gguf;
  requires transitive dev.jmr.model;
  requires transitive io.helidon.http;
  requires transitive io.helidon.webserver;

  exports dev.jmr.server.artifact;
  exports dev.jmr.server.http;
  exports dev.jmr.server.huggingface;
  exports dev.jmr.server.library;
  exports dev.jmr.server.log;
  exports dev.jmr.server.manager;
  exports dev.jmr.server.models;
  exports dev.jmr.server.packaging;
  exports dev.jmr.server.record;
  exports dev.jmr.server.reference;
  exports dev.jmr.server.registry;
  exports dev.jmr.server.search;
  exports dev.jmr.server.store;
  exports dev.jmr.server.transfer;

  uses dev.jmr.runtime.EngineProvider;

  provides dev.jmr.runtime.EngineProvider with
      dev.jmr.server.llamaserver.LlamaServerProvider;
}
