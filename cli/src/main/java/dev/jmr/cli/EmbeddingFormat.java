package dev.jmr.cli;

/// How [EmbedCommand] puts its numbers out.
enum EmbeddingFormat {
  /// An object in the shape of OpenAI's list of embeddings.
  JSON,
  /// A JSON array of arrays.
  ARRAY,
  /// A line per vector, numbers separated by spaces.
  RAW
}
