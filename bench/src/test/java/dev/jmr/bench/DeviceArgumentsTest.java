package dev.jmr.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.tensor.DeviceOptions;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class DeviceArgumentsTest {
  @Command
  private static final class Program {
    @Mixin private DeviceArguments arguments = new DeviceArguments();
  }

  private static DeviceOptions parse(String... words) {
    Program program = new Program();
    new CommandLine(program).parseArgs(words);
    return program.arguments.toOptions();
  }

  @Test
  void asksForNothingUnlessTold() {
    assertThat(parse()).isEqualTo(DeviceOptions.NONE);
  }

  @Test
  void readsBackItsOwnWords() {
    DeviceOptions options = parse("--device", "ptx:1", "--gpu-memory", "1.5G", "--gpu-layers=7");

    assertThat(options)
        .isEqualTo(
            new DeviceOptions(Optional.of("ptx:1"), OptionalLong.of(3L << 29), OptionalInt.of(7)));
    assertThat(parse(DeviceArguments.words(options).toArray(String[]::new))).isEqualTo(options);
    assertThat(DeviceArguments.words(DeviceOptions.NONE)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2k, 2048", "512M, 536870912", "512 MiB, 536870912", "6GB, 6442450944"})
  void readsSizes(String text, long bytes) {
    assertThat(parse("--gpu-memory", text).memoryBytes()).hasValue(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1G", "1e9", "G", "9999T", "0.5"})
  void refusesWhatIsNoSize(String text) {
    assertThatThrownBy(() -> parse("--gpu-memory", text))
        .isInstanceOf(CommandLine.ParameterException.class)
        .hasMessageContaining("expected a size such as 6G or 512M, got '%s'".formatted(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "all", "1.5", "9999999"})
  void refusesWhatIsNoNumberOfBlocks(String text) {
    assertThatThrownBy(() -> parse("--gpu-layers", text))
        .hasMessageContaining("expected 0 or more blocks, got '%s'".formatted(text));
  }
}
