package dev.jmr.server.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Keeps the last requests to each model in memory, whether it is loaded or not, and tells who wants to know of new ones.
/// Bounded: so many requests of so many models, of each so many characters. Thread-safe.
public final class RequestRecorder {
  private static final int PER_MODEL = 10;
  private static final int MAX_MODELS = 32;

  private final InstantSource clock;

  /// By the models' ids; the model that was asked longest ago comes first.
  private final Map<String, Entry> models = new LinkedHashMap<>(16, 0.75f, true);

  private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();

  private static final class Entry {
    String name = "";
    final ArrayDeque<RequestRecord> records = new ArrayDeque<>();
  }

  public RequestRecorder(InstantSource clock) {
    this.clock = clock;
  }

  /// A request that begins to be answered.
  ///
  /// @param request its body
  public Recording begin(Recording.Head head, JsonNode request) {
    return new Recording(this, head, request, clock.instant());
  }

  void add(String modelId, String name, RequestRecord record) {
    synchronized (models) {
      Entry entry = models.computeIfAbsent(modelId, _ -> new Entry());
      entry.name = name;
      entry.records.add(record);
      if (entry.records.size() > PER_MODEL) {
        entry.records.remove();
      }
      if (models.size() > MAX_MODELS) {
        Iterator<String> oldest = models.keySet().iterator();
        oldest.next();
        oldest.remove();
      }
    }
    ModelRecords news = new ModelRecords(modelId, name, List.of(record));
    subscriptions.forEach(subscription -> subscription.offer(news));
  }

  /// All that are kept.
  ///
  /// @param modelId of which model; empty = of all, the one that was asked longest ago first
  public List<ModelRecords> records(Optional<String> modelId) {
    synchronized (models) {
      return models.entrySet().stream()
          .filter(entry -> modelId.isEmpty() || modelId.get().equals(entry.getKey()))
          .map(entry ->
              new ModelRecords(
                  entry.getKey(), entry.getValue().name, List.copyOf(entry.getValue().records)))
          .toList();
    }
  }

  /// Listens from now on; the caller closes it.
  ///
  /// @param modelId to requests to which model; empty = to any
  public Subscription subscribe(Optional<String> modelId) {
    Subscription subscription = new Subscription(modelId);
    subscriptions.add(subscription);
    return subscription;
  }

  /// New requests for one listener, who loses the oldest if it is too slow.
  public final class Subscription implements AutoCloseable {
    private static final int CAPACITY = 100;

    private final Optional<String> modelId;
    private final BlockingQueue<ModelRecords> news = new ArrayBlockingQueue<>(CAPACITY);

    private Subscription(Optional<String> modelId) {
      this.modelId = modelId;
    }

    private void offer(ModelRecords added) {
      if (modelId.isEmpty() || modelId.get().equals(added.modelId())) {
        while (!news.offer(added)) {
          news.poll();
        }
      }
    }

    /// The next new request; empty if there is none for so long.
    public Optional<ModelRecords> next(long millis) throws InterruptedException {
      return Optional.ofNullable(news.poll(millis, TimeUnit.MILLISECONDS));
    }

    @Override
    public void close() {
      subscriptions.remove(this);
    }
  }
}
