package dev.jmr.bench.tune;

import java.util.List;

/// A setting that is tried.
///
/// @param name as in the tuning file
/// @param standard its value where nothing was tuned
/// @param candidates values to try, the standard one may be among them
/// @param trials the kinds of work that it can make faster or slower; at least one
record Tunable(String name, int standard, List<Integer> candidates, List<Trial> trials) {
  Tunable {
    candidates = List.copyOf(candidates);
    trials = List.copyOf(trials);
  }
}
