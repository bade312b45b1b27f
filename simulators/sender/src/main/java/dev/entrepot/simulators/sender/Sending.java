package dev.entrepot.simulators.sender;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One plan being sent: deliveries wait in a queue until they are due, and workers take them.
final class Sending {

  // A delivery that waits for its next attempt. Without a track, it tells a worker to stop.
  private record Due(@Nullable Track track, int attempt, long nanos) implements Delayed {
    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(nanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      // Times of the same clock may only be compared by their difference.
      return other instanceof Due due
          ? Long.signum(nanos - due.nanos)
          : Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }

  private static final class Track {
    private final PlannedEvent event;
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicInteger unsent = new AtomicInteger();

    private Track(PlannedEvent event) {
      this.event = event;
    }

    private Fate fate() {
      int yes = acknowledged.get();
      int no = refused.get();
      int silence = unanswered.get();
      return new Fate(event, yes + no + silence, yes, no, silence, unsent.get());
    }
  }

  private final WebhookSender.Settings settings;
  private final InstantSource clock;
  private final HttpClient client;
  private final DelayQueue<Due> queue = new DelayQueue<>();
  private final Map<String, Track> tracks = new HashMap<>();
  private final List<Track> order = new ArrayList<>();
  private final Set<String> removed = ConcurrentHashMap.newKeySet();
  private final AtomicInteger open;
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private final long started = System.nanoTime();

  Sending(WebhookSender.Settings settings, InstantSource clock, HttpClient client, Plan plan) {
    this.settings = settings;
    this.clock = clock;
    this.client = client;
    for (PlannedEvent event : plan.events()) {
      Track track = new Track(event);
      order.add(track);
      if (tracks.put(event.id(), track) != null) {
        throw new IllegalArgumentException("event " + event.id() + " occurs twice in the plan");
      }
    }
    for (Shipment shipment : plan.shipments()) {
      Track track = tracks.get(shipment.event().id());
      if (track == null) {
        throw new IllegalArgumentException("event " + shipment.event().id() + " is not planned");
      }
      queue.add(new Due(track, 0, started + settings.pace().due(shipment).toNanos()));
    }
    open = new AtomicInteger(plan.shipments().size());
    if (open.get() == 0) {
      stop();
    }
  }

  Report finish() throws InterruptedException {
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < settings.connections(); i++) {
      workers.add(Thread.ofVirtual().name("webhook-sender-" + i).start(this::work));
    }
    try {
      for (Thread worker : workers) {
        worker.join();
      }
    } finally {
      workers.forEach(Thread::interrupt);
    }
    RuntimeException cause = failure.get();
    if (cause != null) {
      throw new IllegalStateException("sending broke off", cause);
    }
    return new Report(
        order.stream().map(Track::fate).toList(),
        removed,
        Duration.ofNanos(System.nanoTime() - started));
  }

  private void work() {
    try {
      for (Due due = queue.take(); due.track() != null; due = queue.take()) {
        attempt(due.track(), due.attempt());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
      stop();
    }
  }

  private void attempt(Track track, int attempt) throws InterruptedException {
    if (removed.contains(track.event.topic())) {
      track.unsent.incrementAndGet();
      close();
      return;
    }
    if (post(track)) {
      close();
      return;
    }
    List<Duration> waits = settings.retries().waits();
    if (attempt < waits.size()) {
      long wait = settings.pace().wait(waits.get(attempt)).toNanos();
      queue.add(new Due(track, attempt + 1, System.nanoTime() + wait));
      return;
    }
    switch (settings.retries().removal()) {
      case DELETED -> removed.add(track.event.topic());
      case KEPT -> {}
    }
    close();
  }

  private boolean post(Track track) throws InterruptedException {
    byte[] body = track.event.body().getBytes(StandardCharsets.UTF_8);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint())
            .timeout(settings.retries().total())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    track.event.headers().forEach(request::setHeader);
    settings.signer().sign(track.event, body, clock.instant()).forEach(request::setHeader);
    try {
      int status =
          client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
      boolean taken = status >= 200 && status < 300;
      (taken ? track.acknowledged : track.refused).incrementAndGet();
      return taken;
    } catch (IOException e) {
      // Refused, broken off or too slow: whether it was kept is not known.
      track.unanswered.incrementAndGet();
      return false;
    }
  }

  private URI endpoint() {
    List<URI> endpoints = settings.endpoints();
    return endpoints.get(Math.floorMod(turn.getAndIncrement(), endpoints.size()));
  }

  private void close() {
    if (open.decrementAndGet() == 0) {
      stop();
    }
  }

  private void stop() {
    for (int i = 0; i < settings.connections(); i++) {
      queue.add(new Due(null, 0, System.nanoTime()));
    }
  }
}
