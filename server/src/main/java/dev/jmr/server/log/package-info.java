/// The server's log: what it writes, where, how much of it is kept, and how it is read again. Prompts, answers and keys never
/// come here. Start reading at [dev.jmr.server.log.ServerLog].
package dev.jmr.server.log;
