package dev.jmr.runtime.local;

import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.Executable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// Runs as another does, but each run waits for a permit; counts how often it is closed.
record GatedExecutable(Executable executable, Semaphore permits, AtomicInteger closings)
    implements Executable {
  GatedExecutable(Executable executable, int permits) {
    this(executable, new Semaphore(permits), new AtomicInteger());
  }

  @Override
  public void run(Batch batch, float[] logits) {
    permits.acquireUninterruptibly();
    executable.run(batch, logits);
  }

  @Override
  public void close() {
    closings.incrementAndGet();
    executable.close();
  }
}
