package dev.jmr.server.load;

import java.net.URI;
import java.time.Duration;

/// Who asks for what, and for how long.
///
/// @param base of OpenAI's API, such as `http://127.0.0.1:12434/v1`
/// @param model that is asked
/// @param users at once
/// @param duration after which no user begins anew
/// @param maxTokens of an answer
/// @param seed of what the users do
record LoadOptions(URI base, String model, int users, Duration duration, int maxTokens, long seed) {
  URI chat() {
    return URI.create(base + "/chat/completions");
  }
}
