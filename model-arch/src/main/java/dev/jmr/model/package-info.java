/// A model file as a whole: [dev.jmr.model.Model] opens it and hands out its tokenizer, chat template and graph.
///
/// Points at `arch`, `tokenizer` and `dev.jmr.gguf`.
package dev.jmr.model;
