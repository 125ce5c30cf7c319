package dev.jmr.server.manager;

import dev.jmr.runtime.EngineOptions;
import java.util.OptionalInt;

/// How a model is loaded: as somebody chose, otherwise as there is memory for. Thread-safe.
record LoadChoice(SettingsFile settings, ManagerOptions options) {
  /// For a model that is about to be loaded; reads its header at most.
  EngineOptions of(Slot slot) {
    EngineOptions how =
        options
            .engine()
            .withContextLength(context(slot.model).orElse(0))
            .withArguments(slot.settings.runtimeFlags());
    if (how.contextLength() == 0) {
      how =
          ContextChoice.of(
              how,
              slot.model.description().trainedContext(),
              options.memoryBudget(),
              with -> slot.provider.memoryNeed(slot.model.artifact(), with));
    }
    return slot.model.chatTemplate().map(how::withChatTemplate).orElse(how);
  }

  /// The context that somebody chose: who configured the model, started the server, or packaged the model, in this order.
  private OptionalInt context(CatalogModel model) {
    OptionalInt configured = settings.of(model.id()).contextSize();
    if (configured.isPresent()) {
      return configured;
    }
    return options.engine().contextLength() > 0
        ? OptionalInt.of(options.engine().contextLength())
        : model.description().contextSize();
  }

  /// The context that a model has where there is memory for it; empty if nothing is known.
  OptionalInt contextAtRest(CatalogModel model) {
    OptionalInt chosen = context(model);
    return chosen.isPresent() ? chosen : ContextChoice.atMost(model.description().trainedContext());
  }
}
