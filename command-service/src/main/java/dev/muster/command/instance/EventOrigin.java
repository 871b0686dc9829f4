package dev.muster.command.instance;

import dev.muster.events.envelope.Actor;
import dev.muster.events.envelope.Correlation;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/**
 * Carries the {@link Correlation} of a command to its events, in Axon's metadata: as strings, which
 * any serialiser and any version of Axon can carry.
 */
public final class EventOrigin {

  private static final String ACTOR_ID = "muster.actor_id";
  private static final String ACTOR_NAME = "muster.actor_name";
  private static final String REQUEST_ID = "muster.request_id";
  private static final String SOURCE_IP = "muster.source_ip";
  private static final String CAUSATION = "muster.causation";
  private static final String TRACEPARENT = "muster.traceparent";

  private EventOrigin() {}

  public static MetaData metaData(Correlation correlation) {
    var metaData =
        MetaData.with(ACTOR_ID, correlation.actor().id())
            .and(ACTOR_NAME, correlation.actor().name())
            .and(REQUEST_ID, correlation.requestId());
    metaData = with(metaData, SOURCE_IP, correlation.sourceIp());
    metaData = with(metaData, CAUSATION, correlation.causation());
    return with(metaData, TRACEPARENT, correlation.traceparent());
  }

  /**
   * @throws IllegalArgumentException when there is none: every event says where it came from
   */
  public static Correlation of(MetaData metaData) {
    return new Correlation(
        new Actor(required(metaData, ACTOR_ID), required(metaData, ACTOR_NAME)),
        required(metaData, REQUEST_ID),
        text(metaData, SOURCE_IP),
        text(metaData, CAUSATION),
        text(metaData, TRACEPARENT));
  }

  private static MetaData with(MetaData metaData, String key, @Nullable String value) {
    return value == null ? metaData : metaData.and(key, value);
  }

  private static String required(MetaData metaData, String key) {
    var text = text(metaData, key);
    if (text == null) {
      throw new IllegalArgumentException("no " + key + " in the metadata");
    }
    return text;
  }

  private static @Nullable String text(MetaData metaData, String key) {
    return metaData.get(key) instanceof String text ? text : null;
  }
}
