package dev.jmr.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// The model that comes with JMR.
public final class DemoModel {
  /// What it is called.
  public static final String NAME = "jmr/demo";

  private static final String ARCHIVE = "jmr-demo.tar";
  private static final String ID = "jmr-demo.id";

  private DemoModel() {}

  /// The digest of its manifest, `sha256:` and 64 hexadecimal digits, by which stores know it.
  public static String id() throws IOException {
    try (InputStream in = resource(ID)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  /// The archive, as `jmr load` reads it.
  ///
  /// @return a stream that the caller closes
  public static InputStream open() throws IOException {
    return resource(ARCHIVE);
  }

  private static InputStream resource(String name) throws IOException {
    InputStream in = DemoModel.class.getResourceAsStream(name);
    if (in == null) {
      throw new IOException(
          "resource %s: expected it beside the classes of JMR, got nothing".formatted(name));
    }
    return in;
  }
}
