package dev.jmr.runtime.local;

import dev.jmr.tensor.backend.Batch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns what sequences have scheduled into a batch.
///
/// A batch's arrays are exactly as long as it has tokens. Steps in which each of `n` sequences has one token, which is
/// all that decoding is, use the same `n`-th batch again and again; only steps with prompts in them make new ones.
final class BatchAssembler {
  private final @Nullable Batch[] decoding;

  BatchAssembler(int maxSequences) {
    decoding = new Batch[maxSequences + 1];
  }

  /// The batch of all sequences that are scheduled, at least one, in their order; rows of logits for those that want them.
  /// Valid until the next call.
  Batch assemble(List<Sequence> sequences) {
    int tokens = 0;
    int members = 0;
    int outputs = 0;
    for (int i = 0; i < sequences.size(); i++) {
      Sequence sequence = sequences.get(i);
      tokens += sequence.scheduled();
      members += sequence.scheduled() > 0 ? 1 : 0;
      outputs += sequence.wantsLogits() ? 1 : 0;
    }
    boolean decodes = tokens == members && outputs == members;
    Batch batch = decodes ? decoding(members) : batch(tokens, members, outputs);
    fill(batch, sequences);
    return batch;
  }

  private Batch decoding(int sequences) {
    Batch batch = decoding[sequences];
    if (batch == null) {
      batch = batch(sequences, sequences, sequences);
      decoding[sequences] = batch;
    }
    return batch;
  }

  private static void fill(Batch batch, List<Sequence> sequences) {
    int at = 0;
    int member = 0;
    int output = 0;
    for (int i = 0; i < sequences.size(); i++) {
      Sequence sequence = sequences.get(i);
      if (sequence.scheduled() == 0) {
        continue;
      }
      sequence.writeTo(batch, at, member++);
      at += sequence.scheduled();
      if (sequence.wantsLogits()) {
        batch.outputRows()[output++] = at - 1;
      }
    }
  }

  private static Batch batch(int tokens, int sequences, int outputs) {
    return new Batch(
        new int[tokens], new int[tokens], new int[tokens], new int[sequences][], new int[outputs]);
  }
}
