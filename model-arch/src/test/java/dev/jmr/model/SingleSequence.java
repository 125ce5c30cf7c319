package dev.jmr.model;

import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.backend.Backend;
import dev.jmr.tensor.backend.BackendOptions;
import dev.jmr.tensor.backend.BackendProvider;
import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.BatchLimits;
import dev.jmr.tensor.backend.Executable;
import dev.jmr.tensor.backend.KvLayout;
import java.util.Arrays;
import java.util.stream.IntStream;

/// A model on a backend with one sequence, whose pages lie in reverse order.
public final class SingleSequence implements AutoCloseable {
  static final int MAX_TOKENS = 128;

  private final Backend backend;
  private final Executable executable;
  private final int[] pages;
  private final float[] logits;
  private int position;

  public SingleSequence(BackendProvider provider, Model model) {
    this(provider, model, MAX_TOKENS);
  }

  /// @param contextLength positions that the sequence can have
  public SingleSequence(BackendProvider provider, Model model, int contextLength) {
    int pageCount = KvLayout.pagesFor(contextLength);
    backend = provider.open(BackendOptions.automatic());
    executable =
        backend.compile(
            model.graph(contextLength),
            new KvLayout(TensorType.F32, pageCount),
            new BatchLimits(contextLength, 1));
    pages = IntStream.range(0, pageCount).map(i -> pageCount - 1 - i).toArray();
    logits = new float[model.hyperParameters().vocabularySize()];
  }

  /// Appends tokens; the logits after the last of them.
  public float[] feed(int... tokens) {
    int first = position;
    int[] positions = IntStream.range(first, first + tokens.length).toArray();
    int[] sequences = new int[tokens.length];
    int[] outputs = {tokens.length - 1};
    executable.run(new Batch(tokens, positions, sequences, new int[][] {pages}, outputs), logits);
    position += tokens.length;
    return logits.clone();
  }

  /// Appends tokens in batches of at most `chunk`; the logits after the last of them.
  public float[] feed(int[] tokens, int chunk) {
    float[] last = {};
    for (int at = 0; at < tokens.length; at += chunk) {
      last = feed(Arrays.copyOfRange(tokens, at, Math.min(tokens.length, at + chunk)));
    }
    return last;
  }

  /// The first of the largest.
  static int argmax(float... logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      if (logits[i] > logits[best]) {
        best = i;
      }
    }
    return best;
  }

  @Override
  public void close() {
    executable.close();
    backend.close();
  }
}
