package dev.jmr.model.template.value;

import dev.jmr.model.template.limit.Budget;

/// Builds a string and asks the budget before each addition.
public final class BoundedText {
  private final StringBuilder text = new StringBuilder();
  private final Budget budget;

  public BoundedText(Budget budget) {
    this.budget = budget;
  }

  public BoundedText append(CharSequence addition) {
    grow(addition.length());
    text.append(addition);
    return this;
  }

  public BoundedText append(char addition) {
    grow(1);
    text.append(addition);
    return this;
  }

  public BoundedText repeat(CharSequence addition, long count) {
    if (count > 0 && !addition.isEmpty()) {
      long most = budget.limits().valueLength();
      grow(count > most ? most + 1 : addition.length() * count);
      text.repeat(addition, (int) count);
    }
    return this;
  }

  public int length() {
    return text.length();
  }

  private void grow(long addition) {
    if (text.length() + addition > budget.limits().valueLength()) {
      budget.value(text.length() + addition);
    }
    budget.value(addition);
  }

  public Str toStr() {
    return Str.of(text.toString());
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
