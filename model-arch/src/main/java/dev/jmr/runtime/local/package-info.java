/// Our own engine: one thread per loaded model batches all running sequences into steps of one executable. Points at
/// `runtime`, `model` and the backend SPI of `dev.jmr.tensor`. Start reading at
/// [dev.jmr.runtime.local.BatchScheduler], which is a step; [dev.jmr.runtime.local.Roster] is who runs and who rests,
/// [dev.jmr.runtime.local.StepPlanner] who has which tokens of a step, [dev.jmr.runtime.local.PagePool] who has which
/// pages. [dev.jmr.runtime.local.LocalEngine] is what stands around it.
package dev.jmr.runtime.local;
