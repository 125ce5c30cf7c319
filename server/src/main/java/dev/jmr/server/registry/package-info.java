/// The client of OCI registries (distribution specification 1.1): manifests, blobs in parts,
/// uploads; authentication, redirects, mirrors, proxies and patience with servers that fail. Points
/// at `artifact` and `reference`; begin at [RegistryClient].
@org.jspecify.annotations.NullMarked
package dev.jmr.server.registry;
