package dev.jmr.runtime.local;

import dev.jmr.runtime.EngineOptions;

/// What a scheduler may do in a step.
///
/// @param maxSequences sequences at the same time
/// @param promptChunk tokens of prompt in a step, of all sequences together
/// @param contextLength tokens of one sequence
/// @param logitsWidth floats in a row of logits
record SchedulerLimits(int maxSequences, int promptChunk, int contextLength, int logitsWidth) {
  /// What a program that generates was planned for.
  static SchedulerLimits of(ProgramPlan plan, EngineOptions options) {
    return new SchedulerLimits(
        options.maxSequences(),
        plan.batches().tokens() - options.maxSequences(),
        options.contextLength(),
        plan.graph().result().width());
  }
}
