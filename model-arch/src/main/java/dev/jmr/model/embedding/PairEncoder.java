package dev.jmr.model.embedding;

import dev.jmr.model.Model;
import dev.jmr.model.tokenizer.EncodeOptions;
import dev.jmr.model.tokenizer.SpecialTokens;
import dev.jmr.model.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Turns a query and a document into the one text that a reranker reads: `[BOS] query [EOS] [SEP] document [EOS]`, each
/// special token where the vocabulary adds it; or, where the file has one, the template
/// `tokenizer.chat_template.rerank` with `{query}` and `{document}` in it, in which control tokens are read, in the texts
/// too. Source: llama.cpp `format_prompt_rerank`. Immutable.
public final class PairEncoder {
  private static final Pattern PLACE = Pattern.compile("\\{(query|document)}");

  private final Tokenizer tokenizer;
  private final Optional<String> template;

  /// @param template of the file, if it has one
  public PairEncoder(Tokenizer tokenizer, Optional<String> template) {
    this.tokenizer = tokenizer;
    this.template = template;
  }

  /// The encoder of a model's pairs.
  public static PairEncoder of(Model model) {
    return new PairEncoder(
        model.tokenizer(), model.gguf().metadata().string("tokenizer.chat_template.rerank"));
  }

  /// The token ids of the pair, a new array.
  public int[] encode(String query, String document) {
    if (template.isPresent()) {
      String text = fill(template.get(), query, document);
      return tokenizer.encode(text, new EncodeOptions(false, true));
    }
    SpecialTokens special = tokenizer.specialTokens();
    OptionalInt end = special.eos().isPresent() ? special.eos() : special.separator();
    return Stream.of(
            added(special.addBos(), special.bos()),
            tokenizer.encode(query, EncodeOptions.TEXT),
            added(special.addEos(), end),
            added(special.addSeparator(), special.separator()),
            tokenizer.encode(document, EncodeOptions.TEXT),
            added(special.addEos(), end))
        .flatMapToInt(Arrays::stream)
        .toArray();
  }

  private static int[] added(boolean wanted, OptionalInt token) {
    return wanted ? token.stream().toArray() : new int[0];
  }

  private static String fill(String template, String query, String document) {
    return PLACE
        .matcher(template)
        .replaceAll(
            place -> Matcher.quoteReplacement(place.group(1).equals("query") ? query : document));
  }
}
