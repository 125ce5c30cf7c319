package dev.jmr.cli;

import dev.jmr.model.Model;
import dev.jmr.runtime.EngineOptions;
import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.backend.Backend;
import dev.jmr.tensor.backend.BackendOptions;
import dev.jmr.tensor.backend.BackendProvider;
import dev.jmr.tensor.backend.Backends;
import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.BatchLimits;
import dev.jmr.tensor.backend.Executable;
import dev.jmr.tensor.backend.KvLayout;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// One pass over some tokens, without an engine: what the model itself says, before anything is drawn.
///
/// Keys and values are kept in F32, so that the result is as exact as the backend is.
final class ForwardPass {
  private static final int CHUNK = 512;

  private ForwardPass() {}

  /// The logits behind the tokens: `V` floats for each one, or for the last one only.
  ///
  /// @throws CliException if the tokens do not fit the context or an id does not exist
  static float[] logits(Model model, EngineOptions options, int[] tokens, boolean all) {
    int contextLength = contextLength(model, options, tokens.length);
    requireInVocabulary(model, tokens);
    List<Backends.Candidate> candidates = Backends.candidates();
    BackendProvider provider =
        options
            .backend()
            .map(name -> Backends.named(candidates, name))
            .orElseGet(() -> Backends.best(candidates));
    int chunk = Math.min(CHUNK, tokens.length);
    try (Backend backend = provider.open(new BackendOptions(options.threads()));
        Executable executable =
            backend.compile(
                model.graph(contextLength),
                new KvLayout(TensorType.F32, KvLayout.pagesFor(tokens.length)),
                new BatchLimits(chunk, all ? chunk : 1))) {
      return run(executable, model.hyperParameters().vocabularySize(), tokens, chunk, all);
    }
  }

  private static int contextLength(Model model, EngineOptions options, int tokens) {
    int trained = model.hyperParameters().contextLength();
    int contextLength = options.contextLength() == 0 ? trained : options.contextLength();
    if (tokens == 0 || tokens > contextLength) {
      throw new CliException(
          "prompt: expected 1 to %d tokens, got %d; --ctx changes the limit"
              .formatted(contextLength, tokens));
    }
    return contextLength;
  }

  private static void requireInVocabulary(Model model, int... tokens) {
    int size = model.hyperParameters().vocabularySize();
    for (int token : tokens) {
      if (token < 0 || token >= size) {
        throw new CliException("token id: expected 0 to %d, got %d".formatted(size - 1, token));
      }
    }
  }

  private static float[] run(
      Executable executable, int vocabularySize, int[] tokens, int chunk, boolean all) {
    int[][] pages = {IntStream.range(0, KvLayout.pagesFor(tokens.length)).toArray()};
    float[] part = new float[(all ? chunk : 1) * vocabularySize];
    float[] logits = new float[Math.multiplyExact(all ? tokens.length : 1, vocabularySize)];
    for (int from = 0; from < tokens.length; from += chunk) {
      int to = Math.min(tokens.length, from + chunk);
      int[] rows = outputRows(to - from, all, to == tokens.length);
      executable.run(
          new Batch(
              Arrays.copyOfRange(tokens, from, to),
              IntStream.range(from, to).toArray(),
              new int[to - from],
              pages,
              rows),
          part);
      System.arraycopy(
          part, 0, logits, all ? from * vocabularySize : 0, rows.length * vocabularySize);
    }
    return logits;
  }

  private static int[] outputRows(int tokens, boolean all, boolean last) {
    if (all) {
      return IntStream.range(0, tokens).toArray();
    }
    return last ? new int[] {tokens - 1} : new int[0];
  }
}
