package dev.jmr.model.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class VectorsTest {
  private static float[] normalized(float... vector) {
    Vectors.normalize(vector);
    return vector;
  }

  @Test
  void normalizesToLengthOne() {
    assertThat(normalized(3, -4)).containsExactly(0.6f, -0.8f);
    assertThat(normalized(1e-30f, 0)).containsExactly(1, 0);
    assertThat(normalized(3e38f, 3e38f))
        .containsExactly(new float[] {0.70710677f, 0.70710677f}, within(1e-7f));
  }

  @Test
  void aVectorOfZerosStaysOne() {
    assertThat(normalized(0, 0, 0)).containsExactly(0, 0, 0);
  }

  @Test
  void similarityIsTheCosine() {
    float[] right = {2, 0};
    assertThat(Vectors.cosineSimilarity(new float[] {5, 0}, right)).isEqualTo(1);
    assertThat(Vectors.cosineSimilarity(new float[] {0, 3}, right)).isZero();
    assertThat(Vectors.cosineSimilarity(new float[] {-1, 0}, right)).isEqualTo(-1);
    assertThat(Vectors.cosineSimilarity(new float[] {1, 1}, right))
        .isEqualTo(0.70711, within(1e-5));
  }

  @Test
  void zerosAreSimilarToThemselvesOnly() {
    float[] zero = new float[2];
    assertThat(Vectors.cosineSimilarity(zero, new float[2])).isEqualTo(1);
    assertThat(Vectors.cosineSimilarity(zero, new float[] {1, 0})).isZero();
  }

  @Test
  void rejectsVectorsOfDifferentLengths() {
    assertThatThrownBy(() -> Vectors.cosineSimilarity(new float[2], new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("similarity: expected two vectors of one length, got 2 and 3");
  }
}
