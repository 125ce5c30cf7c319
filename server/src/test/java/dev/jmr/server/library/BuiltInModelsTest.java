package dev.jmr.server.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.server.store.ModelStore;
import dev.jmr.server.store.StoreException;
import dev.jmr.server.store.StoredModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BuiltInModelsTest {
  private static final Path MODELS = Path.of("src", "test", "resources", "models");
  private static final String NAME = "me/box";

  @TempDir private Path folder;

  private ModelStore store;
  private BuiltInModel model;
  private BuiltInModels builtIn;

  @BeforeEach
  void make() throws Exception {
    store = ModelStore.open(folder.resolve("models"));
    model = BuiltInArchive.of(NAME, MODELS.resolve("tinyq-llama-Q4_K_M.gguf"), folder.resolve("a"));
    builtIn = models(model);
  }

  private BuiltInModels models(BuiltInModel one) {
    return new BuiltInModels(List.of(one), folder.resolve("notes"));
  }

  @Test
  void areModelsLikeAnyOther() {
    ModelLibrary library = new ModelLibrary(store, folder.resolve("cache"), builtIn);
    ModelEntry entry = library.require(NAME);
    assertThat(entry.id()).isEqualTo(model.id());
    assertThat(library.list()).extracting(ModelEntry::id).containsExactly(model.id());
    assertThat(library.runnable(entry).weights()).isRegularFile();
    assertThat(builtIn.contains(entry.id().toString())).isTrue();
  }

  @Test
  void stayAwayOnceTheyWereRemoved() throws Exception {
    builtIn.addTo(store);
    store.remove(NAME, false);
    builtIn.addTo(store);
    assertThat(store.list()).isEmpty();

    assertThat(builtIn.bring(store.reference(NAME + ":latest"), store)).isTrue();
    assertThat(store.require(NAME).id()).isEqualTo(model.id());
    assertThat(builtIn.bring(store.reference("me/other"), store)).isFalse();
  }

  @Test
  void eachStoreGetsThem() {
    builtIn.addTo(store);
    ModelStore other = ModelStore.open(folder.resolve("other"));
    builtIn.addTo(other);
    assertThat(other.require(NAME).id()).isEqualTo(model.id());
  }

  @Test
  void theNewerTakesThePlaceOfTheOlder() throws Exception {
    builtIn.addTo(store);
    BuiltInModel newer =
        BuiltInArchive.of(NAME, MODELS.resolve("tiny-llama3-bpe.gguf"), folder.resolve("b"));
    models(newer).addTo(store);
    assertThat(store.list()).extracting(StoredModel::id).containsExactly(newer.id());
  }

  @Test
  void theOlderStaysUnderItsOtherName() throws Exception {
    builtIn.addTo(store);
    store.tag(NAME, store.reference("me/kept"));
    BuiltInModel newer =
        BuiltInArchive.of(NAME, MODELS.resolve("tiny-llama3-bpe.gguf"), folder.resolve("b"));
    models(newer).addTo(store);
    assertThat(store.require(NAME).id()).isEqualTo(newer.id());
    assertThat(store.require("me/kept").id()).isEqualTo(model.id());
  }

  @Test
  void aFailureLeavesTheStoreAsItIs() {
    BuiltInModels broken =
        models(
            new BuiltInModel(
                NAME,
                model.id(),
                () -> {
                  throw new IOException("no bytes");
                }));
    broken.addTo(store);
    assertThat(store.list()).isEmpty();
    assertThatThrownBy(() -> broken.bring(store.reference(NAME), store))
        .isInstanceOf(StoreException.class)
        .hasMessage("model me/box: no bytes");
    builtIn.addTo(store);
    assertThat(store.list()).hasSize(1);
  }
}
