package dev.jmr.bench.tune;

import dev.jmr.bench.run.TestCase;
import dev.jmr.runtime.tuning.Tuning;
import dev.jmr.tensor.backend.BackendSetting;
import dev.jmr.tensor.backend.Workload;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The list of what is tried: the engine's settings, then those that the backend declares.
final class Tunables {
  private static final List<Integer> PROMPT_CHUNKS = List.of(128, 256, 512, 1024);

  /// Lengths of short prompts that lie on both sides of every candidate for what counts as few.
  private static final int[] FEW = {6, 10, 14};

  /// Up to so many threads each number is tried, of more only eighths.
  private static final int EACH_UP_TO = 8;

  private final Map<Workload, Trial> trials = new EnumMap<>(Workload.class);
  private final Trial longPrompt;

  /// @param prompt tokens of a prompt
  /// @param generation tokens that are generated
  Tunables(int prompt, int generation) {
    int largest = PROMPT_CHUNKS.getLast();
    trials.put(Workload.GENERATION, trial("generation", new TestCase(0, generation, 0)));
    trials.put(
        Workload.FEW_TOKENS,
        trial(
            "few tokens",
            new TestCase(FEW[0], 0, 0),
            new TestCase(FEW[1], 0, 0),
            new TestCase(FEW[2], 0, 0)));
    trials.put(Workload.PROMPT, trial("prompt", new TestCase(prompt, 0, 0)));
    longPrompt = trial("long prompt", new TestCase(Math.max(prompt, largest), 0, 0));
  }

  private static Trial trial(String name, TestCase... tests) {
    return new Trial(name, List.of(tests));
  }

  /// What can be tried.
  ///
  /// @param threads the backend's own choice
  /// @param threadCounts what to try; empty = from one to all processors
  List<Tunable> list(int threads, List<Integer> threadCounts, List<BackendSetting> settings) {
    List<Tunable> list = new ArrayList<>();
    list.add(
        new Tunable(
            Tuning.THREADS,
            threads,
            threadCounts.isEmpty() ? threadCounts(threads) : threadCounts,
            trials(Workload.GENERATION, Workload.PROMPT)));
    for (BackendSetting setting : settings) {
      list.add(
          new Tunable(
              setting.name(),
              setting.standard(),
              setting.candidates(),
              trials(setting.affects().toArray(Workload[]::new))));
    }
    list.add(
        new Tunable(
            Tuning.PROMPT_CHUNK, Tuning.STANDARD_PROMPT_CHUNK, PROMPT_CHUNKS, List.of(longPrompt)));
    return List.copyOf(list);
  }

  /// In the order of the constants.
  private List<Trial> trials(Workload... workloads) {
    return Stream.of(workloads).sorted().map(trials::get).toList();
  }

  /// From one to `physical`, and all that the system counts, the most first: fewer are seldom better.
  private static List<Integer> threadCounts(int physical) {
    TreeSet<Integer> counts = new TreeSet<>();
    for (int i = 1; i <= EACH_UP_TO; i++) {
      counts.add(physical <= EACH_UP_TO ? Math.min(i, physical) : physical * i / EACH_UP_TO);
    }
    counts.add(Runtime.getRuntime().availableProcessors());
    return List.copyOf(counts.descendingSet());
  }
}
