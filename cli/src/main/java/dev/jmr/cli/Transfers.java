package dev.jmr.cli;

import dev.jmr.server.huggingface.HubOptions;
import dev.jmr.server.huggingface.HuggingFacePull;
import dev.jmr.server.reference.ModelReference;
import dev.jmr.server.registry.RegistryClient;
import dev.jmr.server.registry.RegistryOptions;
import dev.jmr.server.store.ModelStore;
import dev.jmr.server.transfer.Pull;
import dev.jmr.server.transfer.Push;

/// Brings models from registries to the store and back, and shows how far it is.
final class Transfers {
  private final Context context;
  private final ModelStore store;

  Transfers(Context context, ModelStore store) {
    this.context = context;
    this.store = store;
  }

  /// Fetches a model into the store.
  ///
  /// @return how it ended, in a sentence
  String pull(ModelReference reference) throws InterruptedException {
    try (CtrlC _ = new CtrlC();
        TransferReport report =
            new TransferReport(context.streams(), "pulling " + reference.display())) {
      if (reference.huggingFace()) {
        try (HuggingFacePull hub =
            new HuggingFacePull(HubOptions.of(context.environment()), store)) {
          hub.run(reference, report);
        }
      } else {
        try (RegistryClient client = client()) {
          new Pull(client, store).run(reference, report);
        }
      }
      return report.result().orElseThrow();
    } catch (InterruptedException e) {
      context.streams().note("what was fetched stays; the next pull goes on from there");
      throw e;
    }
  }

  /// Brings a model of the store to the registry that its name says.
  ///
  /// @return how it ended, in a sentence
  String push(String model) throws InterruptedException {
    ModelReference target = store.requireName(model);
    try (CtrlC _ = new CtrlC();
        RegistryClient client = client();
        TransferReport report =
            new TransferReport(context.streams(), "pushing " + target.display())) {
      new Push(client, store).run(model, target, report);
      return report.result().orElseThrow();
    }
  }

  private RegistryClient client() {
    return new RegistryClient(RegistryOptions.of(context.environment()));
  }
}
