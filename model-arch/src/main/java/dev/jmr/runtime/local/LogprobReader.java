package dev.jmr.runtime.local;

import dev.jmr.model.sample.Logprobs;
import dev.jmr.model.tokenizer.Tokenizer;
import dev.jmr.runtime.ChosenToken;
import dev.jmr.runtime.TokenLogprob;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Looks up how likely the model found a token, and the likeliest others. For one thread.
final class LogprobReader {
  private final Tokenizer tokenizer;
  private final Logprobs logprobs;

  LogprobReader(Tokenizer tokenizer, int top) {
    this.tokenizer = tokenizer;
    this.logprobs = new Logprobs(tokenizer.vocabularySize(), top);
  }

  /// @param offset where the row of logits begins from which the token was chosen
  ChosenToken read(float[] logits, int offset, int token) {
    logprobs.read(logits, offset);
    List<TokenLogprob> top = new ArrayList<>(logprobs.topCount());
    for (int rank = 0; rank < logprobs.topCount(); rank++) {
      top.add(logprob(logprobs.topToken(rank)));
    }
    return new ChosenToken(logprob(token), top);
  }

  private TokenLogprob logprob(int token) {
    byte[] bytes = tokenizer.tokenBytes(token);
    String text =
        bytes.length == 0 ? tokenizer.tokenText(token) : new String(bytes, StandardCharsets.UTF_8);
    return new TokenLogprob(token, text, bytes, logprobs.of(token));
  }
}
