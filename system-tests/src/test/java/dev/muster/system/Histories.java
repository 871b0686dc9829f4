package dev.muster.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.events.codec.EventCodec;
import dev.muster.events.codec.EventType;
import dev.muster.events.envelope.EncodedEvent;
import dev.muster.events.instance.InstanceEvent;
import dev.muster.events.instance.InstanceState;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Folds what {@code …/history} answers, independently of any service. */
final class Histories {

  private static final EventCodec CODEC = new EventCodec();

  private final Api api;

  Histories(Api api) {
    this.api = api;
  }

  /** The fold of the history, which must be gapless from 1. */
  InstanceState stateOf(String id) throws IOException, InterruptedException {
    @Nullable InstanceState state = null;
    long expected = 1;
    for (var row : api.history(id)) {
      assertThat(row.get("sequence").asLong()).isEqualTo(expected++);
      state = InstanceState.fold(state, event(row));
    }
    return Objects.requireNonNull(state, () -> id + " has no history");
  }

  private static InstanceEvent event(JsonNode row) {
    var type = row.get("type").asString();
    int revision =
        EventType.ALL.stream()
            .filter(t -> t.name().equals(type))
            .findFirst()
            .orElseThrow()
            .revision();
    // A history does not say the revision; the first one of this type had no such field.
    if (type.equals("OperationFailed") && !row.get("data").has("leaves_error")) {
      revision = 1;
    }
    return CODEC.decode(
        new EncodedEvent(type, revision, row.get("data").toString().getBytes(UTF_8)));
  }
}
