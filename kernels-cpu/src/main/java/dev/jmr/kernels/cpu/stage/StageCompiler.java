package dev.jmr.kernels.cpu.stage;

import static dev.jmr.kernels.cpu.vector.Lanes.PAD;

import dev.jmr.kernels.cpu.linear.ActivationOrder;
import dev.jmr.kernels.cpu.linear.PanelMatmul;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorException;
import dev.jmr.tensor.backend.BatchLimits;
import dev.jmr.tensor.backend.KvLayout;
import dev.jmr.tensor.backend.MemoryPlan;
import dev.jmr.tensor.backend.OpTimer;
import dev.jmr.tensor.graph.AttentionSpec;
import dev.jmr.tensor.graph.ExpertMatrices;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.Op;
import dev.jmr.tensor.graph.RopeTable;
import dev.jmr.tensor.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// Turns a graph into stages. Neighbouring matmuls of one value become one stage, and share its packed form.
///
/// Weights with long rows are read from sliced copies, unless these would take more memory than the heap may (a quarter of
/// the machine's if nothing else is said), or the settings forbid it.
public final class StageCompiler {
  /// What tells packed forms of one value apart.
  private record PackedForm(ActivationOrder order, int slices) {}

  private final Graph graph;
  private final KvLayout kv;
  private final BatchLimits limits;
  private final MemoryPlan plan;
  private final List<Stage> stages = new ArrayList<>();
  private final List<OpTimer.Part> parts = new ArrayList<>();
  private final List<PagedCache> caches = new ArrayList<>();
  private final Map<Integer, KvCache> cacheOfLayer = new HashMap<>();
  private final IdentityHashMap<RopeTable, RopeAngles> angles = new IdentityHashMap<>();
  private final List<Integer> packed = new ArrayList<>();
  private final List<SlicedRows> copied = new ArrayList<>();
  private final CpuSettings settings;
  private long workspace;

  /// The end of the regions that mixture layers use; every one of them begins anew behind the planned values.
  private long expertEnd;

  private StageCompiler(Graph graph, KvLayout kv, BatchLimits limits, CpuSettings settings) {
    this.graph = graph;
    this.kv = kv;
    this.limits = limits;
    this.settings = settings;
    this.plan = MemoryPlan.of(graph, limits);
    this.workspace = plan.size();
  }

  /// The stages of `graph` for batches within `limits`.
  ///
  /// @throws TensorException if the activations of the largest batch do not fit one array
  public static Program compile(
      Graph graph, KvLayout kv, BatchLimits limits, CpuSettings settings) {
    Graph ordered = Schedule.groupLinears(graph);
    Program program = new StageCompiler(ordered, kv, limits, settings).compile();
    return program.copiedBytes() <= Runtime.getRuntime().maxMemory()
        ? program
        : new StageCompiler(ordered, kv, limits, settings.withoutCopies()).compile();
  }

  private Program compile() {
    List<Op> ops = graph.ops();
    for (int i = 0; i < ops.size(); ) {
      if (ops.get(i) instanceof Op.Linear first) {
        List<Op.Linear> group = new ArrayList<>();
        while (i < ops.size()
            && ops.get(i) instanceof Op.Linear next
            && next.input().equals(first.input())) {
          group.add(next);
          i++;
        }
        addLinears(first.input(), group);
        name(group);
      } else {
        add(ops.get(i));
        name(List.of(ops.get(i++)));
      }
    }
    long floats = Math.max(plan.size(), expertEnd);
    int[] packedLengths = packed.stream().mapToInt(Integer::intValue).toArray();
    List<AttentionSpec> specs = graph.attentions().stream().map(Op.Attention::spec).toList();
    AttentionSizes attention = AttentionSizes.of(specs, kv, limits);
    fit(attention.partials());
    Program.Sizes sizes =
        new Program.Sizes(
            limits.tokens(), fit(floats), packedLengths, attention, settings.panelRows());
    return new Program(stages, parts, caches, copied, graph.result(), at(graph.result()), sizes);
  }

  /// Names the stages that were added since the last call: they compute `ops`.
  private void name(List<? extends Op> ops) {
    while (parts.size() < stages.size()) {
      int index = parts.size();
      parts.add(StagePart.of(stages.get(index), ops, index == stages.size() - 1));
    }
  }

