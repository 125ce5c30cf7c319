package dev.jmr.server.packaging;

/// A member of a tar archive.
///
/// @param name with slashes, as the archive has it: not yet to be trusted
/// @param size in bytes
/// @param directory whether it is a folder, which has no content
record TarEntry(String name, long size, boolean directory) {}
