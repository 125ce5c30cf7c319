package dev.jmr.runtime;

/// How likely the model found a token, before any sampler.
///
/// @param token its id
/// @param text what it reads like: its bytes as text, with U+FFFD for half a character, or its name, for a token without text
/// @param bytes what it contributes to the text, UTF-8; may be a part of a character, or nothing
/// @param logprob natural logarithm of its probability, at least [dev.jmr.model.sample.Logprobs#FLOOR]
public record TokenLogprob(int token, String text, byte[] bytes, float logprob) {}
