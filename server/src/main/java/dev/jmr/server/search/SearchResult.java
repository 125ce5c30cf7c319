package dev.jmr.server.search;

import java.util.OptionalLong;

/// A model that a search found.
///
/// @param name under which it can be pulled
/// @param description what its maker says of it, in a line; may be empty
/// @param backend what runs it: `llama.cpp` for GGUF files, `vllm` for safetensors, or both
/// @param size bytes, where the source tells
/// @param downloads how often it was fetched
/// @param stars how many people like it
/// @param source who has it
public record SearchResult(
    String name,
    String description,
    String backend,
    OptionalLong size,
    long downloads,
    long stars,
    SearchSource source) {}
