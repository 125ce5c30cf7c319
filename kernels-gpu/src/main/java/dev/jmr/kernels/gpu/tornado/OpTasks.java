package dev.jmr.kernels.gpu.tornado;

import dev.jmr.kernels.gpu.tornado.kernel.Attention;
import dev.jmr.kernels.gpu.tornado.kernel.Elements;
import dev.jmr.kernels.gpu.tornado.kernel.Linear;
import dev.jmr.kernels.gpu.tornado.kernel.LinearRows;
import dev.jmr.kernels.gpu.tornado.kernel.LinearTile;
import dev.jmr.kernels.gpu.tornado.kernel.Norms;
import dev.jmr.kernels.gpu.tornado.kernel.Rope;
import dev.jmr.kernels.gpu.tornado.kernel.Rows;
import dev.jmr.kernels.gpu.tornado.kernel.StepNumbers;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.backend.BatchLimits;
import dev.jmr.tensor.backend.KvLayout;
import dev.jmr.tensor.backend.MemoryPlan;
import dev.jmr.tensor.graph.AttentionMask;
import dev.jmr.tensor.graph.AttentionSpec;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.Op;
import dev.jmr.tensor.graph.RopeTable;
import dev.jmr.tensor.graph.Value;
import java.util.List;
import java.util.Optional;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// Makes the tasks of operations.
final class OpTasks {
  private final TaskNames names;
  private final TaskList tasks;
  private final MemoryPlan plan;
  private final int givenWidth;
  private final DeviceWeights weights = new DeviceWeights();
  private final KvArrays caches;
  private final ExpertTasks experts;
  private final Step step;
  private final IntArray numbers;
  private final FloatArray work;
  private final KernelContext context = new KernelContext();
  private final FloatArray nothing = new FloatArray(1);

  OpTasks(Graph graph, KvLayout kv, BatchLimits limits, MemoryPlan plan, Step step) {
    this.plan = plan;
    this.step = step;
    this.givenWidth = graph.givenWidth();
    this.caches = new KvArrays(kv);
    this.numbers = step.numbers();
    this.names = new TaskNames(plan);
    this.tasks = new TaskList(limits, names);
    int room = ExpertTasks.room(graph, limits);
    this.work = new FloatArray(Math.toIntExact(plan.size() + room));
    this.experts =
        new ExpertTasks(
            tasks, weights, numbers, work, Math.toIntExact(plan.size()), limits.tokens());
  }

  FloatArray work() {
    return work;
  }

  List<DeviceTask> tasks() {
    return tasks.all();
  }

  private int at(Value value) {
    return Math.toIntExact(plan.offset(value));
  }

  /// Where in the step's numbers the rows of a value are counted.
  static int rows(Value value) {
    return value.rows() == Value.Rows.TOKENS ? StepNumbers.TOKEN_COUNT : StepNumbers.OUTPUT_COUNT;
  }

  /// Adds the tasks of one operation.
  void add(Op op) {
    names.begin(op);
    switch (op) {
      case Op.Embed embed -> embed(embed.weight(), embed.output(), 0);
      case Op.EmbedPosition embed -> embed(embed.weight(), embed.output(), 1);
      case Op.Given given -> given(given);
      case Op.Linear linear -> linear(linear.input(), linear.weight(), linear.output(), 0);
      case Op.HeadLinear linear ->
          linear(
              linear.input(),
              linear.weight(),
              linear.output(),
              (int) linear.weight().shape().axis(1));
      case Op.AddBias bias -> columns(bias, bias.input(), bias.bias(), 1);
      case Op.ScaleColumns scale -> columns(scale, scale.input(), scale.weight(), 0);
      case Op.Add add -> add(add);
      case Op.Scale scale -> each(scale, Elements.SCALE, scale.factor());
      case Op.Softcap softcap -> each(softcap, Elements.SOFTCAP, softcap.cap());
      case Op.Clamp clamp -> each(clamp, Elements.CLAMP, clamp.limit());
      case Op.Activate activate -> each(activate, Kinds.of(activate.activation()), 1f);
      case Op.Xielu xielu -> xielu(xielu);
      case Op.GatedActivation gated -> gated(gated);
      case Op.Multiply multiply -> multiply(multiply);
      case Op.RmsNorm norm -> rmsNorm(norm);
      case Op.LayerNorm norm -> layerNorm(norm);
      case Op.GaussianTopK top -> gaussianTopK(top);
      case Op.MatchLength match -> matchLength(match);
      case Op.Rope rope -> rope(rope);
      case Op.Attention attention -> attention(attention);
      case Op.ShortConvolution convolution -> convolution(convolution);
      case Op.MixtureOfExperts mixture ->
          experts.add(
              mixture, at(mixture.input()), at(mixture.routerInput()), at(mixture.output()));
      case Op.Slice slice -> slice(slice);
      case Op.Concat concat -> concat(concat);
      case Op.MixHeads mix -> mix(mix);
      case Op.ScaleByPosition scale -> scaleByPosition(scale);
      case Op.SelectOutputs select -> select(select);
    }
  }

