package dev.jmr.server.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.runtime.Engine;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.EngineOptions;
import dev.jmr.runtime.EngineProvider;
import dev.jmr.runtime.MemoryNeed;
import dev.jmr.runtime.ModelArtifact;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class ModelManagerTest {
  private static final long GIB = 1L << 30;

  private final FakeProvider provider = new FakeProvider();
  private final List<ModelManager> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(ModelManager::close);
  }

  private ModelManager manager(long budget) {
    ModelCatalog catalog = new NamedModels(List.of("a", "b", "c"));
    ModelManager manager =
        new ModelManager(
            catalog,
            new ModelOpener(List.of(provider)),
            SettingsFile.inMemory(),
            new ManagerOptions(
                EngineOptions.defaults(),
                KeepAlive.FOREVER,
                budget,
                InstantSource.fixed(Instant.EPOCH)));
    opened.add(manager);
    return manager;
  }

  private static Lease lease(ModelManager manager, String name) throws InterruptedException {
    return manager.lease(name, Mode.COMPLETION, Optional.empty());
  }

  @Test
  void loadsOnceForAllThatAskAtTheSameTime() throws Exception {
    ModelManager manager = manager(GIB);
    CountDownLatch gate = new CountDownLatch(1);
    provider.gate = gate;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Lease>> leases = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Callable<Lease> ask = () -> lease(manager, "a");
        leases.add(threads.submit(ask));
      }
      gate.countDown();
      for (Future<Lease> lease : leases) {
        lease.get();
      }
    }
    assertThat(provider.loads).hasValue(1);
    assertThat(manager.loaded().getFirst().leases()).isEqualTo(8);
  }

  @Test
  void goesOnLoadingForOthersWhenTheFirstWhoAskedLeaves() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    provider.gate = gate;
    ModelManager manager = manager(GIB);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Lease> ask = () -> lease(manager, "a");
      Future<Lease> first = threads.submit(ask);
      while (manager.loaded().isEmpty()) {
        Thread.onSpinWait();
      }
      Future<Lease> second = threads.submit(ask);
      while (manager.loaded().getFirst().leases() < 2) {
        Thread.onSpinWait();
      }
      first.cancel(true);
      while (manager.loaded().getFirst().leases() > 1) {
        Thread.onSpinWait();
      }
      gate.countDown();
      second.get().close();
    }
    assertThat(provider.loads).hasValue(1);
    assertThat(manager.loaded().getFirst().leases()).isZero();
  }

  @Test
  void evictsTheModelThatWasIdleTheLongest() throws Exception {
    ModelManager manager = manager(2 * FakeProvider.BYTES);
    lease(manager, "a").close();
    lease(manager, "b").close();
    lease(manager, "a").close();
    lease(manager, "c").close();
    assertThat(manager.loaded())
        .extracting(status -> status.model().name())
        .containsExactly("a", "c");
    assertThat(provider.closes).hasValue(1);
  }

  @Test
  void refusesWithTheFiguresWhatDoesNotFitBesideModelsInUse() throws Exception {
    ModelManager manager = manager(FakeProvider.BYTES);
    try (Lease _ = lease(manager, "a")) {
      assertThatThrownBy(() -> lease(manager, "b"))
          .isInstanceOf(MemoryException.class)
          .hasMessage(
              "model 'b': expected to find 6 MiB (weights 3 MiB, cache 2 MiB, workspace 1 MiB), got a budget of 6 MiB of which are used: a 6 MiB (in use); try again later");
    }
    lease(manager, "b").close();
    assertThat(manager.loaded()).extracting(status -> status.model().name()).containsExactly("b");
  }

  @Test
  void saysWhatCanNeverFit() {
    assertThatThrownBy(() -> lease(manager(1), "a"))
        .isInstanceOfSatisfying(MemoryException.class, e -> assertThat(e.never()).isTrue());
  }

  @Test
  void unloadsAtOnceWhenItIsNotToBeKept() throws Exception {
    ModelManager manager = manager(GIB);
    manager
        .lease("a", Mode.COMPLETION, Optional.of(new KeepAlive(Optional.of(Duration.ZERO))))
        .close();
    assertThat(manager.loaded()).isEmpty();
    manager.close();
    assertThat(provider.closes).hasValue(1);
  }

  @Test
  void answersOthersWhileAnEngineIsSlowToClose() throws Exception {
    provider.closeGate = new CountDownLatch(1);
    ModelManager manager = manager(2 * FakeProvider.BYTES);
    manager
        .lease("a", Mode.COMPLETION, Optional.of(new KeepAlive(Optional.of(Duration.ZERO))))
        .close();
    lease(manager, "b").close();
    assertThat(manager.loaded()).extracting(status -> status.model().name()).containsExactly("b");
    assertThat(provider.closes).hasValue(0);
    provider.closeGate.countDown();
  }

  @Test
  void countsTheMemoryOfAnEngineUntilItIsClosed() throws Exception {
    provider.closeGate = new CountDownLatch(1);
    ModelManager manager = manager(FakeProvider.BYTES);
    lease(manager, "a").close();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Lease> ask = () -> lease(manager, "b");
      Future<Lease> second = threads.submit(ask);
      String waits = "waiting until others are unloaded";
      while (manager.loaded().stream()
          .noneMatch(status -> status.stage().equals(Optional.of(waits)))) {
        Thread.onSpinWait();
      }
      assertThat(provider.loads).hasValue(1);
      assertThat(provider.closes).hasValue(0);
      provider.closeGate.countDown();
      second.get().close();
    }
    assertThat(provider.closes).hasValue(1);
    assertThat(manager.loaded()).extracting(status -> status.model().name()).containsExactly("b");
  }

  @Test
  void unloadsNothingForAModelThatDoesNotFitAnyway() throws Exception {
    ModelManager manager = manager(2 * FakeProvider.BYTES);
    lease(manager, "a").close();
    try (Lease _ = lease(manager, "b")) {
      provider.factor = 2;
      assertThatThrownBy(() -> lease(manager, "c"))
          .isInstanceOf(MemoryException.class)
          .hasMessageEndingWith(
              "got a budget of 12 MiB of which are used: b 6 MiB (in use); try again later");
    }
    assertThat(manager.loaded())
        .extracting(status -> status.model().name())
        .containsExactly("a", "b");
  }

  @Test
  void goesOnWhenAnEngineCannotBeClosed() throws Exception {
    provider.closeFailure = Optional.of(new EngineException("close: expected x, got y"));
    ModelManager manager = manager(FakeProvider.BYTES);
    List<String> events = Collections.synchronizedList(new ArrayList<>());
    manager.listen(event -> events.add(event.toString()));
    lease(manager, "a").close();
    lease(manager, "b").close();
    assertThat(events)
        .anyMatch(event -> event.startsWith("model 'a' stopped: its engine cannot be closed: "));
  }

  @Test
  void tellsWhatAnEngineWarnsOf() throws Exception {
    provider.notes = List.of("tornado: skipped", "warning: the model runs on the processor");
    ModelManager manager = manager(GIB);
    List<String> events = new CopyOnWriteArrayList<>();
    manager.listen(event -> events.add(event.toString()));
    lease(manager, "a").close();
    String told = "engine fake; warning: the model runs on the processor";
    // It is told after the model can be used.
    while (events.stream().noneMatch(event -> event.endsWith(told))) {
      Thread.onSpinWait();
    }
  }

  @Test
  void unloadsWhenTheTimeIsOver() throws Exception {
    ModelManager manager = manager(GIB);
    KeepAlive brief = new KeepAlive(Optional.of(Duration.ofMillis(20)));
    manager.lease("a", Mode.COMPLETION, Optional.of(brief)).close();
    while (!manager.loaded().isEmpty()) {
      Thread.onSpinWait();
    }
    manager.close();
    assertThat(provider.closes).hasValue(1);
  }

  @Test
  void loadsAnewWhenTheEngineBrokeDown() throws Exception {
    ModelManager manager = manager(GIB);
    lease(manager, "a").close();
    provider.broken.set(true);
    lease(manager, "a").close();
    assertThat(provider.loads).hasValue(2);
  }

  @Test
  void tellsAllThatWaitedWhyLoadingFailed() throws Exception {
    ModelManager manager = manager(GIB);
    provider.failure = Optional.of(new EngineException("tensor x: expected y, got z"));
    assertThatThrownBy(() -> lease(manager, "a")).hasMessage("tensor x: expected y, got z");
    provider.failure = Optional.empty();
    lease(manager, "a").close();
  }

  @Test
  void keepsModelsInUseAndUnloadsOthers() throws Exception {
    ModelManager manager = manager(GIB);
    try (Lease _ = lease(manager, "a")) {
      lease(manager, "b").close();
      assertThat(manager.unload(_ -> true)).isEqualTo(1);
      assertThatThrownBy(() ->
              manager.configure(
                  "a",
                  new ModelSettings(
                      OptionalInt.of(99),
                      Optional.empty(),
                      Map.of(),
                      List.of(),
                      OptionalInt.empty())))
          .isInstanceOf(ModelBusyException.class);
    }
    assertThat(manager.unload(_ -> true)).isEqualTo(1);
  }

  @Test
  void namesTheModelsThereAreWhenOneIsUnknown() {
    assertThatThrownBy(() -> lease(manager(GIB), "other"))
        .isInstanceOf(ModelNotFoundException.class)
        .hasMessage("model 'other' not found; there are: a, b, c");
  }

  private record NamedModels(List<String> names) implements ModelCatalog {
    @Override
    public List<CatalogModel> models() {
      return names.stream()
          .map(name ->
              new CatalogModel(
                  "sha256:" + name,
                  List.of(name),
                  Instant.EPOCH,
                  new ModelArtifact(Path.of(name)),
                  Optional.empty(),
                  new ModelDescription(
                      "gguf",
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty(),
                      Map.of(),
                      OptionalInt.empty())))
          .toList();
    }

    @Override
    public Optional<CatalogModel> find(String reference) {
      return models().stream().filter(model -> model.name().equals(reference)).findFirst();
    }
  }

  /// Engines that only count how often they are loaded and closed.
  private static final class FakeProvider implements EngineProvider {
    static final long BYTES = 6L << 20;

    final AtomicInteger loads = new AtomicInteger();
    final AtomicInteger closes = new AtomicInteger();
    final AtomicBoolean broken = new AtomicBoolean();
    CountDownLatch gate = new CountDownLatch(0);
    CountDownLatch closeGate = new CountDownLatch(0);
    List<String> notes = List.of();
    Optional<EngineException> closeFailure = Optional.empty();
    long factor = 1;
    Optional<EngineException> failure = Optional.empty();

    @Override
    public String name() {
      return "fake";
    }

    @Override
    public boolean supports(ModelArtifact artifact) {
      return true;
    }

    @Override
    public MemoryNeed memoryNeed(ModelArtifact artifact, EngineOptions options) {
      return new MemoryNeed(factor * (3L << 20), factor * (2L << 20), factor * (1L << 20));
    }

    @Override
    public Engine load(ModelArtifact artifact, EngineOptions options) {
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new EngineException("interrupted", e);
      }
      failure.ifPresent(e -> {
        throw e;
      });
      loads.incrementAndGet();
      return (Engine)
          Proxy.newProxyInstance(
              Engine.class.getClassLoader(),
              new Class<?>[] {Engine.class},
              (_, method, _) ->
                  switch (method.getName()) {
                    case "running" -> !broken.getAndSet(false);
                    case "close" -> close();
                    case "description" -> FakeDescription.withNotes(notes);
                    default -> throw new UnsupportedOperationException(method.getName());
                  });
    }

    private int close() throws InterruptedException {
      closeGate.await();
      int count = closes.incrementAndGet();
      closeFailure.ifPresent(e -> {
        throw e;
      });
      return count;
    }
  }
}
