package dev.jmr.cli;

import dev.jmr.model.sample.DryParameters;
import dev.jmr.model.sample.PenaltyParameters;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options against repetition: penalties for tokens seen recently, and for whole sequences (DRY).
final class RepetitionOptions {
  /// As llama.cpp calls no sequence breaker at all.
  private static final String NO_BREAKER = "none";

  private static final PenaltyParameters PENALTIES = PenaltyParameters.OFF;
  private static final DryParameters DRY = DryParameters.OFF;

  @Option(
      names = "--repeat-penalty",
      paramLabel = "X",
      description = "Make tokens of the last 64 less likely; 1 = off (default: 1).")
  private float repeatPenalty = PENALTIES.repeat();

  @Option(
      names = "--repeat-last-n",
      paramLabel = "N",
      description = "Tokens that the penalties look back; -1 = all (default: 64).")
  private int repeatLastN = PENALTIES.lastN();

  @Option(
      names = "--presence-penalty",
      paramLabel = "X",
      description = "Subtract X once from the logits of these tokens (default: 0).")
  private float presencePenalty = PENALTIES.presence();

  @Option(
      names = "--frequency-penalty",
      paramLabel = "X",
      description = "Subtract X for each time that a token stands there (default: 0).")
  private float frequencyPenalty = PENALTIES.frequency();

  @Option(
      names = "--dry-multiplier",
      paramLabel = "X",
      description = "Make tokens less likely that go on with a repetition; 0 = off (default: 0).")
  private float dryMultiplier = DRY.multiplier();

  @Option(
      names = "--dry-base",
      paramLabel = "X",
      description = "How that grows with each repeated token (default: 1.75).")
  private float dryBase = DRY.base();

  @Option(
      names = "--dry-allowed-length",
      paramLabel = "N",
      description = "Repeated tokens from which on it happens (default: 2).")
  private int dryAllowedLength = DRY.allowedLength();

  @Option(
      names = "--dry-penalty-last-n",
      paramLabel = "N",
      description = "Tokens to look back for repetitions (default: 64).")
  private int dryLastN = DRY.lastN();

  @Option(
      names = "--dry-sequence-breaker",
      paramLabel = "TEXT",
      description =
          "No repetition reaches across TEXT; 'none' = nothing does (default: newline : \" *).")
  private @Nullable List<String> dryBreakers;

  PenaltyParameters penalties() {
    return new PenaltyParameters(repeatPenalty, repeatLastN, presencePenalty, frequencyPenalty);
  }

  DryParameters dry() {
    return new DryParameters(dryMultiplier, dryBase, dryAllowedLength, dryLastN, breakers());
  }

  private List<String> breakers() {
    List<String> given = dryBreakers;
    if (given == null) {
      return DRY.sequenceBreakers();
    }
    return given.stream().filter(breaker -> !breaker.equals(NO_BREAKER)).toList();
  }
}
