package dev.jmr.model.evaluation;

import dev.jmr.model.Model;
import dev.jmr.tensor.backend.Backend;
import java.util.function.Consumer;

/// The perplexity of a model on a text, as llama-perplexity defines it: e to the mean negative log-likelihood of the
/// tokens in the second half of each chunk, where a token sees what stands before it in its chunk. The lower, the
/// better; comparable between models with the same vocabulary only.
///
/// Log-likelihoods are computed in double and summed in the order of the text, so that the result depends on the logits
/// only. Source: llama.cpp `tools/perplexity`.
public final class Perplexity {
  private final int firstScored;
  private final int lastScored;
  private double sum;
  private double sumOfSquares;
  private long tokens;

  private Perplexity(PerplexityOptions options) {
    firstScored = options.firstScored();
    lastScored = options.contextLength() - 1;
  }

  /// Scores all chunks; takes as long as the model takes to read them.
  ///
  /// @param chunks of a text that `model` encoded, cut with the same options
  /// @param progress is told the estimate after each chunk, on the thread that called
  /// @return the estimate after the last chunk
  /// @throws EvaluationException if the logits are not numbers
  /// @throws dev.jmr.model.arch.ModelException as [Model#graph] does
  /// @throws dev.jmr.tensor.TensorException as [Backend#compile] does
  public static PerplexityEstimate measure(
      Model model,
      Backend backend,
      TextChunks chunks,
      PerplexityOptions options,
      Consumer<PerplexityEstimate> progress) {
    Perplexity perplexity = new Perplexity(options);
    int rowWidth = model.hyperParameters().vocabularySize();
    int vocabularySize = model.tokenizer().vocabularySize();
    PerplexityEstimate estimate = PerplexityEstimate.of(0, 0, 0, 0);
    try (var pass = new ForwardPass(model, backend, options.limits());
        var scorer = new TokenScorer(rowWidth, vocabularySize, options.threads())) {
      for (int i = 0; i < chunks.count(); i++) {
        perplexity.add(pass, scorer, chunks.chunk(i), i + 1);
        estimate = perplexity.estimate(i + 1);
        progress.accept(estimate);
      }
    }
    return estimate;
  }

  private void add(ForwardPass pass, TokenScorer scorer, int[] chunk, int number) {
    pass.run(
        chunk,
        firstScored,
        lastScored,
        (position, count, logits) -> {
          double[] losses = scorer.losses(logits, count, chunk, position + 1);
          for (int i = 0; i < count; i++) {
            add(losses[i], number, position + i);
          }
        });
  }

  private void add(double loss, int chunk, int position) {
    if (!Double.isFinite(loss)) {
      throw new EvaluationException(
          "chunk %d, position %d: expected logits that are numbers, got a loss of %s; the model is broken, or the backend"
              .formatted(chunk, position, loss));
    }
    sum += loss;
    sumOfSquares += loss * loss;
    tokens++;
  }

  private PerplexityEstimate estimate(int chunks) {
    return PerplexityEstimate.of(chunks, tokens, sum, sumOfSquares);
  }
}
