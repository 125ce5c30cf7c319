package dev.jmr.server.library;

import dev.jmr.server.packaging.ModelArchive;
import dev.jmr.server.packaging.ModelPackager;
import dev.jmr.server.packaging.PackageOptions;
import dev.jmr.server.store.ModelStore;
import dev.jmr.server.store.StoredModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Optional;

/// Makes models that come with a program out of GGUF files.
public final class BuiltInArchive {
  private BuiltInArchive() {}

  /// A model of this name.
  ///
  /// @param work a folder of its own
  public static BuiltInModel of(String name, Path gguf, Path work) throws Exception {
    ModelStore store = ModelStore.open(work);
    StoredModel model =
        new ModelPackager(store)
            .pack(gguf, PackageOptions.NONE, Optional.of(store.reference(name)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ModelArchive(store).export(model, out);
    byte[] bytes = out.toByteArray();
    return new BuiltInModel(name, model.id(), () -> new ByteArrayInputStream(bytes));
  }
}
