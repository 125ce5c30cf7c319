/// Architectures, tokenizers, chat formats, sampling, and the engine that turns prompts into text.
@org.jspecify.annotations.NullMarked
module dev.jmr.model {
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.core;
  requires transitive dev.jmr.tensor;
  requires transitive dev.jmr.gguf;

  exports dev.jmr.model;
  exports dev.jmr.model.arch;
  exports dev.jmr.model.chat;
  exports dev.jmr.model.chat.output;
  exports dev.jmr.model.embedding;
  exports dev.jmr.model.evaluation;
  exports dev.jmr.model.grammar;
  exports dev.jmr.model.grammar.gbnf;
  exports dev.jmr.model.grammar.regex;
  exports dev.jmr.model.grammar.schema;
  exports dev.jmr.model.json;
  exports dev.jmr.model.quantize;
  exports dev.jmr.model.sample;
  exports dev.jmr.model.template;
  exports dev.jmr.model.template.error;
  exports dev.jmr.model.template.limit;
  exports dev.jmr.model.tokenizer;
  exports dev.jmr.runtime;
  exports dev.jmr.runtime.tuning;

  uses dev.jmr.runtime.EngineProvider;

  provides dev.jmr.runtime.EngineProvider with
      dev.jmr.runtime.local.LocalEngineProvider;
}