  /// Adds the tasks that lay the result where the host reads it, and the places of the largest numbers in it.
  void addResult(Value value, FloatArray result, IntArray likeliest) {
    int in = at(value);
    int width = value.width();
    tasks.elements(
        "result",
        value,
        (g, id) -> g.task(id, Rows::result, context, numbers, work, result, in, width),
        numbers,
        work,
        result);
    tasks.rows(
        "likeliest",
        value,
        Rows.ITEMS,
        (g, id) -> g.task(id, Rows::likeliest, context, numbers, work, likeliest, in, width),
        numbers,
        work,
        likeliest);
  }

  private void embed(Tensor weight, Value value, int positions) {
    int out = at(value);
    int width = value.width();
    if (DeviceWeights.isFloats(weight)) {
      FloatArray floats = weights.floats(weight);
      tasks.elements(
          "embed",
          value,
          (g, id) ->
              g.task(id, Rows::embedFloats, context, numbers, work, floats, out, width, positions),
          numbers,
          work,
          floats);
      return;
    }
    IntArray blocks = weights.blocks(weight);
    int type = DeviceWeights.type(weight);
    tasks.elements(
        "embed",
        value,
        (g, id) ->
            g.task(
                id, Rows::embedBlocks, context, numbers, work, blocks, out, width, positions, type),
        numbers,
        work,
        blocks);
  }

  private void given(Op.Given op) {
    int out = at(op.output());
    int width = op.output().width();
    FloatArray given = step.given();
    int all = givenWidth;
    tasks.elements(
        "given",
        op.output(),
        (g, id) ->
            g.task(id, Rows::given, context, numbers, work, given, out, width, op.from(), all),
        numbers,
        work,
        given);
  }

  /// @param headRows rows of the weight that read the same part of the input; 0 = all
  private void linear(Value input, Tensor weight, Value output, int headRows) {
    int columns = Math.toIntExact(weight.shape().columns());
    int features = output.width();
    int same = headRows == 0 ? features : headRows;
    int rows = rows(input);
    int in = at(input);
    int width = input.width();
    int out = at(output);
    if (DeviceWeights.isFloats(weight)) {
      FloatArray floats = weights.floats(weight);
      tasks.products(
          output,
          output.width(),
          (g, id) ->
              g.task(
                  id,
                  Linear::floats,
                  context,
                  numbers,
                  work,
                  floats,
                  rows,
                  in,
                  width,
                  out,
                  columns,
                  features,
                  same),
          numbers,
          work,
          floats);
      return;
    }
    IntArray blocks = weights.blocks(weight);
    int type = DeviceWeights.type(weight);
    TaskList.Product tile =
        (g, id, most) ->
            g.task(
                id,
                LinearTile::blocks,
                context,
                numbers,
                work,
                blocks,
                rows,
                in,
                width,
                out,
                columns,
                features,
                same,
                type,
                most);
    boolean tiles = same == features || same % LinearTile.SIDE == 0;
    tasks.products(
        output,
        features,
        (g, id, most) ->
            g.task(
                id,
                LinearRows::blocks,
                context,
                numbers,
                work,
                blocks,
                rows,
                in,
                width,
                out,
                columns,
                features,
                same,
                type,
                most),
        tiles ? Optional.of(tile) : Optional.empty(),
        numbers,
        work,
        blocks);
  }

