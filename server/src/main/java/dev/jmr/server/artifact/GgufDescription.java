package dev.jmr.server.artifact;

import dev.jmr.gguf.Gguf;
import dev.jmr.gguf.GgufMetadata;
import dev.jmr.gguf.GgufValue;
import dev.jmr.gguf.NumberArray;
import dev.jmr.gguf.StringArray;
import dev.jmr.gguf.ValueType;
import dev.jmr.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Describes a GGUF model as Docker Model Runner does: metadata as texts, counts with units.
///
/// The context size stays open: the trained maximum, which Docker Model Runner fills in, makes it
/// reserve a cache of that size.
public final class GgufDescription {
  private static final int MAX_ARRAY = 50;

  private GgufDescription() {}

  /// The configuration of an artifact of this model, without layers and time.
  ///
  /// @param files all shards in order
  /// @throws dev.jmr.gguf.GgufException if they are no GGUF model
  public static ModelConfig describe(List<Path> files) {
    try (Gguf gguf = Gguf.open(files)) {
      return describe(gguf);
    }
  }

  private static ModelConfig describe(Gguf gguf) {
    GgufMetadata metadata = gguf.metadata();
    List<Tensor> tensors = gguf.tensors();
    return new ModelConfig(
        ModelConfig.GGUF,
        FileType.name(metadata.integer("general.file_type").orElse(-1)),
        Quantity.parameters(tensors.stream().mapToLong(t -> t.shape().elementCount()).sum()),
        metadata.string("general.architecture").orElse(""),
        Quantity.bytes(tensors.stream().mapToLong(t -> t.data().byteSize()).sum()),
        texts(metadata),
        OptionalInt.empty(),
        Optional.empty(),
        List.of(),
        Map.of());
  }

  private static Map<String, String> texts(GgufMetadata metadata) {
    Map<String, String> texts = new TreeMap<>();
    for (String key : metadata.keys()) {
      metadata.value(key).flatMap(GgufDescription::text).ifPresent(text -> texts.put(key, text));
    }
    return texts;
  }

  /// A value as text; empty if it is too long to be worth showing.
  private static Optional<String> text(GgufValue value) {
    return switch (value) {
      case GgufValue.Int number -> Optional.of(number.toString());
      case GgufValue.Real real -> Optional.of(decimal(real.value()));
      case GgufValue.Bool bool -> Optional.of(bool.toString());
      case GgufValue.Text text -> Optional.of(text.value());
      case NumberArray numbers when numbers.size() <= MAX_ARRAY -> Optional.of(text(numbers));
      case StringArray strings when strings.size() <= MAX_ARRAY ->
          Optional.of(String.join(", ", strings.toList()));
      case NumberArray tooLong -> Optional.empty();
      case StringArray tooLong -> Optional.empty();
      case GgufValue.Nested nested -> Optional.empty();
    };
  }

  private static String text(NumberArray numbers) {
    ValueType type = numbers.elementType();
    return IntStream.range(0, numbers.size())
        .mapToObj(i ->
            type.floating()
                ? decimal(numbers.number(i))
                : type == ValueType.BOOL
                    ? Boolean.toString(numbers.bool(i))
                    : new GgufValue.Int(type, numbers.integer(i)).toString())
        .collect(Collectors.joining(", "));
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%f", value);
  }
}
