package dev.jmr.bench;

import dev.jmr.tensor.DeviceOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// The options of commands that can compute on a device: on which, and how much of a model.
public final class DeviceArguments {
  @Option(
      names = "--device",
      paramLabel = "NAME",
      description = "The device to compute on; 'jmr devices' lists them (default: the first).")
  private @Nullable String device;

  @Option(
      names = "--gpu-memory",
      paramLabel = "SIZE",
      converter = Size.class,
      description =
          "Memory of the device to use at most, such as 6G; blocks that do not fit stay on the CPU.")
  private @Nullable Long memoryBytes;

  @Option(
      names = "--gpu-layers",
      paramLabel = "N",
      converter = Layers.class,
      description =
          "How many of the last blocks the device computes, the CPU the others (default: all that fit).")
  private @Nullable Integer layers;

  /// What was asked for.
  public DeviceOptions toOptions() {
    return new DeviceOptions(
        Optional.ofNullable(device),
        memoryBytes == null ? OptionalLong.empty() : OptionalLong.of(memoryBytes),
        layers == null ? OptionalInt.empty() : OptionalInt.of(layers));
  }

  /// The options as words of a command line.
  public static List<String> words(DeviceOptions options) {
    List<String> words = new ArrayList<>();
    options.device().ifPresent(name -> words.addAll(List.of("--device", name)));
    options.memoryBytes().ifPresent(bytes -> words.addAll(List.of("--gpu-memory", bytes + "B")));
    options.layers().ifPresent(count -> words.addAll(List.of("--gpu-layers", "" + count)));
    return words;
  }

  /// Reads `6G`, `512 MiB`, `6000000000B`: units are powers of 1024.
  static final class Size implements ITypeConverter<Long> {
    private static final Pattern SIZE =
        Pattern.compile("(\\d{1,15}(?:\\.\\d{1,6})?) ?([kmgt]?)(?:i?b)?");
    private static final String UNITS = "kmgt";

    @Override
    public Long convert(String text) {
      Matcher size = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
      double bytes =
          size.matches()
              ? Double.parseDouble(size.group(1)) * Math.pow(1024, power(size.group(2)))
              : 0;
      if (bytes < 1 || bytes > 1L << 50) {
        throw new TypeConversionException(
            "expected a size such as 6G or 512M, got '%s'".formatted(text));
      }
      return (long) bytes;
    }

    private static int power(String unit) {
      return unit.isEmpty() ? 0 : UNITS.indexOf(unit) + 1;
    }
  }

  /// Reads a number that is not negative.
  static final class Layers implements ITypeConverter<Integer> {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");

    @Override
    public Integer convert(String text) {
      if (!NUMBER.matcher(text).matches()) {
        throw new TypeConversionException("expected 0 or more blocks, got '%s'".formatted(text));
      }
      return Integer.valueOf(text);
    }
  }
}
