package dev.jmr.model.template.render;

import java.util.HashSet;
import java.util.Set;

/// While compiling: how many slots a frame has.
final class FrameLayout {
  private final boolean macro;
  private final Set<String> used = new HashSet<>();
  private int slots;

  FrameLayout(boolean macro) {
    this.macro = macro;
  }

  boolean isMacro() {
    return macro;
  }

  int allocate() {
    return slots++;
  }

  int slots() {
    return slots;
  }

  void use(String special) {
    used.add(special);
  }

  /// Whether the body of the macro uses one of the names that every macro has.
  boolean uses(String special) {
    return used.contains(special);
  }
}
