package dev.jmr.server.load;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/// What became of the requests. Thread-safe.
final class LoadReport {
  private static final int MAX_KEPT = 20;

  /// How a request ended.
  enum Outcome {
    COMPLETE,
    SLOWLY_COMPLETE,
    CANCELLED,
    REFUSED_AS_WRONG,
    TOLD_TO_COME_LATER,
    DIFFERENT,
    FAILED
  }

  private final Map<Outcome, LongAdder> counts = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> problems = new ConcurrentLinkedQueue<>();

  void add(Outcome outcome) {
    counts.computeIfAbsent(outcome, _ -> new LongAdder()).increment();
  }

  /// What should not have been.
  void problem(Outcome outcome, String text) {
    add(outcome);
    if (problems.size() < MAX_KEPT) {
      problems.add(text);
    }
  }

  long count(Outcome outcome) {
    LongAdder count = counts.get(outcome);
    return count == null ? 0 : count.sum();
  }

  List<String> problems() {
    return List.copyOf(problems);
  }

  @Override
  public String toString() {
    return counts.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> entry.getKey() + " " + entry.getValue().sum())
        .collect(Collectors.joining(", "));
  }
}
