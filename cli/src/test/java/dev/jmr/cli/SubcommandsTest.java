package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

final class SubcommandsTest {
  @Command(name = "one", aliases = "first", description = "The first.")
  private static final class One {
    @Option(names = "--much")
    @SuppressWarnings("UnusedVariable") // read by picocli
    private boolean much;
  }

  @Command(name = "two", description = "The second.")
  private static final class Two {}

  private static CommandLine with(String... words) {
    CommandLine line = new CommandLine(CommandLine.Model.CommandSpec.create());
    new Subcommands(List.of(new One(), new Two())).addTo(line, words);
    return line;
  }

  @Test
  void onlyTheCommandThatIsCalledIsThere() {
    assertThat(with("two", "x").getSubcommands()).containsOnlyKeys("two");
    assertThat(with("--verbose", "first").getSubcommands()).containsOnlyKeys("one", "first");
    CommandLine one = Objects.requireNonNull(with("one").getSubcommands().get("one"));
    assertThat(one.getCommandSpec().optionsMap()).containsKey("--much");
  }

  @Test
  void helpAndWordsThatAreNoCommandSeeAllOfThem() {
    for (String[] words : List.of(new String[0], new String[] {"--help"}, new String[] {"oen"})) {
      assertThat(with(words).getSubcommands()).containsOnlyKeys("one", "first", "two");
      assertThat(with(words).getUsageMessage()).contains("The first.", "The second.");
    }
  }

  @Test
  void theRealCommandLineTellsAndSuggestsAsBefore() {
    assertThat(Jmr.run("--help").out()).contains("quantize").doesNotContain("__models");
    assertThat(Jmr.run("--help", "run").out()).contains("quantize");
    assertThat(Jmr.run("qantize").err()).contains("did you mean quantize?");
    assertThat(Jmr.run("--verbose", "ls", "--nothing").err()).contains("jmr ls --help");
    assertThat(Jmr.run("list", "--help").out()).contains("--json");
  }
}
