package dev.jmr.model.arch;

import dev.jmr.gguf.GgufMetadata;
import dev.jmr.gguf.GgufValue;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// The metadata under `<architecture>.`, by the rest of the key, each value checked against the range that makes sense.
///
/// Immutable. Every method throws [ModelException] naming the whole key when a value is out of its range, and
/// [dev.jmr.gguf.GgufMetadataException] when it is of the wrong type.
public final class ArchitectureKeys {
  private static final String ARCHITECTURE = "general.architecture";

  private final GgufMetadata metadata;
  private final String architecture;

  private ArchitectureKeys(GgufMetadata metadata, String architecture) {
    this.metadata = metadata;
    this.architecture = architecture;
  }

  /// The keys of the architecture that the metadata names.
  ///
  /// @throws ModelException if it names none
  public static ArchitectureKeys of(GgufMetadata metadata) {
    String name =
        metadata
            .string(ARCHITECTURE)
            .orElseThrow(() ->
                new ModelException(
                    ARCHITECTURE + ": expected the name of an architecture, got nothing"));
    return new ArchitectureKeys(metadata, name);
  }

  /// The value of `general.architecture`.
  public String architecture() {
    return architecture;
  }

  /// The whole key, for messages.
  public String key(String suffix) {
    return architecture + "." + suffix;
  }

  /// An integer in `min..max`, if the key is there.
  public OptionalInt count(String suffix, int min, int max) {
    OptionalLong value = metadata.integer(key(suffix));
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(checked(suffix, value.getAsLong(), min, max));
  }

  /// An integer in `min..max` that must be there.
  public int requireCount(String suffix, int min, int max) {
    return count(suffix, min, max).orElseThrow(() -> missing(suffix, "an integer"));
  }

  /// An integer in `min..max` that is given once, or once per block and then the same for all.
  ///
  /// @throws UnsupportedModelException if blocks differ
  public OptionalInt uniformCount(String suffix, int blockCount, int min, int max) {
    Optional<int[]> values = metadata.integers(key(suffix));
    if (values.isEmpty()) {
      return OptionalInt.empty();
    }
    int[] perBlock = values.get();
    requirePerBlock(key(suffix), perBlock.length, blockCount);
    for (int value : perBlock) {
      if (checked(suffix, value, min, max) != perBlock[0]) {
        throw new UnsupportedModelException(
            "%s: expected the same value for all blocks, got %s; models whose blocks differ in it are not supported"
                .formatted(key(suffix), Arrays.toString(perBlock)));
      }
    }
    return OptionalInt.of(perBlock[0]);
  }

  /// The value of one block, of an integer in `min..max` that is given once or once per block; 0 if it is not there.
  public int countOfBlock(String suffix, int blockCount, int block, int min, int max) {
    Optional<int[]> values = metadata.integers(key(suffix));
    if (values.isEmpty()) {
      return 0;
    }
    int[] perBlock = values.get();
    requirePerBlock(key(suffix), perBlock.length, blockCount);
    return checked(suffix, perBlock[perBlock.length == 1 ? 0 : block], min, max);
  }

  /// Whether the key is there.
  public boolean has(String suffix) {
    return metadata.value(key(suffix)).isPresent();
  }

  /// A list of integers in `min..max` that must be there.
  public int[] requireCounts(String suffix, int min, int max) {
    int[] values =
        metadata.integers(key(suffix)).orElseThrow(() -> missing(suffix, "a list of integers"));
    for (int value : values) {
      checked(suffix, value, min, max);
    }
    return values;
  }

  /// The sum of an integer or a list of them; 0 if the key is not there.
  public long sum(String suffix) {
    return metadata
        .integers(key(suffix))
        .map(v -> Arrays.stream(v).asLongStream().sum())
        .orElse(0L);
  }

  private static void requirePerBlock(String key, int length, int blockCount) {
    if (length != 1 && length != blockCount) {
      throw new ModelException(
          "%s: expected one value or one for each of %d blocks, got %d values"
              .formatted(key, blockCount, length));
    }
  }

  /// A finite number in `min..max`, if the key is there.
  public OptionalDouble number(String suffix, double min, double max) {
    OptionalDouble value = metadata.number(key(suffix));
    if (value.isPresent() && !(value.getAsDouble() >= min && value.getAsDouble() <= max)) {
      throw new ModelException(
          "%s: expected a number in %s..%s, got %s"
              .formatted(key(suffix), min, max, value.getAsDouble()));
    }
    return value;
  }

  /// A finite number in `min..max` that must be there.
  public float requireNumber(String suffix, double min, double max) {
    return (float) number(suffix, min, max).orElseThrow(() -> missing(suffix, "a number"));
  }

  /// Finite numbers in `min..max` that are given once for all blocks or once per block: one for each, if the key is there.
  Optional<float[]> numbersOfBlocks(String suffix, int blockCount, double min, double max) {
    return metadata
        .floats(key(suffix))
        .map(values -> numbersOfBlocks(key(suffix), values, blockCount, min, max));
  }

  /// The same of a key that stands under no architecture's name, and must be there.
  float[] requireGlobalNumbersOfBlocks(String key, int blockCount, double min, double max) {
    return metadata
        .floats(key)
        .map(values -> numbersOfBlocks(key, values, blockCount, min, max))
        .orElseThrow(() -> new ModelException(key + ": expected numbers, got nothing"));
  }

  private static float[] numbersOfBlocks(
      String key, float[] perBlock, int blockCount, double min, double max) {
    requirePerBlock(key, perBlock.length, blockCount);
    for (float value : perBlock) {
      if (!(value >= min && value <= max)) {
        throw new ModelException(
            "%s: expected numbers in %s..%s, got %s".formatted(key, min, max, value));
      }
    }
    float[] all = Arrays.copyOf(perBlock, blockCount);
    if (perBlock.length == 1) {
      Arrays.fill(all, perBlock[0]);
    }
    return all;
  }

  /// A truth value, if the key is there.
  public Optional<Boolean> flag(String suffix) {
    return metadata.bool(key(suffix));
  }

  /// One answer for each of `count` blocks; empty if the key is not there or is a number.
  Optional<boolean[]> flags(String suffix, int count) {
    String key = key(suffix);
    if (metadata.value(key).filter(value -> !(value instanceof GgufValue.Int)).isEmpty()) {
      return Optional.empty();
    }
    Optional<boolean[]> flags = metadata.bools(key);
    flags
        .filter(values -> values.length != count)
        .ifPresent(values -> {
          throw new ModelException(
              "%s: expected one value for each of %d blocks, got %d values"
                  .formatted(key, count, values.length));
        });
    return flags;
  }

  /// A string, if the key is there.
  public Optional<String> string(String suffix) {
    return metadata.string(key(suffix));
  }

  private int checked(String suffix, long value, int min, int max) {
    if (value < min || value > max) {
      throw new ModelException(
          "%s: expected an integer in %d..%d, got %d".formatted(key(suffix), min, max, value));
    }
    return (int) value;
  }

  private ModelException missing(String suffix, String expected) {
    return new ModelException("%s: expected %s, got nothing".formatted(key(suffix), expected));
  }

  @Override
  public String toString() {
    return architecture + ".*";
  }
}
