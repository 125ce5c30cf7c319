package dev.jmr.model.sample;

/// Mirostat 2: keeps the tokens whose surprise is at most `mu`, or the likeliest, if none's is.
final class MirostatV2 extends Mirostat {
  MirostatV2(MirostatParameters parameters) {
    super(parameters);
  }

  @Override
  public void apply(Candidates candidates) {
    double max = candidates.maxLogit();
    double lowest = max + StrictMath.log(candidates.softmax()) - maxSurprise();
    candidates.keepAtLeast(Math.min(lowest, max), 1);
  }
}
