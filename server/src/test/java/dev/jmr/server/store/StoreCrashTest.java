package dev.jmr.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.server.artifact.Digest;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a process that changes a store, again and again (`-Djmr.store.kills=200` for more than a few times).
class StoreCrashTest {
  private static final int KILLS = Integer.getInteger("jmr.store.kills", 6);
  private static final int MAX_STEPS = 12;
  private static final int MAX_MICROS = 4000;

  @TempDir Path folder;

  @Test
  void leavesAStoreAsItWasBeforeOrAfterAStep() throws Exception {
    StoreModel expected = StoreModel.empty();
    Set<Digest> left = Set.of();
    int between = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      List<String> lines = workAndDie(kill);
      String open = "";
      for (String line : lines) {
        if (line.startsWith("begin ")) {
          open = line.substring("begin ".length());
        } else if (line.startsWith("end ")) {
          expected = expected.after(open);
          open = "";
        }
      }
      ModelStore store = ModelStore.open(folder);
      StoreModel found = StoreModel.of(store);
      if (open.isEmpty()) {
        assertThat(found).as("after %s", lines).isEqualTo(expected);
      } else {
        between++;
        assertThat(found).as("during %s", open).isIn(expected, expected.after(open));
      }
      requireWhole(store, open);
      Set<Digest> unused = unused(store);
      if (!open.startsWith("commit ")) {
        assertThat(left).as("blobs that '%s' left", open).containsAll(unused);
      }
      left = unused;
      expected = found;
    }
    assertThat(between).as("kills in the middle of a step").isGreaterThanOrEqualTo(KILLS / 20);
  }

  /// What a process said before it was killed at some moment.
  private List<String> workAndDie(int kill) throws Exception {
    Random random = new Random(kill);
    int steps = random.nextInt(MAX_STEPS);
    List<String> lines = new ArrayList<>();
    Process worker = StoreProcesses.start(folder, kill, 60_000);
    try (BufferedReader output = worker.inputReader()) {
      String line = output.readLine();
      while (line != null) {
        lines.add(line);
        if (line.startsWith("begin ") && steps-- == 0) {
          long until = System.nanoTime() + random.nextInt(MAX_MICROS) * 1000L;
          while (System.nanoTime() < until) {
            Thread.onSpinWait();
          }
          worker.toHandle().destroyForcibly();
        }
        line = output.readLine();
      }
    } finally {
      worker.destroyForcibly();
    }
    assertThat(worker.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(steps).as("the worker worked until it was killed: %s", lines).isNegative();
    return lines;
  }

  private static Set<Digest> unused(ModelStore store) throws IOException {
    Set<Digest> unused = new HashSet<>(new StoreLayout(store.root()).listBlobs());
    store.list().forEach(model -> unused.removeAll(model.files()));
    return unused;
  }

  /// Every model has all its bytes. A commit that was interrupted may leave its manifest, which is removed here.
  private static void requireWhole(ModelStore store, String step) {
    List<Finding> findings = store.upkeep().fsck(false, _ -> {});
    if (step.startsWith("commit ")) {
      assertThat(findings).extracting(Finding::kind).isSubsetOf(Finding.Kind.LOST_MODEL);
    } else {
      assertThat(findings).as("during '%s'", step).isEmpty();
    }
    store.upkeep().fsck(true, _ -> {}).forEach(lost -> store.remove(lost.subject(), true));
  }
}
