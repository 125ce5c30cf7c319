/// The command line. In the fat jar everything is on the class path, and this file is left out.
@org.jspecify.annotations.NullMarked
module dev.jmr.cli {
  requires static org.jspecify;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires dev.jmr.bench;
  requires dev.jmr.demo;
  requires dev.jmr.gguf;
  requires dev.jmr.model;
  requires dev.jmr.server;
  requires dev.jmr.tensor;
  requires info.picocli;
  requires java.logging;
  requires java.management;
  requires java.net.http;
  requires me.tongfei.progressbar;
  requires org.jline.reader;
  requires org.jline.terminal;

  opens dev.jmr.cli to
      info.picocli;

  uses dev.jmr.runtime.EngineProvider;
  uses dev.jmr.tensor.backend.BackendProvider;
}
