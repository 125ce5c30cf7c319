package dev.jmr.bench.run;

import dev.jmr.tensor.backend.OpProfile;

/// Where the time of one part of a test went, over all its repetitions.
///
/// @param name `prompt` or `generation`
/// @param tokens tokens that were computed
/// @param nanos how long that took
/// @param ops how much of it each operation took
public record Phase(String name, long tokens, long nanos, OpProfile ops) {
  Phase plus(Phase other) {
    return new Phase(name, tokens + other.tokens, nanos + other.nanos, ops.plus(other.ops));
  }
}
