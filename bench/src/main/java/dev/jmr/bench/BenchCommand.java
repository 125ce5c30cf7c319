package dev.jmr.bench;

import picocli.CommandLine.Command;

/// `jmr bench`: the commands that measure, each a class of its own.
@Command(
    name = "bench",
    description = "Makes models to measure with.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = SynthCommand.class)
public final class BenchCommand {}
