/// From a conversation to the prompt of a model, by the model's own template. Points at `dev.jmr.model.template`, which runs
/// it, and at `dev.jmr.model.tokenizer`; start reading at [dev.jmr.model.chat.ChatTemplate].
package dev.jmr.model.chat;
