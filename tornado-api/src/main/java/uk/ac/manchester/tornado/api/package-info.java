/// Graphs of tasks, the plan that runs them, and what a kernel knows of its place: TornadoVM's names and signatures (5.2), our own
/// code. Start at [uk.ac.manchester.tornado.api.TornadoExecutionPlan]; [uk.ac.manchester.tornado.api.WorkGroup] runs kernels.
package uk.ac.manchester.tornado.api;
