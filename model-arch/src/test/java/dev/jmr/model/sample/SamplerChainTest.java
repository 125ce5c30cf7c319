package dev.jmr.model.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.jmr.model.sample.LogitRows.Row;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SamplerChainTest {
  private static final SamplingParameters DEFAULTS = SamplingParameters.defaults();
  private static final SamplingParameters PLAIN =
      DEFAULTS.withTemperature(1).withTopK(0).withTopP(1).withMinP(0).withSeed(7);
  private static final SamplingParameters EVERYTHING =
      DEFAULTS
          .withTemperature(0.7f)
          .withDynamicTemperature(new DynamicTemperatureParameters(0.2f, 1.5f))
          .withTopK(50)
          .withTopP(0.9f)
          .withMinP(0.02f)
          .withTypicalP(0.9f)
          .withTopNSigma(2)
          .withXtc(new XtcParameters(0.5f, 0.1f))
          .withPenalties(new PenaltyParameters(1.1f, 32, 0.1f, 0.1f))
          .withDry(new DryParameters(0.8f, 1.75f, 2, 64, List.of()))
          .withLogitBias(Map.of(0, 0.5f))
          .withSeed(7);
  private static final SamplingParameters GREEDY =
      PLAIN.withTemperature(0).withPenalties(EVERYTHING.penalties());

  static Stream<Row> rows() {
    return LogitRows.all();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isGreedyAtTemperatureZeroAndTheLowestIdWinsTies(Row row) {
    SamplerChain chain =
        new SamplerChain(GREEDY.withTopK(50).withTopP(0.9f).withTopNSigma(2), row.logits().length);

    assertThat(chain.sample(row.logits(), 0)).isEqualTo(row.bestFirst().getFirst().id());
  }

  @Test
  void penaltiesApplyAtTemperatureZero() {
    SamplerChain chain =
        new SamplerChain(
            PLAIN.withTemperature(0).withPenalties(new PenaltyParameters(1, 2, 0.5f, 0)), 3);
    float[] logits = {1, 0.75f, 0};

    assertThat(chain.sample(logits, 0)).isZero();
    chain.accept(0);
    assertThat(chain.sample(logits, 0)).isEqualTo(1);
    chain.accept(2);
    chain.accept(2);
    assertThat(chain.sample(logits, 0)).isZero();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void drawsOnlyWhatTheSamplersLeave(Row row) {
    SamplerChain chain = new SamplerChain(DEFAULTS.withTopK(3).withSeed(1), row.logits().length);
    Set<Integer> best =
        row.bestFirst().stream()
            .limit(3)
            .map(LogitRows.Token::id)
            .collect(Collectors.toCollection(TreeSet::new));

    for (int i = 0; i < 20; i++) {
      assertThat(best).contains(chain.sample(row.logits(), 0));
    }
  }

  @Test
  void drawsByProbability() {
    double[] probabilities = {0.4, 0.3, 0.15, 0.1, 0.04, 0.01};
    float[] logits = new float[probabilities.length];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) (2 * Math.log(probabilities[i]));
    }
    SamplerChain chain =
        new SamplerChain(PLAIN.withTemperature(2).withTopK(6).withTopP(0.9999999f), logits.length);
    int draws = 200_000;
    long[] counts = new long[logits.length];
    for (int i = 0; i < draws; i++) {
      counts[chain.sample(logits, 0)]++;
    }
    double chiSquare = 0;
    for (int i = 0; i < counts.length; i++) {
      double expected = draws * probabilities[i];
      chiSquare += (counts[i] - expected) * (counts[i] - expected) / expected;
    }

    // The 99.9 % quantile of chi-square with 5 degrees of freedom.
    assertThat(chiSquare).as("chi-square of %s", Arrays.toString(counts)).isLessThan(20.5);
  }

  @Test
  void givesTheSameTokensForTheSameSeed() {
    Row row = LogitRows.all().filter(r -> r.name().equals("bell-shaped, 1000")).findFirst().get();

    assertThat(tokens(DEFAULTS.withSeed(42), row)).isEqualTo(tokens(DEFAULTS.withSeed(42), row));
    assertThat(tokens(DEFAULTS.withSeed(42), row)).isNotEqualTo(tokens(DEFAULTS.withSeed(43), row));
  }

  @Test
  void tellsTheSeedThatItDrew() {
    Row row = LogitRows.all().filter(r -> r.name().equals("bell-shaped, 1000")).findFirst().get();
    SamplerChain chain = new SamplerChain(DEFAULTS, row.logits().length);
    int[] tokens = tokens(chain, row);

    assertThat(chain.seed()).isNotEqualTo(SamplingParameters.RANDOM_SEED);
    assertThat(tokens(DEFAULTS.withSeed(chain.seed()), row)).isEqualTo(tokens);
  }

  private static int[] tokens(SamplingParameters parameters, Row row) {
    return tokens(new SamplerChain(parameters, row.logits().length), row);
  }

  private static int[] tokens(SamplerChain chain, Row row) {
    int[] tokens = new int[50];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = chain.sample(row.logits(), 0);
      chain.accept(tokens[i]);
    }
    return tokens;
  }

  @Test
  void readsTheRowAtItsOffsetAndLeavesItAlone() {
    float[] logits = {9, 9, 1, 3, 2, 9};
    float[] copy = logits.clone();
    SamplerChain chain = new SamplerChain(GREEDY, 3);
    chain.accept(1);

    assertThat(chain.sample(logits, 2)).isEqualTo(1);
    assertThat(logits).isEqualTo(copy);
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> chain.sample(logits, 4));
  }

  @Test
  void rejectsLogitsThatAreNoNumbers() {
    SamplerChain chain = new SamplerChain(DEFAULTS, 3);

    assertThatExceptionOfType(SamplingException.class)
        .isThrownBy(() -> chain.sample(new float[] {1, Float.NaN, 0}, 0))
        .withMessage(
            "logit of token 1: expected a finite number, got NaN; the model file is damaged or a"
                + " kernel is wrong");
    assertThatExceptionOfType(SamplingException.class)
        .isThrownBy(() -> chain.sample(new float[] {1, 2, Float.POSITIVE_INFINITY}, 0))
        .withMessageContaining("logit of token 2: expected a finite number, got Infinity");
  }

  @Test
  void rejectsARowThatRulesEveryTokenOut() {
    float[] logits = new float[3];
    Arrays.fill(logits, Float.NEGATIVE_INFINITY);

    assertThatExceptionOfType(SamplingException.class)
        .isThrownBy(() -> new SamplerChain(DEFAULTS, 3).sample(logits, 0))
        .withMessage("logits: expected at least one token to choose from, got -Infinity for all 3");
  }

  @Test
  void rejectsTokensOutsideTheVocabulary() {
    SamplerChain chain = new SamplerChain(DEFAULTS, 3);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> chain.accept(3))
        .withMessage("token id: expected 0 to 2, got 3");
    assertThatIllegalArgumentException().isThrownBy(() -> chain.accept(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> new SamplerChain(DEFAULTS, 0));
  }

  @Test
  void allocatesNothingPerToken() {
    SplittableRandom random = new SplittableRandom(3);
    float[] logits = new float[4096];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) (4 * random.nextGaussian());
    }
    assertThat(bytesPerSample(EVERYTHING, logits)).isZero();
    assertThat(bytesPerSample(EVERYTHING.withTopK(0), logits)).isZero();
    assertThat(bytesPerSample(GREEDY, logits)).isZero();
    assertThat(bytesPerSample(PLAIN.withMirostat(new MirostatParameters(1, 5, 0.1f)), logits))
        .isZero();
    assertThat(bytesPerSample(PLAIN.withMirostat(new MirostatParameters(2, 5, 0.1f)), logits))
        .isZero();
  }

  private static long bytesPerSample(SamplingParameters parameters, float[] logits) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    SamplerChain chain = new SamplerChain(parameters, logits.length);
    int samples = 500;
    long bytes = 0;
    for (int round = 0; round < 4; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < samples; i++) {
        chain.accept(chain.sample(logits, 0));
      }
      bytes = threads.getCurrentThreadAllocatedBytes() - before;
    }
    return bytes / samples;
  }

  @Test
  void everySamplerIsInTheOrder() {
    Set<String> written =
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackagesOf(Sampler.class)
                .stream()
                .filter(type ->
                    type.isAssignableTo(Sampler.class)
                        && !type.getModifiers().contains(JavaModifier.ABSTRACT))
                .map(JavaClass::getSimpleName)
                .collect(Collectors.toSet());
    SamplerVocabulary vocabulary = SamplerVocabulary.ofSize(100);
    Set<String> listed =
        Stream.of(
                EVERYTHING,
                PLAIN.withTemperature(0.5f),
                GREEDY,
                PLAIN.withMirostat(new MirostatParameters(1, 5, 0.1f)),
                PLAIN.withMirostat(new MirostatParameters(2, 5, 0.1f)))
            .flatMap(parameters -> SamplerChain.samplers(parameters, vocabulary).stream())
            .map(sampler -> sampler.getClass().getSimpleName())
            .collect(Collectors.toSet());

    assertThat(listed).isEqualTo(written).isNotEmpty();
  }
}
