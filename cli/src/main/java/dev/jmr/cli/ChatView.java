package dev.jmr.cli;

/// How answers are shown.
///
/// @param markdown whether Markdown is rendered
/// @param thoughts whether what the model thinks is shown, too
record ChatView(boolean markdown, boolean thoughts) {}
