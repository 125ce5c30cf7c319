package dev.jmr.model.chat.output;

import java.util.List;

/// The dialects of tool calls that are known.
final class OutputDialects {
  /// The first that claims a model reads it: those with markers that no other uses come first, the last claims all.
  static final List<OutputDialect> ALL =
      List.of(
          new HarmonyDialect(),
          new DsmlDialect("deepseek-v3.2", "function_calls"),
          new DsmlDialect("deepseek-v4", "tool_calls"),
          new DeepSeekR1Dialect(),
          new DeepSeekV31Dialect(),
          new KimiDialect(),
          new MistralNamedDialect("mistral-call-id", true),
          new MistralNamedDialect("mistral-named", false),
          new MistralListDialect(),
          new Functionary32Dialect(),
          new SeedOssDialect(),
          new MiniMaxM2Dialect(),
          new QwenCoderDialect(),
          new Functionary31Dialect(),
          new FireFunctionDialect(),
          new Gemma4Dialect(),
          new CommandR7bDialect(),
          new CommandRDialect(),
          new GlmDialect(),
          new Lfm2Dialect(),
          new GraniteDialect(),
          new GigaChatDialect(),
          new NemotronDialect(),
          new AprielDialect(),
          new ApertusDialect(),
          new Llama3Dialect(),
          new HermesDialect(),
          new GenericDialect());

  private OutputDialects() {}

  static OutputDialect of(TemplateTraits traits) {
    return ALL.stream().filter(dialect -> dialect.claims(traits)).findFirst().orElseThrow();
  }
}
