/// Kernels as TornadoVM compiles them for devices: static methods that compute one work item. Start at
/// [dev.jmr.kernels.gpu.tornado.kernel.Linear].
///
/// The first arguments are the work item's context and the step's numbers ([StepNumbers]); arrays
/// follow, then constants, which are compiled in. All activations lie in one array, `work`; `in`, `out` and the like are the
/// places of their first elements. A grid is a whole number of groups: items beyond the rows that there are do nothing.
/// No array may be handed on that items share, no constant may be infinite, and `>>>` is wrong for negative numbers.
package dev.jmr.kernels.gpu.tornado.kernel;
