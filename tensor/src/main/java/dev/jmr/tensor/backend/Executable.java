package dev.jmr.tensor.backend;

/// A graph that is ready to run, with its working memory and its key-value pages.
///
/// Not thread-safe: one thread at a time calls [#run]. The contents of pages persist from run to run; who refers to
/// which page is the caller's business ([KvPages]).
public interface Executable extends AutoCloseable {
  /// Runs one forward pass.
  ///
  /// @param logits receives `batch.outputCount()` rows of `V` floats, in the order of the batch's output rows
  /// @throws dev.jmr.tensor.TensorException if the batch exceeds the limits, names a page or token that does not exist,
  ///     or `logits` is too short; nothing was computed then
  void run(Batch batch, float[] logits);

  /// Runs one forward pass of which only the likeliest token of each output row is wanted, where that is less work than [#run]:
  /// on a device, one number comes back instead of a row.
  ///
  /// @param vocabulary how many logits of a row belong to tokens
  /// @param tokens receives, for each output row, the index of its largest logit, the first of equal ones
  /// @return whether it was done; if not, [#run] has to, which may have been done in vain before
  /// @throws dev.jmr.tensor.TensorException as [#run]
  default boolean runLikeliest(Batch batch, int vocabulary, int[] tokens) {
    return false;
  }

  /// How long each part of the graph has taken in all runs so far. For the thread that calls [#run], between runs.
  ///
  /// @return [OpProfile#EMPTY] unless the backend was opened with [BackendOptions#profiled] and can measure it
  default OpProfile profile() {
    return OpProfile.EMPTY;
  }

  @Override
  void close();
}
