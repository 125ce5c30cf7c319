package dev.jmr.server.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.server.http.TestServer;
import dev.jmr.server.load.LoadReport.Outcome;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Many users for a while: each answer is what it would be alone, only what is meant to be refused is, and nothing stays.
@Timeout(60)
final class LoadTest {
  private static final Duration WARM_UP = Duration.ofSeconds(4);
  private static final Duration DURATION = Duration.ofSeconds(11);
  private static final long ALLOWED_GROWTH = 16L << 20;

  private static LoadReport load(TestServer server, Duration duration) throws Exception {
    LoadRun run =
        new LoadRun(
            new LoadOptions(
                URI.create("http://127.0.0.1:" + server.port() + "/v1"),
                "tinyq-llama-Q4_K_M",
                32,
                duration,
                24,
                7));
    run.run();
    while (server.models().loaded().stream().anyMatch(model -> model.leases() > 0)) {
      Thread.onSpinWait();
    }
    return run.report();
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Test
  void servesManyUsersAsItServesOne() throws Exception {
    try (TestServer server = TestServer.start()) {
      load(server, WARM_UP);
      long before = heap();
      LoadReport report = load(server, DURATION);
      assertThat(report.problems()).as(report.toString()).isEmpty();
      for (Outcome outcome :
          new Outcome[] {
            Outcome.COMPLETE, Outcome.SLOWLY_COMPLETE, Outcome.CANCELLED, Outcome.REFUSED_AS_WRONG
          }) {
        assertThat(report.count(outcome)).as(report.toString()).isPositive();
      }
      assertThat(heap() - before).as(report.toString()).isLessThan(ALLOWED_GROWTH);
    }
  }
}
