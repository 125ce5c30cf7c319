package uk.ac.manchester.tornado.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/// One group of work items: each of them a thread if the kernel has barriers, otherwise one after the other.
final class WorkGroup {
  /// A kernel with its arguments.
  @FunctionalInterface
  interface Item {
    void run(KernelContext context);
  }

  /// The kernels of which no item waited at a barrier when all its items were threads.
  private static final ClassValue<boolean[]> SEEN_WITHOUT_BARRIER =
      new ClassValue<>() {
        @Override
        protected boolean[] computeValue(Class<?> kernel) {
          return new boolean[1];
        }
      };

  private final int[] local;
  private final int[] global;
  private final Map<Integer, Object> shared = new ConcurrentHashMap<>();
  private final @Nullable CyclicBarrier barrier;
  private volatile boolean waited;

  private WorkGroup(int[] local, int[] global, boolean threads) {
    this.local = local;
    this.global = global;
    this.barrier = threads ? new CyclicBarrier(local[0] * local[1] * local[2]) : null;
  }

  /// Runs all groups of a grid.
  ///
  /// @param kernel tells kernels apart
  static void runAll(Class<?> kernel, Item item, int[] local, int[] global) {
    boolean[] plain = SEEN_WITHOUT_BARRIER.get(kernel);
    boolean alone = local[0] * local[1] * local[2] == 1;
    for (int z = 0; z < global[2] / local[2]; z++) {
      for (int y = 0; y < global[1] / local[1]; y++) {
        for (int x = 0; x < global[0] / local[0]; x++) {
          WorkGroup group = new WorkGroup(local, global, !plain[0] && !alone);
          group.run(item, new int[] {x, y, z});
          plain[0] |= !alone && !group.waited;
        }
      }
    }
  }

  private List<KernelContext> items(int[] groupId) {
    List<KernelContext> items = new ArrayList<>();
    for (int z = 0; z < local[2]; z++) {
      for (int y = 0; y < local[1]; y++) {
        for (int x = 0; x < local[0]; x++) {
          items.add(new KernelContext(this, groupId, new int[] {x, y, z}, local, global));
        }
      }
    }
    return items;
  }

  private void run(Item item, int[] groupId) {
    List<KernelContext> items = items(groupId);
    if (barrier == null) {
      items.forEach(item::run);
      return;
    }
    List<Throwable> failures = new ArrayList<>();
    List<Thread> threads =
        items.stream()
            .map(context -> Thread.ofVirtual().start(() -> run(item, context, failures)))
            .toList();
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException _) {
      threads.forEach(Thread::interrupt);
      Thread.currentThread().interrupt();
      throw new TornadoRuntimeException("interrupted");
    }
    if (!failures.isEmpty()) {
      TornadoRuntimeException failure =
          new TornadoRuntimeException("a kernel failed: " + failures.getFirst());
      failure.initCause(failures.getFirst());
      throw failure;
    }
  }

  private void run(Item item, KernelContext context, List<Throwable> failures) {
    try {
      item.run(context);
    } catch (RuntimeException | Error e) {
      synchronized (failures) {
        failures.add(e);
      }
      breakBarrier();
    }
  }

  /// Lets nobody wait for an item that will not come, now or later: a barrier that somebody comes to interrupted stays
  /// broken.
  private void breakBarrier() {
    Thread.currentThread().interrupt();
    try {
      if (barrier != null) {
        barrier.await();
      }
    } catch (InterruptedException | BrokenBarrierException _) {
      Thread.interrupted();
    }
  }

  void await() {
    waited = true;
    if (barrier == null) {
      if (local[0] * local[1] * local[2] == 1) {
        return;
      }
      throw new TornadoRuntimeException("a barrier that not all groups of the kernel come to");
    }
    try {
      barrier.await();
    } catch (BrokenBarrierException e) {
      TornadoRuntimeException broken =
          new TornadoRuntimeException("another item of the group failed");
      broken.initCause(e);
      throw broken;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new TornadoRuntimeException("interrupted");
    }
  }

  /// The array that items get by their n-th allocation.
  @SuppressWarnings("unchecked")
  <T> T shared(int number, Supplier<T> made) {
    return (T) shared.computeIfAbsent(number, _ -> made.get());
  }
}
