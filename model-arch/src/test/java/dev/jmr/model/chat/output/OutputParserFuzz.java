package dev.jmr.model.chat.output;

import dev.jmr.model.chat.output.Examples.Example;
import dev.jmr.model.fuzz.FuzzInput;
import dev.jmr.model.fuzz.FuzzTarget;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// Whatever a model writes, in whatever pieces it comes: it is read without an exception, always the same, with nothing lost
/// where no call began (but of the headers between harmony's messages). The first byte chooses the dialect, the second whether there are tools.
@SuppressWarnings("exports") // tests are not exported
public final class OutputParserFuzz implements FuzzTarget {
  private static final List<Example> EXAMPLES = Examples.all();

  @Override
  public String name() {
    return "output";
  }

  @Override
  public void run(byte[] input) {
    FuzzInput choices = new FuzzInput(input);
    Example example = choices.pick(EXAMPLES);
    boolean tools = !choices.nextBoolean();
    String output = choices.text();
    Outcome whole = read(example, tools, List.of(output));
    whole.assertBalanced();
    boolean hasHeaders = example.dialect().equals("harmony");
    if (!whole.hasBegun() && !hasHeaders && !whole.words().equals(Outcome.words(output))) {
      throw new AssertionError("lost text of '%s': %s".formatted(output, whole.lines()));
    }
    if (!tools && !whole.calls().isEmpty()) {
      throw new AssertionError("a call without tools: " + whole.lines());
    }
    List<String> characters = output.chars().mapToObj(Character::toString).toList();
    for (List<String> pieces : List.of(characters, Outcome.pieces(output, choices.chance()))) {
      Outcome cut = read(example, tools, pieces);
      cut.assertBalanced();
      if (!cut.lines().equals(whole.lines())) {
        throw new AssertionError(
            "%s: whole %s, as %s %s"
                .formatted(example.dialect(), whole.lines(), pieces, cut.lines()));
      }
    }
  }

  private static Outcome read(Example example, boolean tools, List<String> pieces) {
    var offered = tools ? Outcome.tools() : List.<ToolSignature>of();
    OutputOptions options = new OutputOptions(offered, example.prompt(), Outcome.ids());
    return Outcome.of(example.format(), options, pieces);
  }

  @Override
  public List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (int i = 0; i < EXAMPLES.size(); i++) {
      ByteArrayOutputStream seed = new ByteArrayOutputStream();
      seed.write(i);
      seed.write(0);
      seed.writeBytes(EXAMPLES.get(i).output().getBytes(StandardCharsets.UTF_8));
      seeds.add(seed.toByteArray());
    }
    return seeds;
  }

  @Override
  public List<String> words() {
    SequencedSet<String> words = new LinkedHashSet<>();
    for (Example example : EXAMPLES) {
      words.addAll(List.of(example.output().split("(?<=[>\\]:,}\"])|(?=[<\\[{])", -1)));
    }
    words.remove("");
    return words.stream().filter(word -> word.length() <= 40).toList();
  }
}
