/// What a model is as an OCI artifact: a manifest that names a configuration and layers by their
/// digests.
@org.jspecify.annotations.NullMarked
package dev.jmr.server.artifact;
