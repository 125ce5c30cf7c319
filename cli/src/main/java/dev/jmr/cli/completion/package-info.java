/// Scripts that let shells complete `jmr` command lines, made from the commands themselves. Points at picocli only;
/// start reading at [dev.jmr.cli.completion.Shell].
package dev.jmr.cli.completion;
