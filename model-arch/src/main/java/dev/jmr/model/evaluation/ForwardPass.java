package dev.jmr.model.evaluation;

import dev.jmr.model.Model;
import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.backend.Backend;
import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.BatchLimits;
import dev.jmr.tensor.backend.Executable;
import dev.jmr.tensor.backend.KvLayout;
import java.util.Arrays;
import java.util.stream.IntStream;

/// A model on a backend that runs one sequence at a time, from its first token on, in batches.
///
/// Owns the executable and the memory of the logits; the model and the backend must stay open until it is closed. For
/// one thread at a time.
public final class ForwardPass implements AutoCloseable {
  /// Receives logits as they are computed.
  @FunctionalInterface
  public interface LogitRows {
    /// Called once for each batch in which a position was asked for, in the order of the positions.
    ///
    /// @param position of the token after which the first row stands; the others follow it
    /// @param count of rows, at least 1
    /// @param logits `count` rows of `V` floats from index 0; overwritten by the next batch
    void accept(int position, int count, float[] logits);
  }

  /// What the memory is sized for.
  ///
  /// @param contextLength that the model is set up for
  /// @param tokens in a sequence at most
  /// @param batchTokens tokens in a batch at most
  /// @param batchOutputs rows of logits from a batch at most
  /// @param kvType F16, F32 or Q8_0: how keys and values are kept
  public record Limits(
      int contextLength, int tokens, int batchTokens, int batchOutputs, TensorType kvType) {}

  private final Limits limits;
  private final int vocabularySize;
  private final int[][] pageTables;
  private final float[] logits;
  private final Executable executable;

  /// Compiles the model's graph.
  ///
  /// @throws EvaluationException if the logits of one batch are more than an array can hold
  /// @throws dev.jmr.model.arch.ModelException as [Model#graph] does
  /// @throws dev.jmr.tensor.TensorException as [Backend#compile] does
  public ForwardPass(Model model, Backend backend, Limits limits) {
    this.limits = limits;
    this.vocabularySize = model.hyperParameters().vocabularySize();
    int pageCount = KvLayout.pagesFor(limits.tokens());
    this.pageTables = new int[][] {IntStream.range(0, pageCount).toArray()};
    this.logits = new float[rowElements(limits.batchOutputs(), vocabularySize)];
    this.executable =
        backend.compile(
            model.graph(limits.contextLength()),
            new KvLayout(limits.kvType(), pageCount),
            new BatchLimits(limits.batchTokens(), limits.batchOutputs()));
  }

  private static int rowElements(int rows, int vocabularySize) {
    long elements = (long) rows * vocabularySize;
    if (elements > Integer.MAX_VALUE - 8) {
      throw new EvaluationException(
          "batch: expected logits of at most %d floats, got %d rows of %d; use smaller batches"
              .formatted(Integer.MAX_VALUE - 8, rows, vocabularySize));
    }
    return (int) elements;
  }

  /// Runs a sequence, and hands out the logits after the tokens at positions `from` (inclusive) to `to` (exclusive).
  ///
  /// @throws EvaluationException if an id does not exist, or if there are no tokens or too many
  public void run(int[] tokens, int from, int to, LogitRows rows) {
    requireTokens(tokens);
    for (int start = 0; start < tokens.length; start += limits.batchTokens()) {
      int end = Math.min(tokens.length, start + limits.batchTokens());
      int first = Math.clamp(from, start, end);
      int last = Math.clamp(to, first, end);
      executable.run(
          new Batch(
              Arrays.copyOfRange(tokens, start, end),
              IntStream.range(start, end).toArray(),
              new int[end - start],
              pageTables,
              IntStream.range(first - start, last - start).toArray()),
          logits);
      if (first < last) {
        rows.accept(first, last - first, logits);
      }
    }
  }

  private void requireTokens(int... tokens) {
    if (tokens.length == 0 || tokens.length > limits.tokens()) {
      throw new EvaluationException(
          "sequence: expected 1 to %d tokens, got %d".formatted(limits.tokens(), tokens.length));
    }
    for (int token : tokens) {
      if (token < 0 || token >= vocabularySize) {
        throw new EvaluationException(
            "token id: expected 0 to %d, got %d".formatted(vocabularySize - 1, token));
      }
    }
  }

  @Override
  public void close() {
    executable.close();
  }
}
