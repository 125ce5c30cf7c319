package dev.jmr.bench.run;

import dev.jmr.tensor.backend.OpProfile;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A phase as tables for people: per kind of operation, and per operation. What all blocks have is one row per type of
/// weights, unless each is asked for by itself.
final class ProfileText {
  private static final Pattern BLOCK = Pattern.compile("blk\\.\\d+\\.");
  private static final String HEAD =
      """
      | kind                         | op                                   | weights     |    calls |         ms |   share |   GB/s |
      | ---------------------------- | ------------------------------------ | ----------- | -------: | ---------: | ------: | -----: |
      """;

  private final PrintWriter out;
  private final boolean eachBlock;

  ProfileText(PrintWriter out, boolean eachBlock) {
    this.out = out;
    this.eachBlock = eachBlock;
  }

  void write(TestCase test, Phase phase) {
    out.printf(
        Locale.ROOT,
        "%nprofile of %s: %s of %d tokens in %.2f s%n%n",
        test.name(),
        phase.name(),
        phase.tokens(),
        phase.nanos() / 1e9);
    if (phase.ops().entries().isEmpty()) {
      out.println("the backend measures no operations");
      return;
    }
    out.print(HEAD);
    grouped(phase, entry -> entry.kind(), entry -> renamed(entry, "", ""))
        .forEach(entry -> row(entry, phase));
    row(outside(phase), phase);
    out.println();
    out.print(HEAD);
    grouped(phase, entry -> entry.kind() + named(entry) + entry.weights(), this::perOperation)
        .forEach(entry -> row(entry, phase));
  }

  private static List<OpProfile.Entry> grouped(
      Phase phase,
      Function<OpProfile.Entry, String> key,
      Function<OpProfile.Entry, OpProfile.Entry> form) {
    Map<String, OpProfile.Entry> sums =
        phase.ops().entries().stream()
            .collect(Collectors.toMap(key, form, ProfileText::sum, LinkedHashMap::new));
    return sums.values().stream()
        .sorted(Comparator.comparingLong(OpProfile.Entry::nanos).reversed())
        .toList();
  }

  private OpProfile.Entry perOperation(OpProfile.Entry entry) {
    return renamed(entry, named(entry), entry.weights());
  }

  private String named(OpProfile.Entry entry) {
    return eachBlock ? entry.name() : BLOCK.matcher(entry.name()).replaceFirst("blk.*.");
  }

  private static OpProfile.Entry renamed(OpProfile.Entry entry, String name, String weights) {
    return new OpProfile.Entry(
        entry.kind(), name, weights, entry.calls(), entry.nanos(), entry.weightBytes());
  }

  private static OpProfile.Entry sum(OpProfile.Entry one, OpProfile.Entry other) {
    return new OpProfile.Entry(
        one.kind(),
        one.name(),
        one.weights(),
        one.calls() + other.calls(),
        one.nanos() + other.nanos(),
        one.weightBytes() + other.weightBytes());
  }

  /// Checking batches, copying logits, measuring.
  private static OpProfile.Entry outside(Phase phase) {
    return new OpProfile.Entry(
        "(outside operations)", "", "", 0, phase.nanos() - phase.ops().nanos(), 0);
  }

  private void row(OpProfile.Entry entry, Phase phase) {
    if (entry.nanos() == 0) {
      return;
    }
    out.printf(
        Locale.ROOT,
        "| %-28s | %-36s | %-11s | %8d | %10.2f | %5.1f %% | %6s |%n",
        entry.kind(),
        entry.name(),
        entry.weights(),
        entry.calls(),
        entry.nanos() / 1e6,
        100.0 * entry.nanos() / phase.nanos(),
        rate(entry));
  }

  /// Bytes per nanosecond are GB/s. Norms and biases are too small for a rate to mean anything.
  private static String rate(OpProfile.Entry entry) {
    boolean matrices = entry.kind().startsWith("linear") || entry.kind().startsWith("mixture");
    return matrices && entry.weightBytes() > 0
        ? String.format(Locale.ROOT, "%.2f", (double) entry.weightBytes() / entry.nanos())
        : "";
  }
}
