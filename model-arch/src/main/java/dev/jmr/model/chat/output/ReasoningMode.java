package dev.jmr.model.chat.output;

import java.util.ArrayList;
import java.util.List;

/// The inside of a thought: all that stands before its end is part of it, markers of calls too.
final class ReasoningMode implements Mode {
  private final String close;
  private final List<String> ends;

  ReasoningMode(ReasoningMarkers markers) {
    close = markers.close();
    ends = new ArrayList<>(markers.alsoEndedBy());
    ends.add(close);
  }

  @Override
  public boolean advance(Machine machine) {
    Input input = machine.input;
    for (int at = 0; at < input.available(); at++) {
      switch (input.atAny(at, ends)) {
        case NO -> {}
        case MAYBE -> {
          machine.out.reasoning(input.take(at));
          return false;
        }
        case YES -> {
          machine.out.reasoning(input.take(at));
          input.skip(input.at(0, close) == Input.Match.YES ? close.length() : 0);
          machine.out.boundary();
          machine.enterHome();
          return true;
        }
      }
    }
    machine.out.reasoning(input.take(input.available()));
    return false;
  }

  @Override
  public void end(Machine machine) {
    machine.out.boundary();
    machine.enterHome();
  }
}
