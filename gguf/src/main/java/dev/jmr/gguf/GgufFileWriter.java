package dev.jmr.gguf;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/// Writes one file: under a temporary name, then renamed.
final class GgufFileWriter {
  private GgufFileWriter() {}

  static void write(
      Path target, Map<String, GgufValue> metadata, List<HeaderEncoder.Entry> tensors) {
    var encoder = new HeaderEncoder(metadata, tensors);
    byte[] header = encoder.encode();
    GgufReader.check(
        target, MemorySegment.ofArray(header), Math.addExact(header.length, encoder.dataBytes()));
    Path temporary = temporary(target);
    try {
      try {
        write(temporary, header, encoder.alignment(), tensors);
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new GgufException("%s: cannot be written: %s".formatted(target, e), e);
    }
  }

  private static Path temporary(Path target) {
    String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    return target.resolveSibling(".%s.%s.part".formatted(target.getFileName(), random));
  }

  private static void write(
      Path path, byte[] header, int alignment, List<HeaderEncoder.Entry> tensors)
      throws IOException {
    try (var file =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      writeFully(file, ByteBuffer.wrap(header));
      for (HeaderEncoder.Entry tensor : tensors) {
        var data = new TensorChannel(file, tensor);
        tensor.source().writeTo(data);
        data.close();
        long padding = GgufLimits.alignUp(file.position(), alignment) - file.position();
        writeFully(file, ByteBuffer.allocate((int) padding));
      }
      file.force(true);
    }
  }

  private static void writeFully(FileChannel file, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }

  /// Takes exactly the bytes of one tensor.
  private static final class TensorChannel implements WritableByteChannel {
    private final FileChannel file;
    private final HeaderEncoder.Entry tensor;
    private long missing;
    private boolean open = true;

    TensorChannel(FileChannel file, HeaderEncoder.Entry tensor) {
      this.file = file;
      this.tensor = tensor;
      this.missing = tensor.byteSize();
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      int count = bytes.remaining();
      if (!open || count > missing) {
        throw new GgufException(
            "tensor %s: expected %d bytes of data, got more"
                .formatted(tensor.name(), tensor.byteSize()));
      }
      writeFully(file, bytes);
      missing -= count;
      return count;
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public void close() {
      open = false;
      if (missing != 0) {
        throw new GgufException(
            "tensor %s: expected %d bytes of data, got %d"
                .formatted(tensor.name(), tensor.byteSize(), tensor.byteSize() - missing));
      }
    }
  }
}
