package dev.jmr.runtime.local;

/// What a scheduler may do in a step.
///
/// @param maxSequences sequences at the same time
/// @param promptChunk tokens of prompt in a step, of all sequences together
/// @param contextLength tokens of one sequence
/// @param logitsWidth floats in a row of logits
record SchedulerLimits(int maxSequences, int promptChunk, int contextLength, int logitsWidth) {}
