package dev.jmr.bench;

/// The architectures that a synthetic model can have, and what sets their blocks apart.
public enum ModelFamily {
  LLAMA("llama", false, false, 1e-5f, 0),
  QWEN3("qwen3", true, false, 1e-6f, 0),
  GEMMA3("gemma3", true, true, 1e-6f, 512);

  private final String architecture;
  private final boolean headNorms;
  private final boolean postNorms;
  private final float normEpsilon;
  private final int slidingWindow;

  ModelFamily(
      String architecture,
      boolean headNorms,
      boolean postNorms,
      float normEpsilon,
      int slidingWindow) {
    this.architecture = architecture;
    this.headNorms = headNorms;
    this.postNorms = postNorms;
    this.normEpsilon = normEpsilon;
    this.slidingWindow = slidingWindow;
  }

  /// The value of `general.architecture`.
  public String architecture() {
    return architecture;
  }

  /// Whether the heads of queries and keys are normed.
  boolean headNorms() {
    return headNorms;
  }

  /// Whether the results of attention and feed-forward layers are normed.
  boolean postNorms() {
    return postNorms;
  }

  float normEpsilon() {
    return normEpsilon;
  }

  /// How far most blocks see; 0 = all the way.
  int slidingWindow() {
    return slidingWindow;
  }
}
