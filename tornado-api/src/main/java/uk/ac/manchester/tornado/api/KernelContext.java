package uk.ac.manchester.tornado.api;

import org.jspecify.annotations.Nullable;

/// What a kernel knows of the work item that it computes, and what the items of a group share.
///
/// One object of each work item; the one that a program makes stands for them all.
public class KernelContext {
  public final Integer globalIdx;
  public final Integer globalIdy;
  public final Integer globalIdz;
  public final Integer groupIdx;
  public final Integer groupIdy;
  public final Integer groupIdz;
  public final Integer localIdx;
  public final Integer localIdy;
  public final Integer localIdz;
  public final Integer globalGroupSizeX;
  public final Integer globalGroupSizeY;
  public final Integer globalGroupSizeZ;
  public final Integer localGroupSizeX;
  public final Integer localGroupSizeY;
  public final Integer localGroupSizeZ;

  private final @Nullable WorkGroup group;
  private int allocations;

  /// Stands for the work items of a task.
  public KernelContext() {
    this(null, new int[3], new int[3], new int[3], new int[3]);
  }

  KernelContext(
      @Nullable WorkGroup group, int[] groupId, int[] localId, int[] local, int[] global) {
    this.group = group;
    globalIdx = groupId[0] * local[0] + localId[0];
    globalIdy = groupId[1] * local[1] + localId[1];
    globalIdz = groupId[2] * local[2] + localId[2];
    groupIdx = groupId[0];
    groupIdy = groupId[1];
    groupIdz = groupId[2];
    localIdx = localId[0];
    localIdy = localId[1];
    localIdz = localId[2];
    globalGroupSizeX = global[0];
    globalGroupSizeY = global[1];
    globalGroupSizeZ = global[2];
    localGroupSizeX = local[0];
    localGroupSizeY = local[1];
    localGroupSizeZ = local[2];
  }

  private WorkGroup group() {
    if (group == null) {
      throw new IllegalStateException("this context stands for work items and is none");
    }
    return group;
  }

  /// Waits for the other items of the group; what they wrote before, to local memory too, is seen after it.
  public void localBarrier() {
    group().await();
  }

  /// As [#localBarrier()]: groups are not waited for.
  public void globalBarrier() {
    group().await();
  }

  /// An array that the items of the group share.
  public float[] allocateFloatLocalArray(int size) {
    return group().shared(allocations++, () -> garbage(size));
  }

  /// An array that the items of the group share.
  public int[] allocateIntLocalArray(int size) {
    return group().shared(allocations++, () -> new int[size]);
  }

  private static float[] garbage(int size) {
    float[] array = new float[size];
    java.util.Arrays.fill(array, Float.NaN);
    return array;
  }
}
