package dev.jmr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.backend.BackendOptions;
import dev.jmr.tensor.backend.BackendProvider;
import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.BatchLimits;
import dev.jmr.tensor.backend.KvLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every test model that embeds text, on every backend that is available here, against its golden results.
class GoldenEmbeddingsTest {
  private static final float TOLERANCE = 2e-3f;
  private static final Pattern ITEM =
      Pattern.compile("\"ids\": \\[([^]]*)], \"embedding_raw\": \\[([^]]*)]");

  /// Numbers of `pooling_type`: all rows make the embedding, the first, or the last.
  private static final int MEAN = 1;

  private static final int CLS = 2;
  private static final int LAST = 3;

  private record Item(int[] ids, float[] embedding) {}

  static Stream<Arguments> backendsAndModels() {
    return TestModels.backends().stream()
        .flatMap(backend ->
            TestModels.names().stream()
                .filter(name -> json(name).contains("\"mode\": \"embedding\""))
                .map(model -> Arguments.of(backend.name(), model, backend)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("backendsAndModels")
  void agrees(String backend, String name, BackendProvider provider) {
    List<Item> items = items(json(name));
    assertThat(items).isNotEmpty();
    try (var model = Model.open(TestModels.path(name))) {
      for (Item item : items) {
        assertThat(embedding(provider, model, item.ids))
            .containsExactly(item.embedding, within(TOLERANCE));
      }
    }
  }

  private static float[] embedding(BackendProvider provider, Model model, int... ids) {
    int length = ids.length;
    int[] pages = IntStream.range(0, KvLayout.pagesFor(length)).toArray();
    int[] positions = IntStream.range(0, length).toArray();
    var batch = new Batch(ids, positions, new int[length], new int[][] {pages}, positions);
    var graph = model.graph(length).untilEmbedding();
    int width = graph.embedding().width();
    float[] rows = new float[length * width];
    try (var opened = provider.open(BackendOptions.automatic());
        var executable =
            opened.compile(
                graph,
                new KvLayout(TensorType.F32, pages.length),
                new BatchLimits(length, length))) {
      executable.run(batch, rows);
    }
    int pooling = model.hyperParameters().keys().requireCount("pooling_type", MEAN, LAST);
    if (pooling == MEAN) {
      float[] mean = new float[width];
      for (int column = 0; column < width; column++) {
        mean[column] = mean(rows, column, width);
      }
      return mean;
    }
    int row = pooling == CLS ? 0 : length - 1;
    return Arrays.copyOfRange(rows, row * width, (row + 1) * width);
  }

  private static float mean(float[] rows, int column, int width) {
    int count = rows.length / width;
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += rows[i * width + column];
    }
    return (float) (sum / count);
  }

  private static String json(String name) {
    return TestModels.text("/models/" + name + ".json");
  }

  private static List<Item> items(String json) {
    List<Item> items = new ArrayList<>();
    Matcher matcher = ITEM.matcher(json);
    while (matcher.find()) {
      int[] ids =
          Arrays.stream(matcher.group(1).split(", ", -1)).mapToInt(Integer::parseInt).toArray();
      String[] numbers = matcher.group(2).split(", ", -1);
      float[] embedding = new float[numbers.length];
      for (int i = 0; i < numbers.length; i++) {
        embedding[i] = Float.parseFloat(numbers[i]);
      }
      items.add(new Item(ids, embedding));
    }
    return items;
  }
}
