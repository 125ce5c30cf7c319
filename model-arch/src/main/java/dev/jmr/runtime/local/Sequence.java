package dev.jmr.runtime.local;

import dev.jmr.model.sample.SamplerChain;
import dev.jmr.model.sample.SamplerVocabulary;
import dev.jmr.model.tokenizer.DecodeOptions;
import dev.jmr.model.tokenizer.Tokenizer;
import dev.jmr.runtime.ChosenToken;
import dev.jmr.runtime.ContextOverflow;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.GenerationEvent.Finished;
import dev.jmr.runtime.GenerationEvent.PromptProgress;
import dev.jmr.runtime.GenerationEvent.Reason;
import dev.jmr.runtime.GenerationEvent.Usage;
import dev.jmr.runtime.Prompt;
import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.KvLayout;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// A request that has a slot: its tokens, how far they were processed, and its pages. Belongs to the engine's thread.
///
/// The first `processed` tokens lie in the cache; the others are *pending*: a rest of the prompt, or the token that was
/// sampled last. The logits of a step count only when it leaves nothing pending.
final class Sequence {
  private final LocalGeneration generation;
  private final Tokenizer tokenizer;
  private final AnswerGate gate;
  private final AnswerText text;
  private final Optional<LogprobReader> logprobs;
  private final Set<Integer> stopTokens;
  private final SamplerChain sampler;
  private final Stopwatch stopwatch = new Stopwatch();
  private final int promptLength;
  private final ContextOverflow overflow;
  private final Deadline deadline;
  private final int maxAnswer;

  /// Prompt and answer; as long as both may become together, or the context.
  private final int[] tokens;

  private int length;
  private int sampled;
  private int dropped;
  private int processed;
  private int scheduled;
  private boolean ended;
  private final SequencePages pages;
  private final StepCounters counters;

  /// Tokens of the prompt that were told to be processed.
  private int told;

  /// Tokens of the prompt that others had processed.
  private int cached;

  /// @param pool where its pages are from
  Sequence(
      QueuedRequest queued,
      Tokenizer tokenizer,
      int contextLength,
      PagePool pool,
      StepCounters counters) {
    this.counters = counters;
    this.generation = queued.generation();
    this.tokenizer = tokenizer;
    this.gate = new AnswerGate(queued.plan(), tokenizer);
    this.text =
        new AnswerText(
            tokenizer.decoder(decoding(queued)),
            gate.thoughts(),
            queued.request().stop(),
            generation::emit);
    OptionalInt top = queued.request().topLogprobs();
    this.logprobs =
        top.isPresent()
            ? Optional.of(new LogprobReader(tokenizer, top.getAsInt()))
            : Optional.empty();
    this.stopTokens = queued.request().stop().tokens();
    this.sampler = new SamplerChain(queued.request().sampling(), vocabulary(tokenizer));
    this.promptLength = queued.prompt().length;
    this.overflow = queued.request().limits().overflow();
    this.deadline = queued.deadline();
    this.dropped = queued.dropped();
    int room = contextLength - promptLength;
    int most = overflow.shifts() ? Integer.MAX_VALUE : room;
    int automatic = overflow.shifts() ? contextLength : room;
    int maxTokens = queued.request().maxTokens();
    this.maxAnswer = maxTokens == 0 ? automatic : Math.min(maxTokens, most);
    this.tokens = Arrays.copyOf(queued.prompt(), promptLength + Math.min(maxAnswer, room));
    this.length = promptLength;
    this.pages = new SequencePages(pool, tokens.length);
    for (int token : queued.prompt()) {
      sampler.accept(token);
    }
  }

  boolean cancelled() {
    return generation.cancelled();
  }

  /// Whether its time is up.
  boolean expired() {
    return deadline.passed();
  }

  /// Tokens that are not in the cache yet.
  int pending() {
    return length - processed;
  }

  /// Tokens of the step that is being prepared or run.
  int scheduled() {
    return scheduled;
  }

  /// Whether the step leaves nothing pending, so that its logits are those of the next token.
  boolean wantsLogits() {
    return scheduled > 0 && scheduled == pending();
  }

  /// Begins with what others have processed, as far as it is the same.
  void share() {
    int tokensOfOthers = pages.share(tokens, length - 1);
    processed += tokensOfOthers;
    if (told == 0) {
      cached += tokensOfOthers;
    }
  }

  /// Whether `other` is about to process tokens that it can begin with.
  boolean awaits(Sequence other) {
    if (!pages.shareable()) {
      return false;
    }
    int same = Arrays.mismatch(tokens, 0, length - 1, other.tokens, 0, other.length);
    int common = (same < 0 ? length - 1 : same) / KvLayout.PAGE_TOKENS * KvLayout.PAGE_TOKENS;
    return common > processed && common > other.processed;
  }

  /// Pages that it still needs for all its tokens.
  int missingPages() {
    return KvLayout.pagesFor(length) - pages.count();
  }

