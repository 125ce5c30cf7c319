/// `jmr/demo`, a small chat model that was trained for JMR, as the archive that `jmr export` writes. Points at nothing.
/// How it was made, and what it can do, is told in `tools/demo-model/README.md`. Start at [DemoModel].
package dev.jmr.demo;
