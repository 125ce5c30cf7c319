package dev.jmr.model.chat.output;

import java.util.List;

/// Text for the user, in which markers open something else. Holds back only what may be the beginning of a marker.
final class ProseMode implements Mode {
  private final List<Trigger> triggers;
  private final boolean calls;

  /// @param calls whether calls are read at all
  ProseMode(List<Trigger> triggers, boolean calls) {
    this.triggers = List.copyOf(triggers);
    this.calls = calls;
  }

  @Override
  public boolean advance(Machine machine) {
    Input input = machine.input;
    boolean atStart = machine.out.atBoundary();
    for (int at = 0; at < input.available(); at++) {
      if (waits(input, at, atStart)) {
        machine.out.text(input.take(at));
        return false;
      }
      for (Trigger trigger : triggers) {
        if (counts(trigger, atStart) && input.at(at, trigger.literal()) == Input.Match.YES) {
          machine.out.text(input.take(at));
          String opening = trigger.taken() ? input.take(trigger.literal().length()) : "";
          trigger.entry().enter(machine, opening);
          return true;
        }
      }
      atStart &= Character.isWhitespace(input.charAt(at));
    }
    machine.out.text(input.take(input.available()));
    return false;
  }

  private boolean waits(Input input, int at, boolean atStart) {
    for (Trigger trigger : triggers) {
      if (counts(trigger, atStart) && input.at(at, trigger.literal()) == Input.Match.MAYBE) {
        return true;
      }
    }
    return false;
  }

  private boolean counts(Trigger trigger, boolean atStart) {
    return (calls || !trigger.call()) && (atStart || !trigger.atStart());
  }

  @Override
  public void end(Machine machine) {
    machine.out.text(machine.input.take(machine.input.available()));
  }
}
