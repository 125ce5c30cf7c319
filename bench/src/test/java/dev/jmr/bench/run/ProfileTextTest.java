package dev.jmr.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.tensor.backend.OpProfile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProfileTextTest {
  private static final OpProfile OPS =
      new OpProfile(
          List.of(
              new OpProfile.Entry("linear", "blk.0.ffn_up", "Q4_K", 4, 20_000_000, 100_000_000),
              new OpProfile.Entry("linear", "blk.1.ffn_up", "Q4_K", 4, 30_000_000, 100_000_000),
              new OpProfile.Entry("linear", "blk.2.ffn_up", "Q6_K", 4, 35_000_000, 140_000_000),
              new OpProfile.Entry("rmsNorm", "blk.0.ffn_norm", "", 4, 10_000_000, 1000),
              new OpProfile.Entry("selectOutputs", "outputs", "", 0, 0, 0)));

  private static List<String> rows(boolean eachBlock) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    Phase phase = new Phase("generation", 4, 100_000_000, OPS);
    new ProfileText(out, eachBlock).write(new TestCase(0, 2, 0), phase);
    out.flush();
    return text.toString()
        .lines()
        .filter(line -> line.startsWith("|") && !line.startsWith("| kind"))
        .map(line -> line.replaceAll(" +", " "))
        .toList();
  }

  @Test
  void addsUpToTheWholeTimePerKind() {
    assertThat(rows(false).subList(1, 4))
        .containsExactly(
            "| linear | | | 12 | 85.00 | 85.0 % | 4.00 |",
            "| rmsNorm | | | 4 | 10.00 | 10.0 % | |",
            "| (outside operations) | | | 0 | 5.00 | 5.0 % | |");
  }

  @Test
  void putsBlocksTogetherPerTypeOfWeights() {
    assertThat(rows(false).subList(5, 8))
        .containsExactly(
            "| linear | blk.*.ffn_up | Q4_K | 8 | 50.00 | 50.0 % | 4.00 |",
            "| linear | blk.*.ffn_up | Q6_K | 4 | 35.00 | 35.0 % | 4.00 |",
            "| rmsNorm | blk.*.ffn_norm | | 4 | 10.00 | 10.0 % | |");
  }

  @Test
  void tellsEachBlockByItselfWhenAsked() {
    assertThat(rows(true).subList(5, 8))
        .containsExactly(
            "| linear | blk.2.ffn_up | Q6_K | 4 | 35.00 | 35.0 % | 4.00 |",
            "| linear | blk.1.ffn_up | Q4_K | 4 | 30.00 | 30.0 % | 3.33 |",
            "| linear | blk.0.ffn_up | Q4_K | 4 | 20.00 | 20.0 % | 5.00 |");
  }
}
