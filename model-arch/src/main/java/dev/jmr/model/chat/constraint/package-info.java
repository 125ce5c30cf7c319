/// What a whole answer may be, as a grammar: thoughts, then text or calls of tools, written as the model's dialect has it.
///
/// Start reading at [dev.jmr.model.chat.constraint.AnswerGrammar]. Points at `chat.output`, which says how a dialect writes,
/// at `grammar` and at `json`.
package dev.jmr.model.chat.constraint;
