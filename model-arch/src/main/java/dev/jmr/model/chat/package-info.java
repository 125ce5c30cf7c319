/// From chat messages to the prompt text of a model: the formats that are known by heart, until the templates themselves are
/// run. Points at nothing else of the project; start reading at [dev.jmr.model.chat.ChatFormats], the list of formats.
///
/// A format is claimed only where it renders exactly what the model's own template renders for messages without tools; a
/// template that does anything more is not recognised.
package dev.jmr.model.chat;
