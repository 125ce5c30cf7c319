package dev.jmr.model.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What holds for every chain, whatever its parameters, even the most extreme ones.
class SamplerChainPropertiesTest {
  private static final float[] EXTREMES = {
    0, Float.MIN_VALUE, 1e-6f, 0.3f, 1, 7, 1e6f, Float.MAX_VALUE
  };

  private final SplittableRandom random = new SplittableRandom(17);

  @Test
  void whatIsLeftSumsToOneAndHoldsTheTokenAndNoNaN() {
    for (int round = 0; round < 4000; round++) {
      int size = 1 + random.nextInt(300);
      SamplingParameters parameters = parameters(size);
      SamplerChain chain = new SamplerChain(parameters, size);
      for (int step = 0; step < 6; step++) {
        float[] logits = logits(size);
        int token = chain.sample(logits, 0);
        chain.accept(token);

        String context = "%s of %s: %s".formatted(step, size, parameters);
        Candidates left = chain.candidates();
        for (int i = 0; i < left.size(); i++) {
          assertThat(left.logit(i)).as(context).isFinite();
        }
        double[] probabilities = LogitRows.probabilities(left, size);
        assertThat(Arrays.stream(probabilities).sum()).as(context).isCloseTo(1, within(1e-9));
        assertThat(LogitRows.ids(left)).as(context).contains(token).doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void orderMatters() {
    float[] logits = LogitRows.logs(0.4, 0.3, 0.2, 0.1);
    SamplingParameters parameters =
        SamplingParameters.defaults().withTemperature(4).withTopK(0).withMinP(0).withTopP(0.6f);
    SamplerChain first = new SamplerChain(parameters, 4);
    SamplerChain last =
        new SamplerChain(parameters.withOrder(SamplerStep.parseOrder("temperature;top_p")), 4);
    first.sample(logits, 0);
    last.sample(logits, 0);

    assertThat(LogitRows.sortedIds(first.candidates())).containsExactly(0, 1);
    assertThat(LogitRows.sortedIds(last.candidates())).containsExactly(0, 1, 2);
  }

  @Test
  void whatIsNotInTheOrderIsNotApplied() {
    SamplingParameters parameters = SamplingParameters.defaults().withTopK(1).withTemperature(0);
    SamplerChain chain = new SamplerChain(parameters.withOrder(List.of()), 4);
    chain.sample(LogitRows.logs(0.4, 0.3, 0.2, 0.1), 0);

    assertThat(LogitRows.probabilities(chain.candidates(), 4))
        .containsExactly(new double[] {0.4, 0.3, 0.2, 0.1}, within(1e-6));
  }

  @Test
  void greedyComesAfterWhatMayRemoveTheLikeliest() {
    SamplingParameters parameters =
        SamplingParameters.defaults()
            .withTemperature(0)
            .withMinP(0)
            .withXtc(new XtcParameters(1, 0.25f));

    assertThat(new SamplerChain(parameters, 4).sample(LogitRows.logs(0.4, 0.3, 0.2, 0.1), 0))
        .isEqualTo(1);
  }

  private SamplingParameters parameters(int size) {
    List<SamplerStep> order = new ArrayList<>(SamplerStep.DEFAULT_ORDER);
    Collections.shuffle(order, new Random(random.nextLong()));
    return SamplingParameters.defaults()
        .withTemperature(any())
        .withDynamicTemperature(new DynamicTemperatureParameters(any(), any()))
        .withTopK(random.nextInt(4) * random.nextInt(size + 2))
        .withTopP(Math.max(Float.MIN_VALUE, share()))
        .withMinP(share())
        .withTypicalP(Math.max(Float.MIN_VALUE, share()))
        .withTopNSigma(any())
        .withXtc(new XtcParameters(share(), share()))
        .withMinKeep(random.nextInt(size + 3))
        .withPenalties(new PenaltyParameters(Math.max(1e-30f, any()), 20, any(), -any()))
        .withDry(new DryParameters(any(), Math.max(1, any()), random.nextInt(3), 8, List.of()))
        .withMirostat(new MirostatParameters(Math.max(0, random.nextInt(9) - 6), any(), any()))
        .withLogitBias(Map.of(random.nextInt(size), random.nextBoolean() ? any() : -any()))
        .withOrder(order.subList(0, random.nextInt(order.size() + 1)))
        .withSeed(random.nextLong() >>> 1);
  }

  private float any() {
    return EXTREMES[random.nextInt(EXTREMES.length)];
  }

  private float share() {
    return Math.min(1, any());
  }

  private float[] logits(int size) {
    float[] logits = new float[size];
    float scale = random.nextInt(5) == 0 ? any() / 20 : 4;
    for (int i = 0; i < size; i++) {
      logits[i] =
          (float) Math.clamp(scale * random.nextGaussian(), -Float.MAX_VALUE, Float.MAX_VALUE);
      if (i > 0 && random.nextInt(9) == 0) {
        logits[i] = random.nextBoolean() ? Float.NEGATIVE_INFINITY : logits[i - 1];
      }
    }
    logits[random.nextInt(size)] = 1;
    return logits;
  }
}
