package dev.jmr.model.template.render;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// While compiling: the names of a scope and where they are. Scopes of one frame share its slots.
final class Scope {
  private final Optional<Scope> outer;
  private final FrameLayout layout;
  private final Map<String, Integer> slots = new LinkedHashMap<>();

  private Scope(Optional<Scope> outer, FrameLayout layout) {
    this.outer = outer;
    this.layout = layout;
  }

  /// The scope of a template.
  static Scope root() {
    return new Scope(Optional.empty(), new FrameLayout(false));
  }

  /// A scope inside of this one, in the same frame.
  Scope inner() {
    return new Scope(Optional.of(this), layout);
  }

  /// A scope inside of this one, in a frame of its own.
  ///
  /// @param macro whether it is that of a macro, which has `varargs`, `kwargs` and `caller`
  Scope newFrame(boolean macro) {
    return new Scope(Optional.of(this), new FrameLayout(macro));
  }

  FrameLayout layout() {
    return layout;
  }

  /// The slot of a name that is assigned in this scope.
  int declare(String name) {
    return slots.computeIfAbsent(name, n -> layout.allocate());
  }

  /// The slots of this scope, once all of it is compiled.
  int[] ownSlots() {
    return slots.values().stream().mapToInt(Integer::intValue).toArray();
  }

  /// The names of this scope and their slots.
  Map<String, Integer> slots() {
    return slots;
  }

  /// Where a name may be, from the inside out.
  List<Place> places(String name) {
    List<Place> places = new ArrayList<>(2);
    int hops = 0;
    Scope scope = this;
    while (true) {
      Integer slot = scope.slots.get(name);
      boolean outermost = scope.outer.isEmpty();
      if (slot == null && (outermost || scope.supplies(name))) {
        slot = scope.declare(name);
        scope.layout.use(name);
      }
      if (slot != null) {
        places.add(new Place(hops, slot));
      }
      if (outermost) {
        return places;
      }
      Scope next = scope.outer.get();
      hops += next.layout == scope.layout ? 0 : 1;
      scope = next;
    }
  }

  /// Whether the name means something special here: only in the outermost scope of a macro.
  private boolean supplies(String name) {
    boolean outermostOfFrame = outer.isEmpty() || outer.get().layout != layout;
    return outermostOfFrame && layout.isMacro() && MacroCode.SPECIAL.contains(name);
  }

  /// A slot, so many frames further out.
  record Place(int hops, int slot) {}
}
