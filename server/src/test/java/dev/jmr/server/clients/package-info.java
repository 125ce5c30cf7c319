/// The server as clients see it that others have written. They are here for what they make of answers, not for what they
/// can do.
package dev.jmr.server.clients;
