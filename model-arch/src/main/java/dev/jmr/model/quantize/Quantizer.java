package dev.jmr.model.quantize;

import dev.jmr.gguf.Gguf;
import dev.jmr.gguf.GgufValue;
import dev.jmr.gguf.GgufWriter;
import dev.jmr.gguf.TensorSource;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;

/// Writes a model once more with its weights in other types.
///
/// Tensors are converted one after the other, each a few rows at a time by several threads: memory does not grow with
/// the model. Metadata stays, but `general.file_type` and `general.quantization_version` tell the new state. For one
/// thread at a time.
public final class Quantizer {
  private static final int QUANTIZATION_VERSION = 2;

  private final Gguf model;
  private final QuantizeOptions options;
  private final TypePlan plan;

  /// Decides on the types; reads no tensor data.
  ///
  /// @param model stays open, and the caller's, while this is used
  /// @throws dev.jmr.model.arch.ModelException as [TypePlan#of] does
  public Quantizer(Gguf model, QuantizeOptions options) {
    this.model = model;
    this.options = options;
    this.plan = TypePlan.of(model, options);
  }

  /// The types that the tensors will have.
  public TypePlan plan() {
    return plan;
  }

  /// Writes one file; it is there when it is whole, and an existing one stays until then.
  ///
  /// @param progress told now and then, by the calling thread, how many bytes of `model`'s tensors are done
  /// @throws dev.jmr.gguf.GgufException if it cannot be written
  /// @throws dev.jmr.model.arch.ModelException if a weight is not a number or infinite
  public void write(Path target, LongConsumer progress) {
    GgufWriter writer =
        new GgufWriter()
            .putAll(model.metadata())
            .put("general.quantization_version", GgufValue.uint32(QUANTIZATION_VERSION))
            .put("general.file_type", GgufValue.uint32(options.fileType().id()));
    try (ExecutorService workers = Executors.newFixedThreadPool(options.threads())) {
      long done = 0;
      for (TypePlan.Assignment assignment : plan.tensors()) {
        long before = done;
        done += assignment.tensor().byteSize();
        long after = done;
        TensorSource source =
            assignment.converts()
                ? new ConvertedRows(
                    assignment, workers, options.threads(), n -> progress.accept(before + n))
                : TensorSource.of(assignment.tensor().data());
        writer.tensor(
            assignment.tensor().name(),
            assignment.type(),
            assignment.tensor().shape(),
            channel -> {
              source.writeTo(channel);
              progress.accept(after);
            });
      }
      writer.write(target);
    }
  }
}
