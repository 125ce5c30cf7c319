package uk.ac.manchester.tornado.api;

/// The numbers of a grid.
public abstract class AbstractWorkerGrid implements WorkerGrid {
  protected long[] globalWork;
  protected long[] localWork = {1, 1, 1};

  protected AbstractWorkerGrid(long x, long y, long z) {
    globalWork = new long[] {x, y, z};
  }

  @Override
  public long[] getGlobalWork() {
    return globalWork;
  }

  @Override
  public long[] getLocalWork() {
    return localWork;
  }

  @Override
  public void setGlobalWork(long x, long y, long z) {
    globalWork = new long[] {x, y, z};
  }

  @Override
  public void setLocalWork(long x, long y, long z) {
    localWork = new long[] {x, y, z};
  }
}