  private void add(Op op) {
    int out = at(op.output());
    switch (op) {
      case Op.Embed embed -> stages.add(new EmbedStage(embed.weight(), out));
      case Op.EmbedPosition embed -> stages.add(new EmbedPositionStage(embed.weight(), out));
      case Op.Given given -> stages.add(new GivenStage(given, graph.givenWidth(), out));
      case Op.Linear linear -> addLinears(linear.input(), List.of(linear));
      case Op.AddBias bias -> stages.add(new AddBiasStage(bias, at(bias.input()), out));
      case Op.Add sum ->
          stages.add(new AddStage(sum.output(), at(sum.left()), at(sum.right()), out));
      case Op.Scale scale -> stages.add(new ScaleStage(scale, at(scale.input()), out));
      case Op.Softcap softcap -> stages.add(new SoftcapStage(softcap, at(softcap.input()), out));
      case Op.LayerNorm norm -> stages.add(new LayerNormStage(norm, at(norm.input()), out));
      case Op.Activate activate ->
          stages.add(new ActivateStage(activate, at(activate.input()), out));
      case Op.RmsNorm norm -> stages.add(new RmsNormStage(norm, at(norm.input()), out));
      case Op.Rope rope ->
          stages.add(new RopeStage(rope, anglesOf(rope.table()), at(rope.input()), out));
      case Op.Attention attention -> addAttention(attention, out);
      case Op.GatedActivation gated ->
          stages.add(new GatedActivationStage(gated, at(gated.gate()), at(gated.up()), out));
      case Op.MixtureOfExperts experts -> addExperts(experts, out);
      case Op.Multiply multiply ->
          stages.add(new MultiplyStage(multiply, at(multiply.left()), at(multiply.right()), out));
      case Op.Clamp clamp -> stages.add(new ClampStage(clamp, at(clamp.input()), out));
      case Op.Slice slice -> stages.add(new SliceStage(slice, at(slice.input()), out));
      case Op.Concat concat ->
          stages.add(new ConcatStage(concat, at(concat.left()), at(concat.right()), out));
      case Op.HeadLinear linear -> addHeadLinear(linear, out);
      case Op.ShortConvolution convolution -> addConvolution(convolution, out);
      case Op.ScaleByPosition scale ->
          stages.add(new ScaleByPositionStage(scale, at(scale.input()), out));
      case Op.ScaleColumns scale ->
          stages.add(new ScaleColumnsStage(scale, at(scale.input()), out));
      case Op.MatchLength match ->
          stages.add(new MatchLengthStage(match, at(match.input()), at(match.like()), out));
      case Op.MixHeads mix ->
          stages.add(new MixHeadsStage(mix, at(mix.input()), at(mix.coefficients()), out));
      case Op.GaussianTopK top -> stages.add(new GaussianTopKStage(top, at(top.input()), out));
      case Op.Xielu xielu -> stages.add(new XieluStage(xielu, at(xielu.input()), out));
      case Op.SelectOutputs select ->
          stages.add(new SelectStage(select.output(), at(select.input()), out));
    }
  }

  private void addLinears(Value input, List<Op.Linear> linears) {
    Map<PackedForm, Integer> buffers = new HashMap<>();
    List<LinearStage.Part> parts = new ArrayList<>();
    for (Op.Linear linear : linears) {
      Projection projection = project(linear.weight());
      int buffer = packOnce(input, at(input), projection, buffers);
      parts.add(new LinearStage.Part(projection, buffer, at(linear.output())));
    }
    stages.add(new LinearStage(input, parts, settings));
  }

  /// Reads a weight as the file has it, or a sliced copy; all weights of one value alike, as their rows are as long.
  private Projection project(Tensor weight) {
    Projection projection =
        settings.copyWeights()
            ? Projection.sliced(weight, settings)
            : Projection.of(weight, settings);
    projection.copy().ifPresent(copied::add);
    return projection;
  }

