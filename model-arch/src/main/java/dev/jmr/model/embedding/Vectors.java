package dev.jmr.model.embedding;

/// The arithmetic of embeddings: lengths and angles. Sums are kept in float64.
public final class Vectors {
  private Vectors() {}

  /// Divides a vector by its Euclidean length, in place; one of zeros stays as it is. Source: llama.cpp
  /// `common_embd_normalize`.
  public static void normalize(float... vector) {
    double length = Math.sqrt(product(vector, vector));
    if (length > 0) {
      for (int i = 0; i < vector.length; i++) {
        vector[i] = (float) (vector[i] / length);
      }
    }
  }

  /// The cosine of the angle between two vectors of one length, from -1 to 1; 1 between two vectors of zeros, and 0
  /// between such a one and another. Source: llama.cpp `common_embd_similarity_cos`.
  public static double cosineSimilarity(float[] left, float[] right) {
    if (left.length != right.length) {
      throw new IllegalArgumentException(
          "similarity: expected two vectors of one length, got %d and %d"
              .formatted(left.length, right.length));
    }
    double leftSquare = product(left, left);
    double rightSquare = product(right, right);
    if (leftSquare == 0 || rightSquare == 0) {
      return leftSquare == rightSquare ? 1 : 0;
    }
    return product(left, right) / Math.sqrt(leftSquare) / Math.sqrt(rightSquare);
  }

  private static double product(float[] left, float[] right) {
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += (double) left[i] * right[i];
    }
    return sum;
  }
}