  private void columns(Op op, Value input, Tensor vector, int adds) {
    int in = at(input);
    int out = at(op.output());
    int width = input.width();
    int rows = rows(input);
    FloatArray floats = weights.floats(vector);
    tasks.elements(
        "columns",
        op.output(),
        (g, id) ->
            g.task(
                id, Elements::columns, context, numbers, work, floats, rows, in, out, width, adds),
        numbers,
        work,
        floats);
  }

  private void add(Op.Add op) {
    int left = at(op.left());
    int right = at(op.right());
    int out = at(op.output());
    int width = op.output().width();
    int rows = rows(op.output());
    tasks.elements(
        "add",
        op.output(),
        (g, id) -> g.task(id, Elements::add, context, numbers, work, rows, left, right, out, width),
        numbers,
        work);
  }

  private void each(Op.OfOne op, int function, float a) {
    int in = at(op.input());
    int out = at(op.output());
    int width = op.output().width();
    int rows = rows(op.output());
    tasks.elements(
        "each",
        op.output(),
        (g, id) ->
            g.task(id, Elements::each, context, numbers, work, rows, in, out, width, function, a),
        numbers,
        work);
  }

  private void xielu(Op.Xielu op) {
    int in = at(op.input());
    int out = at(op.output());
    int width = op.output().width();
    int rows = rows(op.output());
    var p = op.parameters();
    tasks.elements(
        "xielu",
        op.output(),
        (g, id) ->
            g.task(
                id,
                Elements::xielu,
                context,
                numbers,
                work,
                rows,
                in,
                out,
                width,
                p.alphaN(),
                p.alphaP(),
                p.beta(),
                p.epsilon()),
        numbers,
        work);
  }

  private void gated(Op.GatedActivation op) {
    int gate = at(op.gate());
    int up = at(op.up());
    int out = at(op.output());
    int width = op.output().width();
    int rows = rows(op.output());
    int kind = Kinds.of(op.glu());
    tasks.elements(
        "glu",
        op.output(),
        (g, id) ->
            g.task(id, Elements::glu, context, numbers, work, rows, gate, up, out, width, 1, kind),
        numbers,
        work);
  }

  private void multiply(Op.Multiply op) {
    int left = at(op.left());
    int right = at(op.right());
    int out = at(op.output());
    int width = op.output().width();
    int rows = rows(op.output());
    int group = op.left().width() / op.right().width();
    tasks.elements(
        "multiply",
        op.output(),
        (g, id) ->
            g.task(
                id,
                Elements::multiply,
                context,
                numbers,
                work,
                rows,
                left,
                right,
                out,
                width,
                group),
        numbers,
        work);
  }

  private void rmsNorm(Op.RmsNorm op) {
    int in = at(op.input());
    int out = at(op.output());
    int rows = rows(op.output());
    int size = Math.toIntExact(op.weight().shape().columns());
    int perRow = op.output().width() / size;
    FloatArray weight = weights.floats(op.weight());
    tasks.units(
        "rms",
        op.output(),
        perRow,
        (g, id) ->
            g.task(
                id,
                Norms::rms,
                context,
                numbers,
                work,
                weight,
                rows,
                in,
                out,
                size,
                perRow,
                op.epsilon()),
        numbers,
        work,
        weight);
  }

  private void layerNorm(Op.LayerNorm op) {
    int in = at(op.input());
    int out = at(op.output());
    int rows = rows(op.output());
    int size = Math.toIntExact(op.weight().shape().columns());
    int perRow = op.output().width() / size;
    FloatArray weight = weights.floats(op.weight());
    FloatArray bias = op.bias().map(weights::floats).orElse(nothing);
    int biases = op.bias().isPresent() ? 1 : 0;
    tasks.units(
        "layer",
        op.output(),
        perRow,
        (g, id) ->
            g.task(
                id,
                Norms::layer,
                context,
                numbers,
                work,
                weight,
                bias,
                rows,
                in,
                out,
                size,
                perRow,
                op.epsilon(),
                biases),
        numbers,
        work,
        weight,
        bias);
  }

