package dev.jmr.server.search;

/// Who can be asked for models.
public enum SearchSource {
  /// The models of Docker Hub's namespace `ai`.
  DOCKERHUB("Docker Hub"),
  /// The models of Hugging Face that run as they are.
  HUGGINGFACE("Hugging Face");

  private final String title;

  SearchSource(String title) {
    this.title = title;
  }

  /// Its name for people.
  public String title() {
    return title;
  }
}
