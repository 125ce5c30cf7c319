package dev.jmr.server.manager;

import dev.jmr.runtime.MemoryNeed;
import java.util.Collection;
import java.util.function.Predicate;

/// The memory that models may take together, by estimate. All methods need the lock of [ModelManager].
final class SharedMemory {
  private final long budget;
  private final Collection<Slot> slots;
  private final Closing closing;

  /// What becomes of a request for memory.
  enum Answer {
    /// The model has it.
    GRANTED,
    /// Others are to go first: [#longestIdle].
    EVICT,
    /// Others are going.
    WAIT
  }

  /// @param budget in bytes
  /// @param slots that are loaded or being loaded, as they are at any time
  /// @param closing those that go
  SharedMemory(long budget, Collection<Slot> slots, Closing closing) {
    this.budget = budget;
    this.slots = slots;
    this.closing = closing;
  }

  /// Asks for what a model needs; to be asked again until it is granted. Nobody goes in vain: not if it does not fit beside
  /// those in use anyway.
  ///
  /// @throws MemoryException if it does not
  Answer ask(Slot slot, MemoryNeed need) {
    slot.need = need;
    if (used(_ -> true) + closing.bytes() <= budget) {
      return Answer.GRANTED;
    }
    if (used(other -> !other.idle()) > budget) {
      slot.need = null;
      throw MemoryException.of(slot, need, budget, slots);
    }
    return used(_ -> true) > budget ? Answer.EVICT : Answer.WAIT;
  }

  /// The model that was idle the longest, where [Answer#EVICT] was the answer.
  Slot longestIdle() {
    return slots.stream()
        .filter(Slot::idle)
        .min((a, b) -> Long.signum(a.idleSince - b.idleSince))
        .orElseThrow();
  }

  private long used(Predicate<Slot> which) {
    return slots.stream().filter(which).mapToLong(Slot::bytes).sum();
  }
}
