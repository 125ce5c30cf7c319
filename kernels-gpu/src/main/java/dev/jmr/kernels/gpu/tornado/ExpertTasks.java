package dev.jmr.kernels.gpu.tornado;

import dev.jmr.kernels.gpu.tornado.kernel.Elements;
import dev.jmr.kernels.gpu.tornado.kernel.Experts;
import dev.jmr.kernels.gpu.tornado.kernel.Linear;
import dev.jmr.kernels.gpu.tornado.kernel.LinearRows;
import dev.jmr.kernels.gpu.tornado.kernel.LinearTile;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.backend.BatchLimits;
import dev.jmr.tensor.graph.ExpertMatrices;
import dev.jmr.tensor.graph.ExpertSpec;
import dev.jmr.tensor.graph.ExpertWeights;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.Op;
import dev.jmr.tensor.graph.Value;
import java.util.Optional;
import java.util.stream.Stream;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// The tasks of mixtures of experts, which share some room behind the values of the graph: logits, scores, shares, and what
/// the chosen experts say.
final class ExpertTasks {
  private final TaskList tasks;
  private final DeviceWeights weights;
  private final IntArray numbers;
  private final FloatArray work;
  private final int room;
  private final int capacity;
  private final KernelContext context = new KernelContext();
  private final FloatArray zero = new FloatArray(1);
  private final FloatArray one = FloatArray.fromArray(new float[] {1});

  /// @param room the first free float of `work`
  /// @param capacity tokens of the largest batch
  ExpertTasks(
      TaskList tasks,
      DeviceWeights weights,
      IntArray numbers,
      FloatArray work,
      int room,
      int capacity) {
    this.tasks = tasks;
    this.weights = weights;
    this.numbers = numbers;
    this.work = work;
    this.room = room;
    this.capacity = capacity;
  }

  /// Floats of room that the largest mixture of a graph needs.
  static int room(Graph graph, BatchLimits limits) {
    return graph.ops().stream()
        .flatMap(op -> op instanceof Op.MixtureOfExperts mixture ? Stream.of(mixture) : Stream.of())
        .mapToInt(op -> Places.of(op, 0, limits.tokens()).end())
        .max()
        .orElse(0);
  }

  /// Where in the room everything is.
  private record Places(int logits, int scores, int shares, int gate, int up, int said, int end) {
    static Places of(Op.MixtureOfExperts op, int from, int tokens) {
      int experts = tokens * op.spec().expertCount();
      int pairs = tokens * op.spec().expertUsedCount();
      int hidden = Math.multiplyExact(pairs, op.expertWeights().feedForwardLength());
      int scores = from + experts;
      int shares = scores + experts;
      int gate = shares + pairs;
      int up = gate + hidden;
      int said = up + hidden;
      return new Places(
          from,
          scores,
          shares,
          gate,
          up,
          said,
          said + Math.multiplyExact(pairs, op.output().width()));
    }
  }

  void add(Op.MixtureOfExperts op, int in, int routerIn, int out) {
    ExpertSpec spec = op.spec();
    ExpertWeights all = op.expertWeights();
    Places places = Places.of(op, room, capacity);
    IntArray chosen = new IntArray(capacity * spec.expertUsedCount());
    logits(op, routerIn, places.logits());
    route(op, places, chosen);
    int rows = rows(op);
    int told = rows | (spec.weighted() == ExpertSpec.Weighted.INPUT ? Experts.WEIGHTED : 0);
    int width = op.input().width();
    int hidden = all.feedForwardLength();
    matrix(op, all.gate(), chosen, in, width, places.gate(), told, places.shares());
    matrix(op, all.up(), chosen, in, width, places.up(), told, places.shares());
    int used = spec.expertUsedCount();
    int gate = places.gate();
    int up = places.up();
    int kind = Kinds.of(spec.glu());
    tasks.elementsPerRow(
        "glu",
        op.output(),
        Math.multiplyExact(used, hidden),
        (g, id) ->
            g.task(
                id,
                Elements::glu,
                context,
                numbers,
                work,
                OpTasks.rows(op.output()),
                gate,
                up,
                gate,
                hidden,
                used,
                kind),
        numbers,
        work);
    matrix(
        op,
        all.down(),
        chosen,
        gate,
        hidden,
        places.said(),
        rows | Experts.BY_PAIR,
        places.shares());
    FloatArray scales = all.downScale().map(weights::floats).orElse(one);
    tasks.elements(
        "combine",
        op.output(),
        (g, id) ->
            g.task(
                id,
                Experts::combine,
                context,
                numbers,
                work,
                scales,
                chosen,
                places.said(),
                places.shares(),
                out,
                width,
                used,
                told),
        numbers,
        work,
        scales,
        chosen);
  }

