package dev.jmr.kernels.cpu.stage;

/// Packs the tokens of a prompt as their experts want them: panels, and rows for experts with few tokens. Of few tokens
/// [ExpertRouteStage] has done it.
final class ExpertPackStage implements Stage {
  private final ExpertRouting routing;
  private final ExpertInput[] inputs;
  private final CpuSettings settings;

  ExpertPackStage(ExpertRouting routing, ExpertInput[] inputs, CpuSettings settings) {
    this.routing = routing;
    this.inputs = inputs;
    this.settings = settings;
  }

  @Override
  public int chunks(Step step) {
    return settings.usesDot(routing.tokens(step))
        ? 0
        : (routing.panelCount() + routing.rowTokenCount) * inputs.length;
  }

  @Override
  public void run(int chunk, Step step, Worker worker) {
    ExpertInput input = inputs[chunk % inputs.length];
    int index = chunk / inputs.length;
    if (index < routing.panelCount()) {
      input.packPanel(index, step);
    } else {
      input.packRow(routing.rowTokens[index - routing.panelCount()], step);
    }
  }
}