  /// The buffer that holds `input` in the projection's order; packs it there unless an earlier projection did.
  private int packOnce(
      Value input, int from, Projection projection, Map<PackedForm, Integer> buffers) {
    ActivationOrder order = projection.kernel.order();
    PackedForm form = new PackedForm(order, projection.slices.count());
    Integer known = buffers.get(form);
    if (known != null) {
      return known;
    }
    int buffer = buffers.size();
    long asRows = (long) settings.dotTokens() * order.packedLength(input.width());
    long asPanels = (long) PanelMatmul.panels(rowLimit(input)) * PanelMatmul.WIDTH * input.width();
    reserve(buffer, Math.max(asRows, asPanels));
    buffers.put(form, buffer);
    stages.add(new PackStage(input, projection, from, buffer, settings));
    return buffer;
  }

  private void addHeadLinear(Op.HeadLinear op, int out) {
    int count = Math.toIntExact(op.weight().shape().axis(0));
    Projection[] heads = new Projection[count];
    ExpertMatrices matrices = ExpertMatrices.of(op.weight());
    Arrays.setAll(heads, head -> Projection.of(matrices, head, settings));
    reserve(0, (long) rowLimit(op.input()) * count * heads[0].packedLength());
    stages.add(new PackHeadsStage(op.input(), heads, at(op.input()), 0));
    stages.add(new HeadLinearStage(op.output(), heads, 0, out));
  }

  private void addConvolution(Op.ShortConvolution op, int out) {
    InputCache cache = InputCache.of(op.input().width(), kv);
    caches.add(cache);
    stages.add(new InputStoreStage(op, cache, at(op.input())));
    stages.add(new ShortConvolutionStage(op, cache, out));
  }

  /// The cache of a layer, which the first operation that attends to it appends to.
  private KvCache cacheOf(Op.Attention op) {
    return cacheOfLayer.computeIfAbsent(
        op.layer(),
        _ -> {
          KvCache added = KvCache.of(op.spec(), kv);
          caches.add(added);
          stages.add(new KvStoreStage(op, added, at(op.key()), at(op.value())));
          return added;
        });
  }

  private void addAttention(Op.Attention op, int out) {
    KvCache cache = cacheOf(op);
    int maxParts = fit(AttentionSizes.maxParts(kv));
    stages.add(new AttendStage(op, cache, at(op.query()), out, maxParts));
    stages.add(new AttendMergeStage(op, out, maxParts));
  }

  private RopeAngles anglesOf(RopeTable table) {
    return angles.computeIfAbsent(
        table,
        missing -> {
          RopeAngles added = new RopeAngles(missing, limits.tokens());
          stages.add(added);
          return added;
        });
  }

  private void addExperts(Op.MixtureOfExperts op, int out) {
    ExpertStages experts = new ExpertStages(op, rowLimit(op.input()), settings);
    int logits = region(experts.logits());
    Projection router = Projection.of(op.expertWeights().router(), settings);
    int buffer = packOnce(op.routerInput(), at(op.routerInput()), router, new HashMap<>());
    LinearStage.Part routed = new LinearStage.Part(router, buffer, logits);
    stages.add(new LinearStage(op.routerInput(), List.of(routed), settings));
    int gate = region(experts.hidden());
    int up = region(experts.hidden());
    int down = region(experts.results());
    var places = new ExpertStages.Places(logits, at(op.input()), gate, up, down, out);
    stages.addAll(experts.stages(places, this::reserve));
    expertEnd = Math.max(expertEnd, workspace);
    workspace = plan.size();
  }

  private void reserve(int buffer, long length) {
    while (packed.size() <= buffer) {
      packed.add(0);
    }
    packed.set(buffer, Math.max(packed.get(buffer), fit(PAD + length)));
  }

  private int region(long length) {
    int start = fit(workspace);
    workspace += length;
    return start;
  }

  private int rowLimit(Value value) {
    return value.rows() == Value.Rows.TOKENS ? limits.tokens() : limits.outputs();
  }

  private int at(Value value) {
    return fit(plan.offset(value));
  }

  private int fit(long floats) {
    if (floats > Integer.MAX_VALUE - 64) {
      throw new TensorException(
          "cpu backend: activations of %d tokens take %d floats, more than one array holds; use a smaller prompt chunk"
              .formatted(limits.tokens(), floats));
    }
    return (int) floats;
  }
}
