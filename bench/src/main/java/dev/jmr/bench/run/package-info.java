/// End-to-end speed of whole models, in the form of llama-bench: which tests ([dev.jmr.bench.run.Plan]), how one is run
/// ([dev.jmr.bench.run.Session]), and what is said about it ([dev.jmr.bench.run.ResultWriter]). Points at `model` and at
/// the backend SPI of `tensor`; start reading at [dev.jmr.bench.run.BenchRun].
package dev.jmr.bench.run;
