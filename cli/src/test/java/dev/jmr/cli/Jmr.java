package dev.jmr.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Runs command lines in this JVM.
final class Jmr {
  static final String LLAMA3 = model("tiny-llama3-bpe.gguf").toString();
  static final String BERT = model("tiny-bert-mean.gguf").toString();
  static final String SPM = model("tiny-llama-spm-f16.gguf").toString();
  static final String Q4_K_M = model("tinyq-llama-Q4_K_M.gguf").toString();

  private static final String NO_STORE = Path.of("target", "no-models").toString();

  private static final String NO_DOCKER = Path.of("target", "no-docker").toString();

  private static final String NO_CONFIG =
      Path.of("target", "no-config").toAbsolutePath().toString();

  /// Variables of which each says where a server is.
  private static final List<String> LOOKED_AT =
      List.of("MODEL_RUNNER_HOST", "MODEL_RUNNER_PORT", "DOCKER_CONFIG");

  /// What a command did.
  record Result(int code, String out, String err) {}

  private Jmr() {}

  static Result run(String... arguments) {
    return runWithInput("", arguments);
  }

  static Result runWithInput(String input, String... arguments) {
    return run(input, Map.of("MODELS_PATH", NO_STORE), arguments);
  }

  /// Runs a command line in this environment. Unless it names a server none is looked for, and Docker's contexts are not
  /// those of the user: tests change and purge models.
  static Result run(String input, Map<String, String> environment, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Streams streams =
        new Streams(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            out,
            err,
            Terminals.NONE);
    Map<String, String> apart = new HashMap<>(environment);
    apart.putIfAbsent("DOCKER_CONFIG", NO_DOCKER);
    apart.putIfAbsent("XDG_CONFIG_HOME", NO_CONFIG);
    apart.putIfAbsent("JMR_DEMO", "off");
    if (!LOOKED_AT.stream().anyMatch(environment::containsKey)) {
      apart.put("JMR_EMBEDDED", "1");
    }
    int code = Main.run(streams, apart, arguments);
    return new Result(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /// A file of the folder `models` in the test resources.
  static Path model(String name) {
    URL resource = Objects.requireNonNull(Jmr.class.getResource("/models/" + name), name);
    try {
      return Path.of(resource.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
