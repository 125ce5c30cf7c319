/// JSON from and for others, with limits: used by everything in this module that reads a document of strangers.
@org.jspecify.annotations.NullMarked
package dev.jmr.server.json;
