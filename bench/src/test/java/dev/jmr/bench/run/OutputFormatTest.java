package dev.jmr.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OutputFormatTest {
  /// The fields of llama-bench v0.5.0, in its order.
  private static final List<String> LLAMA_BENCH =
      List.of(
          ("build_commit,build_number,cpu_info,gpu_info,backends,model_filename,model_type,model_size,"
                  + "model_n_params,n_batch,n_ubatch,n_threads,cpu_mask,cpu_strict,poll,type_k,type_v,"
                  + "n_gpu_layers,n_cpu_moe,split_mode,main_gpu,no_kv_offload,flash_attn,devices,"
                  + "tensor_split,tensor_buft_overrides,load_mode,lazy_mode,embeddings,no_op_offload,"
                  + "no_host,fit_target,fit_min_ctx,n_prompt,n_gen,n_depth,test_time,avg_ns,stddev_ns,"
                  + "avg_ts,stddev_ts")
              .split(","));

  /// What llama-bench itself printed for such a model, but for backend and rates.
  @Test
  void writesTheTableOfLlamaBench() {
    assertThat(ResultsFixture.written(OutputFormat.MD).lines().limit(4))
        .containsExactly(
            "| model                          |       size |     params | backend    | threads |            test |                  t/s |",
            "| ------------------------------ | ---------: | ---------: | ---------- | ------: | --------------: | -------------------: |",
            "| llama 1B Q4_K - Medium         | 762.81 MiB |     1.24 B | cpu        |       2 |            pp16 |       144.00 ± 22.63 |",
            "| llama 1B Q4_K - Medium         | 762.81 MiB |     1.24 B | cpu        |       2 |     tg8 @ d4096 |         20.00 ± 0.00 |");
  }

  @Test
  void addsWhatTheTableHasNoColumnFor() {
    assertThat(ResultsFixture.written(OutputFormat.MD).lines().skip(4))
        .startsWith("", "build: jmr development, java " + System.getProperty("java.version"))
        .endsWith(
            "llama 1B Q4_K - Medium on cpu (512-bit vectors, 2 threads), kv f16: loaded in 0.25 s, peak memory 1.50 GiB, memory reads 40.0 GB/s",
            "  pp16            first token after 112.5 ms",
            "  tg8 @ d4096     16.0 GB/s of weights, 40 % of what memory gives");
  }

  @Test
  void hasColumnsForSettingsThatDiffer() {
    Setup setup = ResultsFixture.changed();
    String text = ResultsFixture.written(OutputFormat.MD, ResultsFixture.plan(setup), setup);
    assertThat(text.lines().findFirst())
        .hasValueSatisfying(line ->
            assertThat(line)
                .endsWith(
                    "| threads | n_batch | n_ubatch | type_k | type_v |            test |                  t/s |"));
  }

  @Test
  void writesTheJsonOfLlamaBench() throws IOException {
    List<String> names = names(ResultsFixture.written(OutputFormat.JSON));
    assertThat(names.subList(0, LLAMA_BENCH.size())).isEqualTo(LLAMA_BENCH);
    assertThat(names)
        .contains("ttft_ns", "load_ns", "peak_rss_bytes", "bandwidth_share")
        .contains("samples_ns", "samples_ts");
    assertThat(ResultsFixture.written(OutputFormat.JSON))
        .startsWith("[")
        .contains("\"model_size\" : 799862912,", "\"avg_ts\" : 144.000000,")
        .contains("\"test_time\" : \"2026-01-02T03:04:05Z\"", "\"samples_ts\" : [ 160.000000,");
  }

  @Test
  void writesAnObjectPerLine() throws IOException {
    List<String> lines = ResultsFixture.written(OutputFormat.JSONL).lines().toList();
    assertThat(lines).hasSize(2);
    for (String line : lines) {
      assertThat(names(line)).startsWith("build_commit").contains("samples_ns");
    }
  }

  @Test
  void writesTheCsvOfLlamaBench() {
    List<String> lines = ResultsFixture.written(OutputFormat.CSV).lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.getFirst()).startsWith(String.join(",", LLAMA_BENCH) + ",");
    assertThat(lines.get(1))
        .contains("\"llama 1B Q4_K - Medium\",\"799862912\",\"1235814432\"")
        .contains("\"144.000000\"");
    assertThat(lines.get(1).split(",\"")).hasSameSizeAs(lines.getFirst().split(","));
  }

  private static List<String> names(String json) throws IOException {
    List<String> names = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.FIELD_NAME) {
          names.add(parser.currentName());
        }
      }
    }
    return names;
  }
}
