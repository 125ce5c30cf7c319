/// Our own engine: one thread per loaded model batches all running sequences into steps of one executable. Points at
/// `runtime`, `model` and the backend SPI of `dev.jmr.tensor`. Start reading at
/// [dev.jmr.runtime.local.BatchScheduler], then [dev.jmr.runtime.local.LocalEngine].
package dev.jmr.runtime.local;
