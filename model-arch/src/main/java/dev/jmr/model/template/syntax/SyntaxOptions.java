package dev.jmr.model.template.syntax;

/// Whitespace rules of Jinja2; Hugging Face sets the first two.
///
/// @param trimBlocks the first newline after a block is removed
/// @param lstripBlocks spaces and tabs before a block are removed, from the start of the line
/// @param keepTrailingNewline the newline at the end of the source stays
public record SyntaxOptions(
    boolean trimBlocks, boolean lstripBlocks, boolean keepTrailingNewline) {}
