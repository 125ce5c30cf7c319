package dev.jmr.server.manager;

import dev.jmr.model.embedding.Pooling;
import dev.jmr.runtime.Capabilities;
import dev.jmr.runtime.EngineDescription;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/// What engines say of themselves that have nothing to compute with.
public final class FakeDescription {
  private FakeDescription() {}

  public static EngineDescription withNotes(List<String> notes) {
    Capabilities capabilities =
        new Capabilities(EnumSet.of(Capabilities.Task.GENERATE), 0, Pooling.NONE);
    return new EngineDescription(
        "fake", "llama", capabilities, 8, 8, 1, 1, 1, "cpu", Optional.empty(), notes);
  }
}
