package dev.jmr.server.store;

/// What a store takes of its disk.
///
/// @param models how many there are
/// @param modelBytes of the blobs that models use, each counted once
/// @param orphanBytes of whole blobs that no model uses, as interrupted downloads leave them
/// @param partialBytes of blobs that are not whole
/// @param freeBytes that the disk has left
public record DiskUsage(
    int models, long modelBytes, long orphanBytes, long partialBytes, long freeBytes) {}
