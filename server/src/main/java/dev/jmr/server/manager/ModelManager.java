package dev.jmr.server.manager;

import dev.jmr.runtime.Engine;
import dev.jmr.runtime.EngineDescription;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.EngineOptions;
import dev.jmr.runtime.EngineProvider;
import dev.jmr.runtime.MemoryNeed;
import dev.jmr.server.reference.NearestNames;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Loads models when they are asked for, shares them, and lets them go.
///
/// A model is loaded when the first request wants it, on a thread of its own; that and others that want it wait, and it goes
/// on if they leave. Before, what it needs is estimated, and if that does not fit into the budget the models that were idle
/// the longest go. An idle model goes when its time is over. A model whose engine broke down is loaded again by the next
/// request.
///
/// Thread-safe. Engines are loaded and closed on threads of their own: what goes on with one model holds up no request to
/// another, unless that needs the memory.
public final class ModelManager implements AutoCloseable {
  private final ModelCatalog catalog;
  private final ModelOpener opener;
  private final SettingsFile settings;
  private final ManagerOptions options;
  private final LoadChoice choice;
  private final SharedMemory memory;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  private final Map<Slot.Key, Slot> slots = new LinkedHashMap<>();
  private final Closing closing =
      new Closing(
          lock,
          changed,
          (slot, why) -> tell(ModelEvent.Kind.BROKEN, slot, "its engine cannot be closed: " + why));

  private final Thread reaper;
  private volatile Consumer<ModelEvent> listener = _ -> {};
  private boolean closed;

  /// @param settings of the models
  public ModelManager(
      ModelCatalog catalog, ModelOpener opener, SettingsFile settings, ManagerOptions options) {
    this.catalog = catalog;
    this.opener = opener;
    this.settings = settings;
    this.options = options;
    this.choice = new LoadChoice(settings, options);
    this.memory = new SharedMemory(options.memoryBudget(), slots.values(), closing);
    this.reaper = Thread.ofVirtual().name("jmr-keep-alive").start(this::reap);
  }

  /// Tells a listener from now on what happens to models. It is called while others wait, and should not take long.
  public void listen(Consumer<ModelEvent> others) {
    listener = others;
  }

  /// Bytes that all models may take together.
  public long memoryBudget() {
    return options.memoryBudget();
  }

  private void tell(ModelEvent.Kind kind, Slot slot, String detail) {
    listener.accept(new ModelEvent(kind, slot.model.name(), detail));
  }

  public ModelCatalog catalog() {
    return catalog;
  }

  public SettingsFile settings() {
    return settings;
  }

  /// The engines that run them.
  public ModelOpener engines() {
    return opener;
  }

  /// The model of that name.
  ///
  /// @throws ModelNotFoundException if there is none
  public CatalogModel model(String reference) {
    return catalog
        .find(reference)
        .orElseThrow(() -> new ModelNotFoundException(notFound(reference)));
  }

  private String notFound(String reference) {
    return NearestNames.notFound(
        reference, catalog.models().stream().flatMap(model -> model.tags().stream()).toList());
  }

  /// [#lease(String, Mode, Optional, Optional)] with the engine that is configured, or else the most preferred one.
  public Lease lease(String reference, Mode mode, Optional<KeepAlive> keepAlive)
      throws InterruptedException {
    return lease(reference, mode, keepAlive, Optional.empty());
  }

