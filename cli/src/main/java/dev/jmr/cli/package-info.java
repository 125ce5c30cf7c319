/// `jmr`: the command line. [dev.jmr.cli.Main] lists the commands, one class each; start reading there.
///
/// Points at `model-arch` and `bench`; finds backends and engines with the service loader only. The module-info holds these
/// arrows when it is compiled; tests and the fat jar run on the class path, since `org.jline.terminal` as a module would
/// require native libraries.
package dev.jmr.cli;
