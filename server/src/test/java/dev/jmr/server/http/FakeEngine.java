package dev.jmr.server.http;

import dev.jmr.runtime.Engine;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.EngineOptions;
import dev.jmr.runtime.EngineProvider;
import dev.jmr.runtime.Generation;
import dev.jmr.runtime.GenerationEvent;
import dev.jmr.runtime.MemoryNeed;
import dev.jmr.runtime.ModelArtifact;
import dev.jmr.server.manager.FakeDescription;
import dev.jmr.server.manager.FileCatalog;
import dev.jmr.server.manager.KeepAlive;
import dev.jmr.server.manager.ManagerOptions;
import dev.jmr.server.manager.ModelManager;
import dev.jmr.server.manager.ModelOpener;
import dev.jmr.server.manager.SettingsFile;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// An engine that begins answers and never goes on with them; nor does it load before it may.
final class FakeEngine implements EngineProvider {
  final AtomicInteger begun = new AtomicInteger();
  final AtomicInteger ended = new AtomicInteger();
  final CountDownLatch mayLoad = new CountDownLatch(1);

  /// The tiny models, in this engine.
  ModelManager models() {
    Path folder = Path.of("src", "test", "resources", "models");
    return new ModelManager(
        FileCatalog.of(List.of(folder.resolve("tiny-llama3-bpe.gguf"))),
        new ModelOpener(List.of(this)),
        SettingsFile.inMemory(),
        new ManagerOptions(
            EngineOptions.defaults(), KeepAlive.FOREVER, 1L << 30, InstantSource.system()));
  }

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
    return new MemoryNeed(1, 1, 1);
  }

  @Override
  public Engine load(ModelArtifact artifact, EngineOptions options) {
    try {
      mayLoad.await();
    } catch (InterruptedException e) {
      throw new EngineException("interrupted", e);
    }
    return (Engine)
        Proxy.newProxyInstance(
            Engine.class.getClassLoader(),
            new Class<?>[] {Engine.class},
            (_, method, _) ->
                switch (method.getName()) {
                  case "running" -> true;
                  case "description" -> FakeDescription.withNotes(List.of());
                  case "submit" -> List.of(new Endless());
                  case "close", "hashCode" -> 0;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  /// An answer of which there is nothing but the beginning.
  private final class Endless implements Generation {
    private final CountDownLatch closed = new CountDownLatch(1);

    private Endless() {
      begun.incrementAndGet();
    }

    @Override
    public GenerationEvent next() throws InterruptedException {
      closed.await();
      throw new EngineException("closed");
    }

    @Override
    public void cancel() {
      closed.countDown();
    }

    @Override
    public void close() {
      ended.incrementAndGet();
      closed.countDown();
    }
  }
}
