package dev.jmr.gguf;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/// Gives the data of a tensor when its turn to be written comes, so that no tensor has to be in memory as a whole.
@FunctionalInterface
public interface TensorSource {
  /// Writes the encoded elements: rows one after the other, little-endian, exactly the bytes that type and shape take.
  ///
  /// @param channel takes all bytes of each buffer at once; valid during the call only, on the calling thread
  void writeTo(WritableByteChannel channel) throws IOException;

  /// The data of a segment, which must stay alive until it is written.
  static TensorSource of(MemorySegment data) {
    return channel -> {
      ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(1 << 18, data.byteSize()));
      MemorySegment chunkBytes = MemorySegment.ofBuffer(chunk.duplicate());
      for (long at = 0; at < data.byteSize(); at += chunk.limit()) {
        int count = (int) Math.min(chunk.capacity(), data.byteSize() - at);
        MemorySegment.copy(data, at, chunkBytes, 0, count);
        channel.write(chunk.clear().limit(count));
      }
    };
  }
}
