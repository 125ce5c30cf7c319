package dev.jmr.bench.tune;

import dev.jmr.runtime.tuning.Tuning;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Finds better settings one by one, from the standard ones on: a candidate that wins takes the champion's place, and the
/// settings are gone through again until none changes.
///
/// In the end the champion has to show that it helps, against the standard settings.
final class Descent {
  private static final int MAX_ROUNDS = 3;

  /// A setting in the end.
  ///
  /// @param value what was chosen
  /// @param gain what changing it brought when it was changed; 0 if it was not
  record Choice(Tunable tunable, int value, double gain) {
    boolean changed() {
      return value != tunable.standard();
    }
  }

  /// What was found.
  ///
  /// @param choices of every setting, in their order
  /// @param gains the ratio of the rates with the choices to those with standard settings, by kind of work; empty if
  ///     nothing changed
  record Outcome(List<Choice> choices, Map<Trial, Double> gains) {
    /// The settings that are not standard.
    Tuning tuning() {
      Map<String, Integer> values = new LinkedHashMap<>();
      choices.stream()
          .filter(Choice::changed)
          .forEach(choice -> values.put(choice.tunable.name(), choice.value));
      return new Tuning(values);
    }
  }

  private final List<Tunable> tunables;
  private final Meter meter;
  private final int pairs;
  private final Consumer<String> progress;
  private final Set<Set<Tuning>> tried = new HashSet<>();
  private final Map<String, Double> factors = new HashMap<>();
  private Tuning champion;

  /// A search that has not begun.
  ///
  /// @param pairs how often champion and candidate are measured in turn, at first
  /// @param progress told a line per candidate
  Descent(List<Tunable> tunables, Meter meter, int pairs, Consumer<String> progress) {
    this.tunables = tunables;
    this.meter = meter;
    this.pairs = pairs;
    this.progress = progress;
    this.champion = standard();
  }

  private Tuning standard() {
    Map<String, Integer> values = new HashMap<>();
    tunables.forEach(tunable -> values.put(tunable.name(), tunable.standard()));
    return new Tuning(values);
  }

  Outcome run() {
    boolean changed = true;
    for (int round = 0; round < MAX_ROUNDS && changed; round++) {
      changed = false;
      for (Tunable tunable : tunables) {
        for (int candidate : tunable.candidates()) {
          changed |= tryOut(tunable, candidate);
        }
      }
    }
    return outcome();
  }

  private boolean tryOut(Tunable tunable, int candidate) {
    Map<String, Integer> values = new HashMap<>(champion.values());
    values.put(tunable.name(), candidate);
    Tuning challenger = new Tuning(values);
    if (challenger.equals(champion) || !tried.add(Set.of(champion, challenger))) {
      return false;
    }
    Duel duel = Duel.run(meter, champion, challenger, tunable.trials(), pairs, Duel::won);
    tell(tunable.name() + " " + candidate, duel, duel.won());
    if (duel.won()) {
      champion = challenger;
      factors.merge(tunable.name(), 1 + duel.gain(), (a, b) -> a * b);
    }
    return duel.won();
  }

  private void tell(String what, Duel duel, boolean better) {
    progress.accept(
        String.format(
            Locale.ROOT,
            "%s: %s; %+.1f %%, spread %.1f %% of %d pairs: %s",
            what,
            duel,
            100 * duel.gain(),
            100 * duel.spread(),
            duel.pairs(),
            better ? "better" : "not better"));
  }

  private Outcome outcome() {
    List<Choice> choices = choices(champion);
    List<Trial> concerned =
        choices.stream()
            .filter(Choice::changed)
            .flatMap(choice -> choice.tunable.trials().stream())
            .distinct()
            .toList();
    if (concerned.isEmpty()) {
      return new Outcome(choices, Map.of());
    }
    Duel together = Duel.run(meter, standard(), champion, concerned, pairs, Duel::helps);
    tell("all together", together, together.helps());
    return together.helps()
        ? new Outcome(choices, together.medians())
        : new Outcome(choices(standard()), Map.of());
  }

  private List<Choice> choices(Tuning tuning) {
    List<Choice> choices = new ArrayList<>();
    for (Tunable tunable : tunables) {
      int value = tuning.values().getOrDefault(tunable.name(), tunable.standard());
      boolean changed = value != tunable.standard();
      double gain = changed ? factors.getOrDefault(tunable.name(), 1.0) - 1 : 0;
      choices.add(new Choice(tunable, value, gain));
    }
    return List.copyOf(choices);
  }
}
