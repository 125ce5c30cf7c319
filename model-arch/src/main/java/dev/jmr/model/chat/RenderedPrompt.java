package dev.jmr.model.chat;

import java.util.BitSet;

/// A conversation as text for a model.
///
/// @param text with the special tokens that the template writes, spelled out
/// @param literal places where somebody else than the template spelled a special token: to be read as plain text
public record RenderedPrompt(String text, BitSet literal) {}
