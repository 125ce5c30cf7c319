package dev.jmr.bench.run;

import dev.jmr.tensor.TensorType;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Results that were not measured, and what is written about them.
final class ResultsFixture {
  static final TestCase PROMPT = new TestCase(16, 0, 0);
  static final TestCase GENERATION = new TestCase(0, 8, 4096);
  private static final Setup SETUP =
      new Setup(Path.of("folder", "m.gguf"), Optional.empty(), 2048, 512, TensorType.F16, 2);

  private ResultsFixture() {}

  static Plan plan(Setup... setups) {
    return new Plan(List.of(setups), List.of(PROMPT, GENERATION), 2, true, true, Profiling.OFF, 0);
  }

  static Setup changed() {
    return new Setup(SETUP.model(), SETUP.backend(), 16, 8, TensorType.F32, 1);
  }

  static String written(OutputFormat format) {
    return written(format, plan(SETUP), SETUP);
  }

  static String written(OutputFormat format, Plan plan, Setup setup) {
    StringWriter text = new StringWriter();
    ResultWriter writer = format.writer(new PrintWriter(text), plan);
    writer.begin();
    writer.result(result(setup, PROMPT, 100_000_000, 125_000_000));
    writer.result(result(setup, GENERATION, 400_000_000, 400_000_000));
    writer.end();
    return text.toString();
  }

  private static Result result(Setup setup, TestCase test, long... nanos) {
    ModelDescription model =
        new ModelDescription("llama 1B Q4_K - Medium", 799_862_912L, 1_235_814_432L);
    SessionFacts session =
        new SessionFacts(
            setup,
            Optional.empty(),
            model,
            "cpu",
            "512-bit vectors, 2 threads",
            2,
            250_000_000,
            800_000_000,
            OptionalDouble.of(40e9));
    return new Result(
        session,
        test,
        Instant.parse("2026-01-02T03:04:05.678Z"),
        new Samples(nanos, test.tokens()),
        OptionalLong.of(3L << 29),
        List.of());
  }
}
