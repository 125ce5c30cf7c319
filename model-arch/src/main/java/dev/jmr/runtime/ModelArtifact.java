package dev.jmr.runtime;

import java.nio.file.Path;

/// What an engine loads: a model on this machine.
///
/// @param file the GGUF file, or any one of its shards
public record ModelArtifact(Path file) {}
