/// The last requests to each model and their answers, for who wants to see what an application asks. Knows nothing of HTTP.
/// Start reading at [dev.jmr.server.record.RequestRecorder].
package dev.jmr.server.record;
