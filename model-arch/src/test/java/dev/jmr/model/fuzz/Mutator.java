package dev.jmr.model.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/// Makes inputs from others: pieces removed, doubled, moved, crossed with another input, replaced by words or by chance.
final class Mutator {
  private static final int MOST_BYTES = 1 << 14;

  private final List<byte[]> seeds;
  private final List<String> words;
  private final RandomGenerator random;

  Mutator(List<byte[]> seeds, List<String> words, RandomGenerator random) {
    this.seeds = seeds;
    this.words = words;
    this.random = random;
  }

  byte[] next() {
    byte[] input = random.nextInt(16) == 0 ? words(20) : seed();
    for (int changes = 1 + random.nextInt(5); changes > 0; changes--) {
      input = changed(input);
    }
    return input;
  }

  private byte[] seed() {
    return seeds.get(random.nextInt(seeds.size()));
  }

  private byte[] changed(byte... input) {
    int from = random.nextInt(input.length + 1);
    int to = Math.min(input.length, from + random.nextInt(random.nextBoolean() ? 4 : 64));
    byte[] piece = piece(input, from, to);
    return switch (random.nextInt(6)) {
      case 0 -> spliced(input, from, to, new byte[0]);
      case 1 -> spliced(input, from, from, piece);
      case 2 -> spliced(input, from, to, words(1));
      case 3 -> spliced(input, from, from, words(1));
      case 4 -> spliced(input, from, Math.min(input.length, from + 1), chance());
      default -> {
        byte[] other = seed();
        int start = random.nextInt(other.length + 1);
        yield spliced(input, from, to, piece(other, start, start + random.nextInt(48)));
      }
    };
  }

  private static byte[] piece(byte[] input, int from, int to) {
    int end = Math.min(input.length, to);
    byte[] piece = new byte[end - from];
    System.arraycopy(input, from, piece, 0, piece.length);
    return piece;
  }

  private byte[] chance() {
    byte[] bytes = new byte[1];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte[] words(int most) {
    StringBuilder text = new StringBuilder();
    for (int count = 1 + random.nextInt(most); count > 0; count--) {
      text.append(words.get(random.nextInt(words.size())));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] spliced(byte[] input, int from, int to, byte[] middle) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(input, 0, from);
    out.writeBytes(middle);
    out.write(input, to, input.length - to);
    byte[] all = out.toByteArray();
    return all.length > MOST_BYTES ? input : all;
  }
}
