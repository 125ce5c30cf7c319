/// What a command talks to: a model runner over HTTP, or the model store in this process.
@org.jspecify.annotations.NullMarked
package dev.jmr.cli.runner;