  private void gaussianTopK(Op.GaussianTopK op) {
    int in = at(op.input());
    int out = at(op.output());
    int rows = rows(op.output());
    int size = op.output().width();
    tasks.units(
        "top",
        op.output(),
        1,
        (g, id) ->
            g.task(
                id,
                Norms::gaussianTopK,
                context,
                numbers,
                work,
                rows,
                in,
                out,
                size,
                op.deviations()),
        numbers,
        work);
  }

  private void matchLength(Op.MatchLength op) {
    int in = at(op.input());
    int like = at(op.like());
    int out = at(op.output());
    int rows = rows(op.output());
    int size = op.like().width();
    int perRow = op.output().width() / size;
    tasks.units(
        "match",
        op.output(),
        perRow,
        (g, id) ->
            g.task(
                id, Norms::matchLength, context, numbers, work, rows, in, like, out, size, perRow),
        numbers,
        work);
  }

  private void rope(Op.Rope op) {
    RopeTable table = op.table();
    FloatArray frequencies = tasks.frequencies(table);
    int in = at(op.input());
    int out = at(op.output());
    int width = op.output().width();
    int halves = table.pairing() == RopeTable.Pairing.HALVES ? 1 : 0;
    int pairs = table.pairCount();
    tasks.elements(
        "rope",
        op.output(),
        (g, id) ->
            g.task(
                id,
                Rope::rope,
                context,
                numbers,
                work,
                frequencies,
                in,
                out,
                width,
                table.headSize(),
                pairs,
                halves,
                table.magnitude()),
        numbers,
        work,
        frequencies);
  }

  private void append(KvArrays.Store store, Value value) {
    IntArray tables = step.tables();
    int in = at(value);
    int width = value.width();
    int half = caches.half();
    tasks.elements(
        "append",
        value,
        (g, id) ->
            g.task(
                id,
                Attention::append,
                context,
                numbers,
                tables,
                work,
                store.halves(),
                store.floats(),
                in,
                width,
                half),
        numbers,
        tables,
        work,
        store.halves(),
        store.floats());
  }

  private void attention(Op.Attention op) {
    AttentionSpec spec = op.spec();
    KvArrays.Store keys = caches.store("k", op.layer(), spec.keyWidth());
    KvArrays.Store values = caches.store("v", op.layer(), spec.valueWidth());
    append(keys, op.key());
    append(values, op.value());
    IntArray shape = IntArray.fromArray(shape(op));
    FloatArray sinks = op.sinks().map(weights::floats).orElse(nothing);
    IntArray tables = step.tables();
    int query = at(op.query());
    int out = at(op.output());
    int keyLength = spec.keyLength();
    int valueLength = spec.valueLength();
    tasks.units(
        "attend",
        op.output(),
        spec.headCount(),
        (g, id) ->
            g.task(
                id,
                Attention::attend,
                context,
                numbers,
                tables,
                work,
                keys.halves(),
                keys.floats(),
                values.halves(),
                values.floats(),
                sinks,
                shape,
                query,
                out,
                keyLength,
                valueLength,
                spec.scale(),
                spec.softcap()),
        numbers,
        tables,
        work,
        keys.halves(),
        keys.floats(),
        values.halves(),
        values.floats(),
        sinks,
        shape);
  }

