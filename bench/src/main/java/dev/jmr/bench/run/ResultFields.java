package dev.jmr.bench.run;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// A result as named values: those of llama-bench in its order, then ours. A value that is not known is the empty
/// string. Settings that llama-bench has and we do not carry what stands for their being off.
final class ResultFields {
  private final Map<String, Object> fields = new LinkedHashMap<>();

  private ResultFields() {}

  /// Values are strings, booleans, integers, longs or doubles.
  static Map<String, Object> of(Result result) {
    ResultFields all = new ResultFields();
    all.build();
    all.model(result.session());
    all.settings(result.session());
    all.absent();
    all.test(result);
    all.ours(result);
    return all.fields;
  }

  private void build() {
    fields.put("build_commit", BuildInfo.version());
    fields.put("build_number", 0);
    fields.put("cpu_info", BuildInfo.cpu());
    fields.put("gpu_info", "");
  }

  private void model(SessionFacts session) {
    fields.put("backends", session.backend());
    fields.put("model_filename", session.setup().model().toString());
    fields.put("model_type", session.model().type());
    fields.put("model_size", session.model().byteSize());
    fields.put("model_n_params", session.model().parameterCount());
  }

  private void settings(SessionFacts session) {
    String kvType = session.setup().kvType().name().toLowerCase(Locale.ROOT);
    fields.put("n_batch", session.setup().batch());
    fields.put("n_ubatch", session.setup().microBatch());
    fields.put("n_threads", session.threads());
    fields.put("cpu_mask", "0x0");
    fields.put("cpu_strict", false);
    fields.put("poll", 0);
    fields.put("type_k", kvType);
    fields.put("type_v", kvType);
  }

  private void absent() {
    fields.put("n_gpu_layers", 0);
    fields.put("n_cpu_moe", 0);
    fields.put("split_mode", "none");
    fields.put("main_gpu", 0);
    fields.put("no_kv_offload", false);
    fields.put("flash_attn", 1);
    fields.put("devices", "auto");
    fields.put("tensor_split", "0.00");
    fields.put("tensor_buft_overrides", "none");
    fields.put("load_mode", "mmap");
    fields.put("lazy_mode", "off");
    fields.put("embeddings", false);
    fields.put("no_op_offload", 0);
    fields.put("no_host", false);
    fields.put("fit_target", 0);
    fields.put("fit_min_ctx", 0);
  }

  private void test(Result result) {
    Samples samples = result.samples();
    fields.put("n_prompt", result.test().prompt());
    fields.put("n_gen", result.test().generation());
    fields.put("n_depth", result.test().depth());
    fields.put(
        "test_time",
        DateTimeFormatter.ISO_INSTANT.format(
            result.time().truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC)));
    fields.put("avg_ns", Math.round(samples.averageNanos()));
    fields.put("stddev_ns", Math.round(samples.deviationNanos()));
    fields.put("avg_ts", samples.averageRate());
    fields.put("stddev_ts", samples.deviationRate());
  }

  private void ours(Result result) {
    SessionFacts session = result.session();
    fields.put("engine", "jmr");
    fields.put("java_version", BuildInfo.java());
    fields.put("backend_detail", session.backendDetail());
    fields.put("tuning", session.tuning().orElse(""));
    fields.put("load_ns", session.loadNanos());
    fields.put("ttft_ns", rounded(result.firstTokenNanos()));
    fields.put("peak_rss_bytes", known(result.peakBytes()));
    fields.put("token_weight_bytes", session.tokenWeightBytes());
    fields.put("weight_bytes_per_second", rounded(result.weightBytesPerSecond()));
    fields.put("memory_bytes_per_second", rounded(session.memoryBytesPerSecond()));
    fields.put("bandwidth_share", known(result.bandwidthShare()));
  }

  private static Object rounded(OptionalDouble value) {
    return value.isPresent() ? Math.round(value.getAsDouble()) : "";
  }

  private static Object known(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : "";
  }

  private static Object known(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : "";
  }
}
