package dev.jmr.model.tokenizer;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jmr.gguf.Gguf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The real vocabularies beside the repository: `<name>.gguf`, texts in `.inp`, their ids in `.out`.
final class TokenizerFixtures {
  private static final String SEPARATOR = "\n__ggml_vocab_test__\n";

  /// A text and the ids that llama.cpp gives it.
  record Case(String text, List<Integer> ids) {}

  private TokenizerFixtures() {}

  /// The folder `fixtures/tokenizers`: under `JMR_SHARED`, or in `shared` beside the repository.
  static Optional<Path> folder() {
    return Stream.of(
            Optional.ofNullable(System.getenv("JMR_SHARED")),
            Optional.of("../shared"),
            Optional.of("../../shared"))
        .flatMap(Optional::stream)
        .map(shared -> Path.of(shared, "fixtures", "tokenizers"))
        .filter(Files::isDirectory)
        .findFirst();
  }

  static Tokenizer open(String name) {
    Path path = require(name + ".gguf");
    try (Gguf gguf = Gguf.open(path)) {
      return Tokenizers.of(gguf.metadata());
    }
  }

  static Path require(String file) {
    Optional<Path> path = folder().map(f -> f.resolve(file)).filter(Files::exists);
    assumeTrue(
        path.isPresent(), file + " is not there: shared/fixtures is not part of the repository");
    return path.orElseThrow();
  }

  static List<Case> cases(String name) {
    try {
      String[] texts = Files.readString(require(name + ".gguf.inp")).split(SEPARATOR, -1);
      List<String> ids = Files.readAllLines(require(name + ".gguf.out"));
      return IntStream.range(0, ids.size())
          .mapToObj(i -> new Case(texts[i], ids(ids.get(i))))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Integer> ids(String line) {
    return Arrays.stream(line.strip().split(" "))
        .filter(id -> !id.isEmpty())
        .map(Integer::valueOf)
        .toList();
  }
}
