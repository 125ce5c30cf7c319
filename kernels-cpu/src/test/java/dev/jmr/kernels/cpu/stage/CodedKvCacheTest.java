package dev.jmr.kernels.cpu.stage;

import static dev.jmr.tensor.backend.KvLayout.PAGE_TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.KvLayout;
import dev.jmr.tensor.graph.AttentionSpec;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodedKvCacheTest {
  private static final int HEADS = 2;
  private static final int PAGES = 3;

  /// What `x[at]` is kept as.
  private static float kept(float[] x, int at, int headLength) {
    int group = KvLayout.scaleGroup(headLength);
    int first = at / group * group;
    float most = 0;
    for (int i = first; i < first + group; i++) {
      most = Math.max(most, Math.abs(x[i]));
    }
    float scale = most / 127;
    return scale == 0 ? 0 : Math.round(x[at] * (1 / scale)) * scale;
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 24, 32, 64, 80, 96, 128})
  void keepsEveryPositionAsCodesOfAScale(int headLength) {
    KvLayout layout = new KvLayout(TensorType.Q8_0, PAGES);
    KvCache cache = KvCache.of(new AttentionSpec(4, HEADS, headLength, 1), layout);
    int width = AttentionSizes.padded(headLength);
    Random random = new Random(headLength);
    float[][] stored = new float[PAGE_TOKENS][HEADS * headLength];
    cache.prepare(new Batch(new int[1], new int[1], new int[1], new int[][] {{1}}, new int[] {0}));
    for (int slot = 0; slot < PAGE_TOKENS; slot++) {
      for (int i = 0; slot > 0 && i < stored[slot].length; i++) {
        stored[slot][i] = (float) random.nextGaussian() * slot;
      }
      for (int head = 0; head < HEADS; head++) {
        int at = head * headLength;
        cache.store(1, slot, head, stored[slot], at, at);
      }
    }

    float[] keys = new float[width * PAGE_TOKENS];
    float[] values = new float[width * PAGE_TOKENS];
    for (int head = 0; head < HEADS; head++) {
      cache.keys(1, head, keys, width);
      cache.values(1, head, values, width);
      for (int slot = 0; slot < PAGE_TOKENS; slot++) {
        for (int d = 0; d < width; d++) {
          float expected =
              d < headLength ? kept(stored[slot], head * headLength + d, headLength) : 0;
          assertThat(keys[d * PAGE_TOKENS + slot]).isEqualTo(expected);
          assertThat(values[slot * width + d]).isEqualTo(expected);
        }
      }
    }
    assertThat(cache.byteSize())
        .isEqualTo(2 * PAGES * 32 * layout.bytes(HEADS * headLength, headLength));
  }
}
