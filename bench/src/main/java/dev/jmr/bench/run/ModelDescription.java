package dev.jmr.bench.run;

import dev.jmr.model.Model;
import dev.jmr.tensor.Tensor;
import java.util.Locale;

/// What llama-bench's table says about a model.
///
/// @param type architecture, size and kind of weights: `llama 1B Q4_K - Medium`
/// @param byteSize bytes of all tensors
/// @param parameterCount elements of all tensors
public record ModelDescription(String type, long byteSize, long parameterCount) {
  static ModelDescription of(Model model) {
    long byteSize = model.gguf().tensors().stream().mapToLong(Tensor::byteSize).sum();
    String type = "%s %s %s".formatted(model.architecture(), sizeLabel(model), fileType(model));
    return new ModelDescription(type, byteSize, model.parameterCount());
  }

  /// What the file says of its size, otherwise the number of parameters in round figures.
  private static String sizeLabel(Model model) {
    return model
        .gguf()
        .metadata()
        .string("general.size_label")
        .filter(label -> !label.isBlank())
        .orElseGet(() -> rounded(model.parameterCount()));
  }

  static String rounded(long parameters) {
    if (parameters < 10_000_000) {
      return String.format(Locale.ROOT, "%.1fM", parameters / 1e6);
    }
    if (parameters < 500_000_000) {
      return String.format(Locale.ROOT, "%.0fM", parameters / 1e6);
    }
    return parameters < 950_000_000
        ? String.format(Locale.ROOT, "%.1fB", parameters / 1e9)
        : String.format(Locale.ROOT, "%.0fB", parameters / 1e9);
  }

  private static String fileType(Model model) {
    int id = (int) model.gguf().metadata().integer("general.file_type").orElse(-1);
    return FileType.name(id).orElseGet(() -> model.commonestType() + " (guessed)");
  }
}
