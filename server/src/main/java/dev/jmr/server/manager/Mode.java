package dev.jmr.server.manager;

/// What a model is used for, by the names of Docker Model Runner.
public enum Mode {
  COMPLETION("completion"),
  EMBEDDING("embedding"),
  RERANKING("reranking");

  private final String text;

  Mode(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