  private int[] shape(Op.Attention op) {
    int[] shape = new int[Attention.Shape.COUNT];
    shape[Attention.Shape.HEADS] = op.spec().headCount();
    shape[Attention.Shape.KV_HEADS] = op.spec().headCountKv();
    shape[Attention.Shape.HALF] = caches.half();
    shape[Attention.Shape.SINKS] = op.sinks().isPresent() ? 1 : 0;
    int mask =
        switch (op.spec().mask()) {
          case AttentionMask.Causal _ -> Attention.CAUSAL;
          case AttentionMask.Sliding _ -> Attention.SLIDING;
          case AttentionMask.Chunked _ -> Attention.CHUNKED;
          case AttentionMask.Symmetric _ -> Attention.SYMMETRIC;
          case AttentionMask.Full _ -> Attention.FULL;
        };
    shape[Attention.Shape.MASK] = mask;
    shape[Attention.Shape.MASK_SIZE] =
        switch (op.spec().mask()) {
          case AttentionMask.Sliding sliding -> sliding.window();
          case AttentionMask.Chunked chunked -> chunked.size();
          case AttentionMask.Symmetric symmetric -> symmetric.window();
          case AttentionMask.Causal _, AttentionMask.Full _ -> 0;
        };
    return shape;
  }

  private void convolution(Op.ShortConvolution op) {
    KvArrays.Store inputs = caches.store("x", op.layer(), op.input().width());
    append(inputs, op.input());
    IntArray tables = step.tables();
    FloatArray weight = weights.floats(op.weight());
    int out = at(op.output());
    int width = op.output().width();
    int length = Math.toIntExact(op.weight().shape().columns());
    int half = caches.half();
    tasks.elements(
        "convolve",
        op.output(),
        (g, id) ->
            g.task(
                id,
                Attention::convolve,
                context,
                numbers,
                tables,
                work,
                inputs.halves(),
                inputs.floats(),
                weight,
                out,
                width,
                length,
                half),
        numbers,
        tables,
        work,
        inputs.halves(),
        inputs.floats(),
        weight);
  }

  private void slice(Op.Slice op) {
    int in = at(op.input());
    int out = at(op.output());
    int width = op.output().width();
    int rows = rows(op.output());
    int part = width / (op.input().width() / op.headSize());
    tasks.elements(
        "slice",
        op.output(),
        (g, id) ->
            g.task(
                id,
                Rows::slice,
                context,
                numbers,
                work,
                rows,
                in,
                out,
                width,
                part,
                op.headSize(),
                op.from()),
        numbers,
        work);
  }

  private void concat(Op.Concat op) {
    int left = at(op.left());
    int right = at(op.right());
    int out = at(op.output());
    int width = op.output().width();
    int rows = rows(op.output());
    int heads = op.headCount();
    int leftSize = op.left().width() / heads;
    int rightCount = op.right().width() / (width / heads - leftSize);
    tasks.elements(
        "concat",
        op.output(),
        (g, id) ->
            g.task(
                id,
                Rows::concat,
                context,
                numbers,
                work,
                rows,
                left,
                right,
                out,
                width,
                heads,
                leftSize,
                rightCount),
        numbers,
        work);
  }

  private void mix(Op.MixHeads op) {
    int in = at(op.input());
    int inWidth = op.input().width();
    int coefficients = at(op.coefficients());
    int out = at(op.output());
    int width = op.output().width();
    int rows = rows(op.output());
    tasks.elements(
        "mix",
        op.output(),
        (g, id) ->
            g.task(
                id,
                Rows::mixRows,
                context,
                numbers,
                work,
                rows,
                in,
                inWidth,
                coefficients,
                out,
                width,
                op.headCount()),
        numbers,
        work);
  }

  private void scaleByPosition(Op.ScaleByPosition op) {
    int in = at(op.input());
    int out = at(op.output());
    int width = op.output().width();
    var t = op.temperature();
    tasks.elements(
        "position",
        op.output(),
        (g, id) ->
            g.task(
                id,
                Rows::scaleByPosition,
                context,
                numbers,
                work,
                in,
                out,
                width,
                t.scale(),
                t.length(),
                t.offset()),
        numbers,
        work);
  }

  private void select(Op.SelectOutputs op) {
    int in = at(op.input());
    int out = at(op.output());
    int width = op.output().width();
    tasks.elements(
        "select",
        op.output(),
        (g, id) -> g.task(id, Rows::selectRows, context, numbers, work, in, out, width),
        numbers,
        work);
  }
}
