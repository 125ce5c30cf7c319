/// Programs that talk to a model server, and how each is told where ours is. Points at nothing but the JDK; start reading
/// at [dev.jmr.cli.launch.Apps].
package dev.jmr.cli.launch;
