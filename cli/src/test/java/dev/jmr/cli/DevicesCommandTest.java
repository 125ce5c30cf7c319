package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.tensor.TensorException;
import dev.jmr.tensor.backend.Availability;
import dev.jmr.tensor.backend.Backend;
import dev.jmr.tensor.backend.BackendOptions;
import dev.jmr.tensor.backend.BackendProvider;
import dev.jmr.tensor.backend.Backends;
import dev.jmr.tensor.backend.Device;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DevicesCommandTest {
  private static final Backends.Candidate FOUND =
      candidate(
          "tornado",
          new Availability.Available("TornadoVM 5"),
          List.of(
              new Device("ptx:0", "Acme G1", "ptx", Device.Kind.GPU, 80_000_000_000L),
              new Device("opencl:0", "Cores", "opencl", Device.Kind.CPU, 16_000_000_000L)));
  private static final Backends.Candidate MISSING =
      candidate("tornado", new Availability.Unavailable("no SDK; install one"), List.of());

  private record Cards(String name, Availability probe, List<Device> devices)
      implements BackendProvider {
    @Override
    public int priority() {
      return 1;
    }

    @Override
    public boolean onDevices() {
      return true;
    }

    @Override
    public Backend open(BackendOptions options) {
      throw new TensorException("not meant to be opened");
    }
  }

  private static Backends.Candidate candidate(
      String name, Availability availability, List<Device> devices) {
    return new Backends.Candidate(new Cards(name, availability, devices), availability);
  }

  private static String shown(boolean json, Backends.Candidate candidate) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Streams streams = new Streams(InputStream.nullInputStream(), out, out, Terminals.NONE);
    DevicesCommand.show(streams, json, List.of(candidate));
    streams.flush();
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void listsDevicesWithMemoryDriverAndBackend() {
    assertThat(shown(false, FOUND))
        .isEqualToNormalizingNewlines(
            """
            DEVICE     NAME      KIND   MEMORY    DRIVER   BACKEND
            ptx:0      Acme G1   gpu    80.00GB   ptx      tornado
            opencl:0   Cores     cpu    16.00GB   opencl   tornado
            """);
    assertThat(shown(true, FOUND))
        .contains("\"device\": \"ptx:0\"", "\"memory_bytes\": 80000000000", "\"skipped\": [ ]");
  }

  @Test
  void tellsWhatIsMissing() {
    assertThat(shown(false, MISSING))
        .isEqualToNormalizingNewlines(
            """
            No device was found: models run on the processor.
            tornado: skipped: no SDK; install one
            """);
    assertThat(shown(true, MISSING))
        .contains("\"devices\": [ ]", "tornado: skipped: no SDK; install one");
  }

  @Test
  void theStatusHasALineForThem() {
    StringWriter text = new StringWriter();
    StatusCommand.tellOfDevices(new PrintWriter(text), List.of(MISSING));
    assertThat(text.toString())
        .isEqualToNormalizingNewlines("\ntornado: skipped: no SDK; install one\n");
  }

  @Test
  void optionsForDevicesAreRefusedWithoutThem() {
    for (String command : List.of("run", "serve")) {
      String[] words =
          command.equals("run")
              ? new String[] {"run", Jmr.SPM, "x", "--backend", "cpu", "--device", "ptx:0"}
              : new String[] {"serve", "-p", "1", "--backend", "cpu", "--device", "ptx:0"};
      Jmr.Result result = Jmr.run(words);
      assertThat(result.code()).isEqualTo(1);
      assertThat(result.err()).contains("backend cpu: has no devices to choose or limit");
    }
    assertThat(Jmr.run("run", Jmr.SPM, "x", "--gpu-layers", "-1").err())
        .contains("expected 0 or more blocks, got '-1'");
    assertThat(Jmr.run("run", Jmr.SPM, "x", "--gpu-memory", "much").err())
        .contains("expected a size such as 6G or 512M, got 'much'");
  }

  @Test
  void noBlocksOnADeviceIsAlwaysPossible() {
    Jmr.Result result =
        Jmr.run("run", Jmr.SPM, "x", "--raw", "-n", "1", "--gpu-layers", "0", "--verbose");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.err()).contains("backend cpu: ");
  }
}