  /// Which rows there are, as kernels take it.
  private static int rows(Op.MixtureOfExperts op) {
    return op.output().rows() == Value.Rows.OUTPUTS ? Experts.OUTPUTS : 0;
  }

  private void logits(Op.MixtureOfExperts op, int in, int out) {
    Tensor router = op.expertWeights().router();
    int width = op.routerInput().width();
    int experts = op.spec().expertCount();
    if (DeviceWeights.isFloats(router)) {
      FloatArray floats = weights.floats(router);
      tasks.products(
          op.output(),
          experts,
          (g, id) ->
              g.task(
                  id,
                  Linear::floats,
                  context,
                  numbers,
                  work,
                  floats,
                  OpTasks.rows(op.output()),
                  in,
                  width,
                  out,
                  width,
                  experts,
                  experts),
          numbers,
          work,
          floats);
      return;
    }
    IntArray blocks = weights.blocks(router);
    int type = DeviceWeights.type(router);
    tasks.products(
        op.output(),
        experts,
        (g, id, most) ->
            g.task(
                id,
                LinearRows::blocks,
                context,
                numbers,
                work,
                blocks,
                OpTasks.rows(op.output()),
                in,
                width,
                out,
                width,
                experts,
                experts,
                type,
                most),
        Optional.of((g, id, most) ->
            g.task(
                id,
                LinearTile::blocks,
                context,
                numbers,
                work,
                blocks,
                OpTasks.rows(op.output()),
                in,
                width,
                out,
                width,
                experts,
                experts,
                type,
                most)),
        numbers,
        work,
        blocks);
  }

  private void route(Op.MixtureOfExperts op, Places places, IntArray chosen) {
    ExpertSpec spec = op.spec();
    FloatArray biases = biases(op.expertWeights(), spec.expertCount());
    int flags = rows(op) | (spec.weightsNorm() ? Experts.NORM : 0);
    tasks.elementsPerRow(
        "route",
        op.output(),
        1,
        (g, id) ->
            g.task(
                id,
                Experts::route,
                context,
                numbers,
                work,
                biases,
                chosen,
                places.logits(),
                places.scores(),
                places.shares(),
                spec.expertCount(),
                spec.expertUsedCount(),
                Kinds.of(spec.gating()),
                spec.groups().count(),
                spec.groups().usedCount(),
                flags,
                spec.weightsScale()),
        numbers,
        work,
        biases,
        chosen);
  }

  private FloatArray biases(ExpertWeights all, int experts) {
    FloatArray biases = new FloatArray(2 * experts);
    put(all.routerBias(), biases, 0, experts);
    put(all.selectionBias(), biases, experts, experts);
    return biases;
  }

  private void put(Optional<Tensor> bias, FloatArray biases, int from, int count) {
    if (bias.isPresent()) {
      FloatArray floats = weights.floats(bias.get());
      for (int i = 0; i < count; i++) {
        biases.set(from + i, floats.get(i));
      }
    }
  }

  private void matrix(
      Op.MixtureOfExperts op,
      ExpertMatrices matrices,
      IntArray chosen,
      int in,
      int width,
      int out,
      int flags,
      int shares) {
    int used = op.spec().expertUsedCount();
    int rows = matrices.rows();
    int firstRow = matrices.firstRow();
    int stacked = Math.toIntExact(matrices.weight().shape().axis(1));
    FloatArray bias = matrices.bias().map(weights::floats).orElse(zero);
    if (DeviceWeights.isFloats(matrices.weight())) {
      FloatArray floats = weights.floats(matrices.weight());
      tasks.productsOfPairs(
          op.output(),
          rows,
          used,
          (g, id) ->
              g.task(
                  id,
                  Experts::floats,
                  context,
                  numbers,
                  work,
                  floats,
                  bias,
                  chosen,
                  in,
                  width,
                  out,
                  rows,
                  stacked,
                  firstRow,
                  used,
                  flags,
                  shares),
          numbers,
          work,
          floats,
          bias,
          chosen);
      return;
    }
    IntArray blocks = weights.blocks(matrices.weight());
    int type = DeviceWeights.type(matrices.weight());
    tasks.productsOfPairs(
        op.output(),
        rows,
        used,
        (g, id) ->
            g.task(
                id,
                Experts::blocks,
                context,
                numbers,
                work,
                blocks,
                bias,
                chosen,
                in,
                width,
                out,
                rows,
                stacked,
                firstRow,
                used,
                flags,
                shares,
                type),
        numbers,
        work,
        blocks,
        bias,
        chosen);
  }
}
