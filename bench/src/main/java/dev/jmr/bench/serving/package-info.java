/// Measuring a model as its users meet it: several ask at the same time, and what counts is how many answers come, and how soon.
/// Points at the engine's requests and answers only; who answers them, the caller says with a
/// [dev.jmr.bench.serving.ServedModels]. Start reading at [dev.jmr.bench.serving.ServingRun].
package dev.jmr.bench.serving;
