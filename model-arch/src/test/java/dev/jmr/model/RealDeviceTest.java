package dev.jmr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jmr.tensor.backend.Backends;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Test models on a device of the SDK that `TORNADOVM_HOME` names, in a JVM of its own.
class RealDeviceTest {
  /// One of each kind of block, and of each kind of operation that others have not.
  private static final List<String> MODELS =
      List.of(
          "tiny-gemma3",
          "tiny-gpt-oss",
          "tiny-gpt2",
          "tiny-lfm2moe",
          "tiny-deepseek2",
          "tiny-llama-spm-f16",
          "tinyq-llama-Q4_K_M",
          "tinyq-llama-Q5_K_M",
          "tinyq-llama-Q8_0",
          "tinyq-llama-Q4_0");

  @Test
  void agreesWithLlamaCpp() throws Exception {
    assumeTrue(
        System.getenv("TORNADOVM_HOME") != null,
        "TORNADOVM_HOME is not set: no SDK to try it with");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags());
    command.addAll(List.of("-cp", classPath(), RealDevice.class.getName()));
    command.addAll(MODELS);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    for (String model : MODELS) {
      assertThat(output).contains(model + " true ");
    }
  }

  private static List<String> flags() {
    return Backends.forDevices().stream()
        .flatMap(each -> each.provider().missingJvmFlags(System.getenv()).stream())
        .toList();
  }

  /// All but our declarations of TornadoVM's API, whose place the SDK's own classes take.
  private static String classPath() {
    String all =
        System.getProperty("jdk.module.path", "")
            + File.pathSeparator
            + System.getProperty("java.class.path");
    List<String> kept = new ArrayList<>(List.of(Path.of("target", "test-classes").toString()));
    for (String entry : all.split(File.pathSeparator, -1)) {
      if (!entry.isEmpty() && !entry.contains("tornado-api")) {
        kept.add(entry);
      }
    }
    return String.join(File.pathSeparator, kept);
  }
}
