package uk.ac.manchester.tornado.api.common;

/// What tasks run on.
public interface TornadoDevice {}