  /// The right to use a model, which is loaded first if it is not; the caller closes it.
  ///
  /// @param keepAlive how long it stays from now on; empty = as before, or as configured
  /// @param backend the engine by its name, or by what clients call it; empty = as configured
  /// @throws ModelNotFoundException if there is none of that name
  /// @throws BackendException if the engine cannot be had
  /// @throws MemoryException if it does not fit
  /// @throws RuntimeException as the engine does that cannot load it
  public Lease lease(
      String reference, Mode mode, Optional<KeepAlive> keepAlive, Optional<String> backend)
      throws InterruptedException {
    CatalogModel model = model(reference);
    EngineProvider provider = provider(model, reference, backend);
    Slot.Key key = new Slot.Key(model.id(), provider.name());
    while (true) {
      lock.lockInterruptibly();
      try {
        requireOpen();
        Slot slot = slots.get(key);
        if (slot != null && slot.engine != null && !slot.engine.running()) {
          tell(ModelEvent.Kind.BROKEN, slot, "its engine broke down");
          retire(slot);
          slot = null;
        }
        if (slot == null) {
          slot = newSlot(model, provider, reference, keepAlive);
          slot.mode = mode;
        }
        Optional<Lease> lease = share(slot, reference, mode, keepAlive);
        if (lease.isPresent()) {
          return lease.get();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private EngineProvider provider(CatalogModel model, String reference, Optional<String> backend) {
    try {
      return opener.choose(model.artifact(), backend.or(() -> settings.of(model.id()).engine()));
    } catch (EngineException e) {
      throw Files.notExists(model.artifact().file()) ? gone(reference) : e;
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new ManagerException("the server is shutting down");
    }
  }

  /// A slot for a model, which begins to be loaded.
  private Slot newSlot(
      CatalogModel model,
      EngineProvider provider,
      String reference,
      Optional<KeepAlive> keepAlive) {
    ModelSettings configured = settings.of(model.id());
    KeepAlive time = keepAlive.or(configured::keepAlive).orElse(options.keepAlive());
    Slot slot = new Slot(model, provider, configured, time, reference, options.clock().instant());
    slots.put(slot.key(), slot);
    Thread.ofPlatform().daemon().name("jmr-load " + model.name()).start(() -> load(slot));
    return slot;
  }

  /// A lease of a model, once it is loaded; empty if it went in between.
  private Optional<Lease> share(
      Slot slot, String reference, Mode mode, Optional<KeepAlive> keepAlive)
      throws InterruptedException {
    slot.leases++;
    boolean leased = false;
    try {
      while (slot.loading()) {
        changed.await();
      }
      Throwable failure = slot.failure;
      if (failure != null) {
        throw again(failure);
      }
      Engine engine = slot.engine;
      leased = engine != null && !slot.retired;
      if (engine == null || !leased) {
        return Optional.empty();
      }
      keepAlive.ifPresent(time -> slot.keepAlive = time);
      slot.reference = reference;
      slot.mode = mode;
      slot.lastUsed = options.clock().instant();
      return Optional.of(new Lease(this, slot, engine));
    } finally {
      if (!leased) {
        release(slot);
      }
    }
  }

  /// For each who waited, so that it is answered as what it is.
  private static RuntimeException again(Throwable failure) {
    return failure instanceof RuntimeException known
        ? known
        : new ManagerException("model could not be loaded: " + failure, failure);
  }

  private void load(Slot slot) {
    long start = System.nanoTime();
    try {
      EngineOptions how = choice.of(slot);
      MemoryNeed need = slot.provider.memoryNeed(slot.model.artifact(), how);
      reserve(slot, need);
      tell(ModelEvent.Kind.LOADING, slot, Bytes.text(need.totalBytes()));
      Engine engine = slot.provider.load(slot.model.artifact(), how);
      loaded(slot, engine);
      tell(
          ModelEvent.Kind.LOADED,
          slot,
          "%.1f s, engine %s%s"
              .formatted(
                  (System.nanoTime() - start) / 1e9, slot.provider.name(), warnings(engine)));
    } catch (RuntimeException | Error e) {
      Throwable failure = e.getCause() instanceof NoSuchFileException ? gone(slot.reference) : e;
      tell(ModelEvent.Kind.FAILED, slot, String.valueOf(failure.getMessage()));
      failed(slot, failure);
    }
  }

  private static String warnings(Engine engine) {
    return engine.description().notes().stream()
        .filter(note -> note.startsWith(EngineDescription.WARNING))
        .map(note -> "; " + note)
        .collect(Collectors.joining());
  }

  /// Of a model that was deleted since it was looked up.
  private static ModelNotFoundException gone(String reference) {
    return new ModelNotFoundException(
        "model '%s' not found; its file was deleted before it was loaded".formatted(reference));
  }

  private void failed(Slot slot, Throwable failure) {
    lock.lock();
    try {
      slot.failure = failure;
      slots.remove(slot.key(), slot);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void loaded(Slot slot, Engine engine) {
    lock.lock();
    try {
      slot.engine = engine;
      slot.idleSince = System.nanoTime();
      if (closed) {
        closing.add(slot);
        closing.begin(slot);
      }
      changed.signalAll();
      requireOpen();
    } finally {
      lock.unlock();
    }
  }

  /// Tokens of context that a model has: while it is loaded what that is, otherwise what was chosen for it, or what it
  /// has where there is memory; empty if nothing is known.
  public OptionalInt contextLength(CatalogModel model) {
    lock.lock();
    try {
      for (Slot slot : slots.values()) {
        if (slot.engine != null && slot.model.id().equals(model.id())) {
          return OptionalInt.of(slot.engine.description().contextLength());
        }
      }
    } finally {
      lock.unlock();
    }
    return choice.contextAtRest(model);
  }

  /// Makes room for a model.
  private void reserve(Slot slot, MemoryNeed need) {
    lock.lock();
    try {
      while (true) {
        requireOpen();
        switch (memory.ask(slot, need)) {
          case GRANTED -> {
            slot.stage = "reading it and preparing to compute";
            return;
          }
          case EVICT -> evict(memory.longestIdle(), slot);
          case WAIT -> {
            slot.stage = "waiting until others are unloaded";
            changed.awaitUninterruptibly();
          }
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void evict(Slot slot, Slot forWhom) {
    tell(
        ModelEvent.Kind.EVICTED,
        slot,
        "model '%s' needs its memory".formatted(forWhom.model.name()));
    retire(slot);
  }

  /// Takes a model from those that can be leased; it is closed now if nobody uses it, otherwise by its last user.
  private void retire(Slot slot) {
    slots.remove(slot.key(), slot);
    closing.add(slot);
  }

  void release(Slot slot) {
    lock.lock();
    try {
      slot.leases--;
      slot.lastUsed = options.clock().instant();
      slot.idleSince = System.nanoTime();
      if (slot.leases == 0 && slot.engine != null) {
        if (slot.retired) {
          closing.begin(slot);
        } else if (slot.remainingNanos() <= 0) {
          tell(ModelEvent.Kind.EXPIRED, slot, slot.keepAlive.toString());
          retire(slot);
        }
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void reap() {
    lock.lock();
    try {
      while (!closed) {
        long next = Long.MAX_VALUE;
        for (Slot slot : List.copyOf(slots.values())) {
          if (slot.idle()) {
            long remaining = slot.remainingNanos();
            if (remaining <= 0) {
              tell(ModelEvent.Kind.EXPIRED, slot, slot.keepAlive.toString());
              retire(slot);
            } else {
              next = Math.min(next, remaining);
            }
          }
        }
        changed.awaitNanos(next);
      }
    } catch (InterruptedException _) {
      // Closed.
    } finally {
      lock.unlock();
    }
  }

  /// What is loaded, or being loaded, oldest first.
  public List<LoadedStatus> loaded() {
    lock.lock();
    try {
      return slots.values().stream().map(Slot::status).toList();
    } finally {
      lock.unlock();
    }
  }

  /// Lets idle models go, and returns when they are gone; those in use stay.
  ///
  /// @return how many went
  public int unload(Predicate<LoadedStatus> which) {
    lock.lock();
    try {
      List<Slot> gone =
          slots.values().stream().filter(slot -> slot.idle() && which.test(slot.status())).toList();
      for (Slot slot : gone) {
        tell(ModelEvent.Kind.UNLOADED, slot, "");
        retire(slot);
      }
      changed.signalAll();
      closing.await(gone);
      return gone.size();
    } finally {
      lock.unlock();
    }
  }

  /// Configures a model. One that is loaded otherwise and idle goes, to be loaded anew.
  ///
  /// @throws ModelNotFoundException if there is none of that name
  /// @throws ModelBusyException if it is in use and would have to be loaded anew
  public void configure(String reference, ModelSettings value) {
    CatalogModel model = model(reference);
    lock.lock();
    try {
      List<Slot> loaded =
          slots.values().stream().filter(slot -> slot.model.id().equals(model.id())).toList();
      List<Slot> outdated = loaded.stream().filter(slot -> !slot.loadsLike(value)).toList();
      if (!outdated.stream().allMatch(Slot::idle)) {
        throw new ModelBusyException("runner already active");
      }
      for (Slot slot : outdated) {
        tell(ModelEvent.Kind.UNLOADED, slot, "it was configured anew");
        retire(slot);
      }
      loaded.forEach(slot -> slot.keepAlive = value.keepAlive().orElse(options.keepAlive()));
      settings.put(model.id(), value);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Ends all models, also those in use: what runs on them ends with an error. Returns when they are gone, but does not wait
  /// for those that are still being loaded.
  @Override
  public void close() {
    reaper.interrupt();
    lock.lock();
    try {
      closed = true;
      slots.values().stream().filter(slot -> slot.engine != null).forEach(closing::add);
      slots.clear();
      closing.beginAll();
      changed.signalAll();
      closing.awaitAll();
    } finally {
      lock.unlock();
    }
  }
}
