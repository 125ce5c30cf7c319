package dev.jmr.server.manager;

import dev.jmr.runtime.EngineOptions;
import java.time.InstantSource;

/// How models are managed.
///
/// @param engine how they are loaded, where their own settings do not say otherwise
/// @param keepAlive how long they stay, where neither their settings nor a request say otherwise
/// @param memoryBudget bytes that all loaded models may take together, by estimate
/// @param clock for what is shown; times are measured by the system's own
public record ManagerOptions(
    EngineOptions engine, KeepAlive keepAlive, long memoryBudget, InstantSource clock) {}
