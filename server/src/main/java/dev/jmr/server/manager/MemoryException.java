package dev.jmr.server.manager;

import dev.jmr.runtime.MemoryNeed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// A model for which there is no memory, or none now. The message says what it needs, what there is, and who uses it.
public final class MemoryException extends ManagerException {
  private static final long serialVersionUID = 1L;

  private final boolean never;

  private MemoryException(String message, boolean never) {
    super(message);
    this.never = never;
  }

  /// @param need of the model
  /// @param budget of all models
  /// @param all of which those that do not idle are in its way
  static MemoryException of(Slot slot, MemoryNeed need, long budget, Collection<Slot> all) {
    List<String> others = new ArrayList<>();
    for (Slot other : all) {
      if (other != slot && other.bytes() > 0 && !other.idle()) {
        String why = other.loading() ? "being loaded" : "in use";
        others.add("%s %s (%s)".formatted(other.model.name(), Bytes.text(other.bytes()), why));
      }
    }
    String message =
        "model '%s': expected to find %s (weights %s, cache %s, workspace %s), got a budget of %s%s; %s"
            .formatted(
                slot.model.name(),
                Bytes.text(need.totalBytes()),
                Bytes.text(need.weightBytes()),
                Bytes.text(need.kvBytes()),
                Bytes.text(need.workspaceBytes()),
                Bytes.text(budget),
                others.isEmpty() ? "" : " of which are used: " + String.join(", ", others),
                others.isEmpty() ? "use a smaller context or model" : "try again later");
    return new MemoryException(message, need.totalBytes() > budget);
  }

  /// Whether it would not fit either if nothing else was loaded.
  public boolean never() {
    return never;
  }
}
