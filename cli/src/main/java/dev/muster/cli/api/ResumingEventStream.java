package dev.muster.cli.api;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A stream of events that outlives its connections: after a break it goes on behind the last event
 * that came, so none is missing and none comes twice.
 */
public final class ResumingEventStream {

  /** Servers send something each 10 s. */
  private static final Duration SILENCE = Duration.ofSeconds(35);

  private static final int TRIES = 60;

  private final Api api;
  private final Call call;
  private String lastId;
  private boolean finite;

  /**
   * @param lastId behind which event to begin, or empty
   */
  public ResumingEventStream(Api api, Call call, String lastId) {
    this.api = api;
    this.call = call.header("Accept", "text/event-stream");
    this.lastId = lastId;
  }

  /** What there is, without what is to come: the stream is over when the server ends it. */
  public void read(Consumer<SentEvent> consumer) {
    finite = true;
    follow(
        event -> {
          consumer.accept(event);
          return true;
        });
  }

  /**
   * Gives each event, those without data too, until the consumer has had enough or the server says
   * that it is over.
   *
   * @param consumer says whether it wants more
   */
  public void follow(Predicate<SentEvent> consumer) {
    int failures = 0;
    while (true) {
      var before = lastId;
      try {
        if (connect(consumer)) {
          return;
        }
        failures = lastId.equals(before) ? failures + 1 : 0;
      } catch (ApiProblemException e) {
        if (e.status() != 503 && e.status() != 429) {
          throw e;
        }
        failures = givenUp(failures, e);
      } catch (IOException e) {
        failures = givenUp(lastId.equals(before) ? failures : 0, api.unreachable(e));
      }
      Api.rest(Api.backoff(Math.min(failures, 4)));
    }
  }

  /** A first connection that fails says so; a lost one is tried again for minutes. */
  private int givenUp(int failures, RuntimeException why) {
    if (failures == TRIES || lastId.isEmpty() && failures == 2) {
      throw why;
    }
    return failures + 1;
  }

  private boolean connect(Predicate<SentEvent> consumer) throws IOException {
    var resumed = lastId.isEmpty() ? call : call.header("Last-Event-ID", lastId);
    var stream = api.open(resumed);
    try (var body = new Watched(stream.body())) {
      if (!stream.isOf("text/event-stream")) {
        throw ApiAnswer.ofAnother("the answer is no stream of events");
      }
      var reader = new EventReader(body, lastId);
      for (var event = reader.next(); event.isPresent(); event = reader.next()) {
        boolean more = consumer.test(event.get());
        lastId = reader.lastId();
        if (!more) {
          return true;
        }
      }
      return finite;
    }
  }

  /** Closes a connection on which nothing has come for too long. */
  private static final class Watched extends InputStream {

    private final InputStream body;
    private final ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
    private volatile long last = System.nanoTime();

    Watched(InputStream body) {
      this.body = body;
      long often = SILENCE.toMillis() / 4;
      clock.scheduleWithFixedDelay(this::closeWhenSilent, often, often, TimeUnit.MILLISECONDS);
    }

    private void closeWhenSilent() {
      if (System.nanoTime() - last > SILENCE.toNanos()) {
        try {
          body.close();
        } catch (IOException e) {
          clock.shutdown();
        }
      }
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int count = body.read(bytes, from, length);
      last = System.nanoTime();
      return count;
    }

    @Override
    public void close() throws IOException {
      clock.shutdownNow();
      body.close();
    }
  }
}
