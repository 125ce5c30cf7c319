package dev.jmr.runtime.local;

import static dev.jmr.runtime.local.EngineFixture.GOLDEN;
import static dev.jmr.runtime.local.EngineFixture.OPTIONS;
import static dev.jmr.runtime.local.EngineFixture.goldenText;
import static dev.jmr.runtime.local.EngineFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.runtime.Engine;
import dev.jmr.runtime.EngineException;
import dev.jmr.tensor.TensorException;
import dev.jmr.tensor.backend.Backend;
import dev.jmr.tensor.backend.BatchLimits;
import dev.jmr.tensor.backend.DeviceException;
import dev.jmr.tensor.backend.Executable;
import dev.jmr.tensor.backend.KvLayout;
import dev.jmr.tensor.backend.MemoryEstimate;
import dev.jmr.tensor.graph.Graph;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DeviceFallbackTest {
  private static final Path FILE = EngineFixture.artifact().file();

  /// Refuses to compile anything.
  private record Refusing(Backend backend, TensorException reason) implements Backend {
    @Override
    public String name() {
      return "refusing";
    }

    @Override
    public String detail() {
      return "a device";
    }

    @Override
    public int threads() {
      return 1;
    }

    @Override
    public MemoryEstimate estimate(Graph graph, KvLayout kv, BatchLimits limits) {
      return backend.estimate(graph, kv, limits);
    }

    @Override
    public Executable compile(Graph graph, KvLayout kv, BatchLimits limits) {
      throw reason;
    }

    @Override
    public void close() {
      backend.close();
    }
  }

  private static Engine start(TensorException reason) {
    LoadedModel loaded = LoadedModel.load(FILE, OPTIONS);
    Backend refusing = new Refusing(loaded.backend(), reason);
    return LocalEngineProvider.started(
        new LoadedModel(loaded.model(), refusing, loaded.description(), loaded.options()),
        refused -> LoadedModel.loadOnHost(FILE, OPTIONS, refused));
  }

  @Test
  void theProcessorComputesWhatADeviceRefuses() throws InterruptedException {
    DeviceException refusal = new DeviceException("wrong numbers", new TensorException("cause"));
    try (Engine engine = start(refusal)) {
      assertThat(engine.description().notes())
          .contains("warning: the model runs on the processor: wrong numbers");
      assertThat(engine.description().backend()).startsWith("cpu: ");
      assertThat(Answer.of(engine.submit(request(8, GOLDEN.promptIds()))).text())
          .isEqualTo(goldenText(8));
    }
  }

  @Test
  void whatIsWrongWithTheModelIsAnError() {
    assertThatThrownBy(() -> start(new TensorException("weight w: type X")))
        .isInstanceOf(EngineException.class)
        .hasMessage("weight w: type X");
  }
}
