package dev.jmr.model.chat;

/// A call of a tool that an assistant's message asks for.
///
/// @param id what the tool's answer refers to
/// @param name the function
/// @param arguments a JSON object as text, as OpenAI's API has it
public record ToolCall(String id, String name, String arguments) {}