  /// Takes part in the next step with the next `count` pending tokens, if there are the pages that these need; whether
  /// there are.
  boolean schedule(int count) {
    boolean fits = pages.reserve(processed + count);
    scheduled = fits ? count : scheduled;
    return fits;
  }

  /// Gives its pages back to go on later, when its tokens will be processed again.
  void rest() {
    pages.release(tokens, processed);
    cached = told == 0 ? 0 : cached;
    processed = 0;
    scheduled = 0;
  }

  /// Writes the scheduled tokens into a batch, from its token `at` on, as its sequence `index`.
  void writeTo(Batch batch, int at, int index) {
    batch.pageTables()[index] = pages.table();
    for (int i = 0; i < scheduled; i++) {
      batch.tokens()[at + i] = tokens[processed + i];
      batch.positions()[at + i] = processed + i;
      batch.sequences()[at + i] = index;
    }
  }

  /// Takes note that the scheduled tokens are in the cache now.
  void advance() {
    processed += scheduled;
    scheduled = 0;
    pages.publish(tokens, processed);
    int prompt = Math.min(processed, promptLength);
    if (prompt > told) {
      if (told == 0 && cached > 0) {
        counters.shared(cached);
      }
      told = prompt;
      generation.emit(new PromptProgress(prompt, promptLength));
      if (prompt == promptLength) {
        stopwatch.promptProcessed();
      }
    }
  }

  /// Samples the next token from a row of logits and hands out the text that it completes; why the answer ends with it, if
  /// it does.
  ///
  /// @throws EngineException if the rules of the request allow no token
  /// @throws dev.jmr.model.sample.SamplingException if the logits are not numbers
  Optional<Reason> sample(float[] logits, int offset) {
    int token = gate.sample(sampler, logits, offset);
    return append(token, logprobs.map(reader -> reader.read(logits, offset, token)));
  }

  /// Whether the next token is the likeliest one, and nothing else is wanted of its logits.
  boolean takesLikeliest() {
    return logprobs.isEmpty() && gate.open() && sampler.takesLikeliest();
  }

  /// Takes the next token and hands out the text that it completes; why the answer ends with it, if it does.
  Optional<Reason> take(int token) {
    return append(token, Optional.empty());
  }

  private Optional<Reason> append(int token, Optional<ChosenToken> chosen) {
    sampler.accept(token);
    count(stopwatch.tokenSampled());
    tokens[length++] = token;
    sampled++;
    if (ends(token)) {
      return Optional.of(Reason.STOP);
    }
    if (text.accept(token, chosen) || gate.accept(token)) {
      return Optional.of(Reason.STOP);
    }
    if (sampled == maxAnswer) {
      return Optional.of(Reason.LENGTH);
    }
    if (length == tokens.length) {
      shift();
    }
    return Optional.empty();
  }

  private void count(long sinceLastToken) {
    if (sampled == 0) {
      counters.began(generation.age());
    } else {
      counters.grew(sinceLastToken);
    }
  }

  /// Forgets half of the tokens after the first ones; the others are processed again.
  private void shift() {
    pages.release(tokens, processed);
    int keep = Math.min(Math.max(overflow.keep(), 1), length / 2);
    int forgotten = (length - keep + 1) / 2;
    int rest = keep + forgotten;
    System.arraycopy(tokens, rest, tokens, keep, length - rest);
    length -= forgotten;
    dropped += forgotten;
    processed = 0;
  }

  /// Ends the answer: gives the pages back, then hands out the rest of the text and the reason.
  void finish(Reason reason) {
    end();
    counters.ended(stopwatch.timings(), length);
    text.finish();
    generation.emit(
        new Finished(
            reason,
            new Usage(promptLength, sampled, cached, dropped, gate.thoughts().tokens()),
            stopwatch.timings(),
            text.stopString()));
  }

  /// Ends the answer with an error, after it gave the pages back.
  void fail(EngineException cause) {
    end();
    generation.fail(cause);
  }

  /// Whether it needs its slot no more.
  boolean ended() {
    return ended;
  }

  private void end() {
    ended = true;
    scheduled = 0;
    pages.release(tokens, processed);
  }

  private boolean ends(int token) {
    return tokenizer.specialTokens().isEndOfGeneration(token)
        || (!stopTokens.isEmpty() && stopTokens.contains(token));
  }

  private static SamplerVocabulary vocabulary(Tokenizer tokenizer) {
    return new SamplerVocabulary(
        tokenizer.vocabularySize(),
        tokenizer::tokenBytes,
        tokenizer.specialTokens().endOfGeneration());
  }

  /// What answers to a conversation are read by may be control tokens.
  private static DecodeOptions decoding(QueuedRequest queued) {
    return new DecodeOptions(false, queued.request().prompt() instanceof Prompt.Chat);
  }
}
