package dev.jmr.bench;

import dev.jmr.bench.kernels.KernelsCommand;
import picocli.CommandLine.Command;

/// `jmr bench`: the commands that measure, each a class of its own.
@Command(
    name = "bench",
    description = "Makes models to measure with, and times kernels.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {SynthCommand.class, KernelsCommand.class})
public final class BenchCommand {}
