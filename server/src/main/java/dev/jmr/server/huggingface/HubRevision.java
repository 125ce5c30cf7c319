package dev.jmr.server.huggingface;

import java.time.Instant;

/// One state of a repository: what is read from it stays the same.
///
/// @param repository such as `qwen/qwen3-0.6b-gguf`
/// @param commit the name of the state, 40 digits
/// @param modified when it was made
record HubRevision(String repository, String commit, Instant modified) {}
