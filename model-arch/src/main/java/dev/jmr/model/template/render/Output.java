package dev.jmr.model.template.render;

import dev.jmr.model.template.limit.Budget;
import dev.jmr.model.template.value.Str;

/// What was rendered so far.
final class Output {
  private final StringBuilder text = new StringBuilder();
  private final Budget budget;

  Output(Budget budget) {
    this.budget = budget;
  }

  void append(String addition) {
    budget.output((long) text.length() + addition.length());
    budget.value(addition.length());
    text.append(addition);
  }

  Str toStr() {
    return Str.of(text.toString());
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
