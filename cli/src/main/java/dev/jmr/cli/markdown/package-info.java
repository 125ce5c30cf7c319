/// Markdown on a terminal, while it is still being written: [Markdown]. Points at nothing else here.
@org.jspecify.annotations.NullMarked
package dev.jmr.cli.markdown;
