package dev.jmr.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.jmr.model.embedding.Pooling;
import dev.jmr.model.embedding.Vectors;
import dev.jmr.runtime.Embedding;
import dev.jmr.runtime.Embeddings;
import dev.jmr.runtime.EngineDescription;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/// Writes embeddings, or how similar they are, in one of the formats.
final class EmbeddingWriter {
  private final Streams streams;
  private final EmbeddingFormat format;
  private final EngineDescription engine;

  EmbeddingWriter(Streams streams, EmbeddingFormat format, EngineDescription engine) {
    this.streams = streams;
    this.format = format;
    this.engine = engine;
  }

  /// Each text's vector; with [Pooling#NONE] an array of vectors in its place.
  void writeVectors(Embeddings embeddings) {
    switch (format) {
      case JSON -> Json.print(streams, json -> writeList(json, embeddings));
      case ARRAY -> Json.print(streams, json -> writeArray(json, embeddings));
      case RAW -> embeddings.items().forEach(item -> writeLines(item.vectors()));
    }
  }

  /// The cosine of each text's vector with each one's, row by row.
  void writeSimilarities(Embeddings embeddings) {
    float[][] matrix = similarities(embeddings.items());
    switch (format) {
      case JSON ->
          Json.print(
              streams,
              json -> {
                json.writeStartObject();
                json.writeFieldName("cosineSimilarity");
                writeVectors(json, matrix);
                writeEnd(json, embeddings);
              });
      case ARRAY -> Json.print(streams, json -> writeVectors(json, matrix));
      case RAW -> writeLines(matrix);
    }
  }

  private static float[][] similarities(List<Embedding> items) {
    float[][] matrix = new float[items.size()][items.size()];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix.length; j++) {
        matrix[i][j] =
            (float) Vectors.cosineSimilarity(items.get(i).vector(), items.get(j).vector());
      }
    }
    return matrix;
  }

  private void writeList(JsonGenerator json, Embeddings embeddings) throws IOException {
    json.writeStartObject();
    json.writeStringField("object", "list");
    json.writeArrayFieldStart("data");
    for (int i = 0; i < embeddings.items().size(); i++) {
      json.writeStartObject();
      json.writeStringField("object", "embedding");
      json.writeNumberField("index", i);
      json.writeFieldName("embedding");
      writeText(json, embeddings, i);
      json.writeEndObject();
    }
    json.writeEndArray();
    writeEnd(json, embeddings);
  }

  private void writeEnd(JsonGenerator json, Embeddings embeddings) throws IOException {
    json.writeStringField("model", engine.name());
    json.writeObjectFieldStart("usage");
    json.writeNumberField("prompt_tokens", embeddings.tokenCount());
    json.writeNumberField("total_tokens", embeddings.tokenCount());
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeArray(JsonGenerator json, Embeddings embeddings) throws IOException {
    json.writeStartArray();
    for (int i = 0; i < embeddings.items().size(); i++) {
      writeText(json, embeddings, i);
    }
    json.writeEndArray();
  }

  private static void writeText(JsonGenerator json, Embeddings embeddings, int index)
      throws IOException {
    Embedding text = embeddings.items().get(index);
    if (embeddings.pooling() == Pooling.NONE) {
      writeVectors(json, text.vectors());
    } else {
      writeVector(json, text.vector());
    }
  }

  private static void writeVectors(JsonGenerator json, float[]... vectors) throws IOException {
    json.writeStartArray();
    for (float[] vector : vectors) {
      writeVector(json, vector);
    }
    json.writeEndArray();
  }

  private static void writeVector(JsonGenerator json, float... vector) throws IOException {
    json.writeStartArray();
    for (float number : vector) {
      json.writeNumber(number);
    }
    json.writeEndArray();
  }

  private void writeLines(float[]... vectors) {
    PrintWriter out = streams.outWriter();
    for (float[] vector : vectors) {
      for (int i = 0; i < vector.length; i++) {
        out.print(i == 0 ? "" : " ");
        out.print(vector[i]);
      }
      out.println();
    }
  }
}
