package dev.jmr.kernels.cpu.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightMemoryTest {
  @TempDir private Path folder;

  private MemorySegment map(Arena arena) throws IOException {
    Path file = Files.write(folder.resolve("weights"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    try (FileChannel channel = FileChannel.open(file)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, 8, arena).asSlice(2, 4);
    }
  }

  @Test
  void mappedAndAllocatedWeightsHaveOneClass() throws IOException {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment mapped = map(arena);
      MemorySegment allocated = arena.allocate(8);
      assertThat(mapped.getClass()).isNotEqualTo(allocated.getClass());
      assertThat(WeightMemory.of(mapped)).hasSameClassAs(WeightMemory.of(allocated));
    }
  }

  @Test
  void bytesBoundsAndProtectionStayTheSame() throws IOException {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment mapped = map(arena);
      MemorySegment seen = WeightMemory.of(mapped);
      assertThat(seen.address()).isEqualTo(mapped.address());
      assertThat(seen.byteSize()).isEqualTo(4);
      assertThat(seen.isReadOnly()).isTrue();
      assertThat(seen.get(ValueLayout.JAVA_BYTE, 3)).isEqualTo((byte) 6);
      assertThatThrownBy(() -> seen.get(ValueLayout.JAVA_BYTE, 4))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void cannotBeReadAfterTheFileIsClosed() throws IOException {
    MemorySegment seen;
    try (Arena arena = Arena.ofShared()) {
      seen = WeightMemory.of(map(arena));
    }
    assertThatThrownBy(() -> seen.get(ValueLayout.JAVA_BYTE, 0))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void leavesMemoryInTheHeapAsItIs() {
    MemorySegment data = MemorySegment.ofArray(new byte[4]);
    assertThat(WeightMemory.of(data)).isSameAs(data);
  }
}
