/// The HTTP server: listeners, routes, what every request goes through, and the shapes that all APIs share. Points at the
/// packages of the APIs in `Routes` only. Start reading at [dev.jmr.server.http.JmrServer].
package dev.jmr.server.http;
