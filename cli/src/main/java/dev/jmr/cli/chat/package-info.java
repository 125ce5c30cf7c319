/// Who answers a conversation: [dev.jmr.cli.chat.Answerer], and the one that asks a server over HTTP,
/// [dev.jmr.cli.chat.ServerModel]. May point at `dev.jmr.cli.runner`; knows nothing of terminals and commands, which are in
/// `dev.jmr.cli`.
@org.jspecify.annotations.NullMarked
package dev.jmr.cli.chat;
