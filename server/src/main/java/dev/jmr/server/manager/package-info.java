/// Models in use: which there are, which are loaded, who uses them, and when they go. Points at `runtime` only; knows nothing
/// of HTTP and of how models come to this machine. Start reading at [dev.jmr.server.manager.ModelManager].
package dev.jmr.server.manager;
