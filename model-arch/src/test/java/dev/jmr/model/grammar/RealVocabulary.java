package dev.jmr.model.grammar;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jmr.gguf.Gguf;
import dev.jmr.model.tokenizer.Tokenizers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// A vocabulary of 128k tokens from beside the repository.
final class RealVocabulary {
  private RealVocabulary() {}

  static GrammarVocabulary llama3() {
    Optional<Path> file =
        Stream.of(
                Optional.ofNullable(System.getenv("JMR_SHARED")),
                Optional.of("../shared"),
                Optional.of("../../shared"))
            .flatMap(Optional::stream)
            .map(shared -> Path.of(shared, "fixtures", "tokenizers", "ggml-vocab-llama-bpe.gguf"))
            .filter(Files::exists)
            .findFirst();
    assumeTrue(
        file.isPresent(),
        "the vocabulary is not there: shared/fixtures is not part of the repository");
    try (Gguf gguf = Gguf.open(file.orElseThrow())) {
      return GrammarVocabulary.of(Tokenizers.of(gguf.metadata()));
    }
  }
}
