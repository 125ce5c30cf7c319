package dev.jmr.runtime.local;

import static dev.jmr.runtime.local.EngineFixture.GOLDEN;
import static dev.jmr.runtime.local.EngineFixture.OPTIONS;
import static dev.jmr.runtime.local.EngineFixture.goldenText;
import static dev.jmr.runtime.local.EngineFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.runtime.Engine;
import dev.jmr.runtime.GenerationRequest;
import dev.jmr.tensor.backend.Backend;
import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.BatchLimits;
import dev.jmr.tensor.backend.Executable;
import dev.jmr.tensor.backend.KvLayout;
import dev.jmr.tensor.backend.MemoryEstimate;
import dev.jmr.tensor.graph.Graph;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Backends that tell the likeliest tokens themselves.
class LikeliestTest {
  private final AtomicInteger runs = new AtomicInteger();
  private final AtomicInteger greedyRuns = new AtomicInteger();

  /// How many greedy runs there are before they fail.
  private int most = Integer.MAX_VALUE;

  private record Telling(Backend backend, LikeliestTest test) implements Backend {
    @Override
    public String name() {
      return backend.name();
    }

    @Override
    public String detail() {
      return backend.detail();
    }

    @Override
    public int threads() {
      return backend.threads();
    }

    @Override
    public MemoryEstimate estimate(Graph graph, KvLayout kv, BatchLimits limits) {
      return backend.estimate(graph, kv, limits);
    }

    @Override
    public Executable compile(Graph graph, KvLayout kv, BatchLimits limits) {
      int width = graph.result().width();
      Executable compiled = backend.compile(graph, kv, limits);
      return new Executable() {
        @Override
        public void run(Batch batch, float[] logits) {
          test.runs.incrementAndGet();
          compiled.run(batch, logits);
        }

        @Override
        public boolean runLikeliest(Batch batch, int vocabulary, int[] tokens) {
          float[] logits = new float[batch.outputCount() * width];
          compiled.run(batch, logits);
          for (int row = 0; row < batch.outputCount(); row++) {
            tokens[row] = 0;
            for (int i = 1; i < vocabulary; i++) {
              if (logits[row * width + i] > logits[row * width + tokens[row]]) {
                tokens[row] = i;
              }
            }
          }
          return test.greedyRuns.incrementAndGet() <= test.most;
        }

        @Override
        public void close() {
          compiled.close();
        }
      };
    }

    @Override
    public void close() {
      backend.close();
    }
  }

  private Answer answer(GenerationRequest request) throws InterruptedException {
    LoadedModel loaded = LoadedModel.load(EngineFixture.artifact().file(), OPTIONS);
    Backend telling = new Telling(loaded.backend(), this);
    try (Engine engine =
        LocalEngine.start(
            new LoadedModel(loaded.model(), telling, loaded.description(), loaded.options()))) {
      return Answer.of(engine.submit(request));
    }
  }

  @Test
  void greedyAnswersNeedNoLogits() throws InterruptedException {
    assertThat(answer(request(8, GOLDEN.promptIds())).text()).isEqualTo(goldenText(8));
    assertThat(greedyRuns).hasValue(8);
    assertThat(runs).hasValue(0);
  }

  @Test
  void whereItFailsTheLogitsAreComputed() throws InterruptedException {
    most = 3;
    assertThat(answer(request(8, GOLDEN.promptIds())).text()).isEqualTo(goldenText(8));
    assertThat(runs).hasValue(5);
  }

  @Test
  void otherAnswersNeedThem() throws InterruptedException {
    answer(request(8, GOLDEN.promptIds()).withLogprobs(2));
    assertThat(greedyRuns).hasValue(0);
    assertThat(runs).hasValue(8);
  }
}
