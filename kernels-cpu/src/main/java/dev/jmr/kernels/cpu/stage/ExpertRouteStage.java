package dev.jmr.kernels.cpu.stage;

/// Chooses the experts, which is one chunk; the others meanwhile pack the tokens if they are so few that every expert will
/// want rows.
final class ExpertRouteStage implements Stage {
  private final ExpertRouting routing;
  private final ExpertInput[] inputs;
  private final CpuSettings settings;

  ExpertRouteStage(ExpertRouting routing, ExpertInput[] inputs, CpuSettings settings) {
    this.routing = routing;
    this.inputs = inputs;
    this.settings = settings;
  }

  @Override
  public int chunks(Step step) {
    int tokens = routing.tokens(step);
    return settings.usesDot(tokens) ? 1 + tokens * inputs.length : 1;
  }

  @Override
  public void run(int chunk, Step step, Worker worker) {
    if (chunk == 0) {
      routing.route(step);
    } else {
      inputs[(chunk - 1) % inputs.length].packRow((chunk - 1) / inputs.length, step);
    }
  }
}
