package dev.jmr.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How a model is to be run, as `jmr configure` and Compose say it.
final class ConfigureOptions {
  @Option(
      names = "--context-size",
      paramLabel = "TOKENS",
      description = "Length of the context; -1 = the model's.")
  private @Nullable Integer contextSize;

  @Option(
      names = "--keep-alive",
      paramLabel = "TIME",
      description = "How long it stays loaded unused: 5m, 1h; 0 = not at all, -1 = for ever.")
  private @Nullable String keepAlive;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description = "What for: completion, embedding, reranking (default: completion).")
  private @Nullable String mode;

  @Option(names = "--think", negatable = true, description = "Whether it may think.")
  private @Nullable Boolean think;

  @Option(
      names = "--gpu-layers",
      paramLabel = "N",
      description = "How many of the last blocks a GPU computes, if there is one; -1 = all.")
  private @Nullable Integer gpuLayers;

  @Option(names = "--speculative-draft-model", hidden = true)
  private @Nullable String draftModel;

  @Option(names = "--speculative-num-tokens", hidden = true)
  private @Nullable Integer draftTokens;

  @Option(names = "--speculative-min-acceptance-rate", hidden = true)
  private @Nullable Double draftRate;

  @Option(names = "--gpu-memory-utilization", hidden = true)
  private @Nullable Double gpuMemory;

  @Option(
      names = {"--hf_overrides", "--hf-overrides"},
      hidden = true)
  private @Nullable String overrides;

  /// The body of `POST /engines/_configure`.
  ///
  /// @param flags for the engine, such as `--temp 0.1`
  ObjectNode body(String model, List<String> flags) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("model", model);
    if (contextSize != null && contextSize > 0) {
      body.put("context-size", contextSize);
    }
    if (keepAlive != null) {
      body.put("keep_alive", keepAlive);
    }
    if (mode != null) {
      body.put("mode", mode);
    }
    if (think != null) {
      body.putObject("llamacpp").put("reasoning-budget", think ? -1 : 0);
    }
    List<String> all = new ArrayList<>(flags);
    if (gpuLayers != null) {
      all.addAll(List.of("--n-gpu-layers", gpuLayers.toString()));
    }
    if (!all.isEmpty()) {
      all.forEach(body.putArray("runtime-flags")::add);
    }
    if (draftModel != null) {
      ObjectNode speculative = body.putObject("speculative").put("draft_model", draftModel);
      if (draftTokens != null) {
        speculative.put("num_tokens", draftTokens);
      }
      if (draftRate != null) {
        speculative.put("min_acceptance_rate", draftRate);
      }
    }
    return body;
  }

  /// What was asked for that only other engines know.
  List<String> ignored() {
    return java.util.stream.Stream.of(
            gpuMemory == null ? "" : "--gpu-memory-utilization",
            overrides == null ? "" : "--hf_overrides")
        .filter(name -> !name.isEmpty())
        .toList();
  }
}
