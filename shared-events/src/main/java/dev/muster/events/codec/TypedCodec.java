package dev.muster.events.codec;

import dev.muster.events.envelope.EncodedEvent;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events of one family to bytes and back, through the upcasters when the bytes are of an older
 * revision.
 *
 * @param <E> what all of the family are
 */
final class TypedCodec<E> {

  private final Class<E> family;
  private final Map<String, EventType> byName;
  private final Map<Class<?>, EventType> byRecord;
  private final Map<String, Map<Integer, Upcaster>> upcasters;

  TypedCodec(Class<E> family, List<EventType> types, List<Upcaster> upcasters) {
    this.family = family;
    this.byName = types.stream().collect(Collectors.toMap(EventType::name, Function.identity()));
    this.byRecord =
        types.stream().collect(Collectors.toMap(EventType::record, Function.identity()));
    this.upcasters =
        upcasters.stream()
            .collect(
                Collectors.groupingBy(
                    Upcaster::type, Collectors.toMap(Upcaster::from, Function.identity())));
  }

  EncodedEvent encode(E event) {
    var type = typeOf(event);
    return new EncodedEvent(type.name(), type.revision(), Json.write(event));
  }

  String nameOf(E event) {
    return typeOf(event).name();
  }

  E decode(EncodedEvent encoded) {
    var type = byName.get(encoded.type());
    if (type == null) {
      throw new UnreadableMessageException("no event type '" + encoded.type() + "'");
    }
    if (encoded.revision() > type.revision()) {
      throw new UnreadableMessageException(
          "%s has revision %d, and this version reads up to %d: upgrade it"
              .formatted(type.name(), encoded.revision(), type.revision()));
    }
    return family.cast(
        encoded.revision() == type.revision()
            ? Json.read(encoded.data(), type.record())
            : lifted(encoded, type));
  }

  private Object lifted(EncodedEvent encoded, EventType type) {
    try {
      JsonNode json = Json.mapper().readTree(encoded.data());
      for (int revision = encoded.revision(); revision < type.revision(); revision++) {
        json = upcaster(type, revision).lift().apply((ObjectNode) json);
      }
      return Json.read(json, type.record());
    } catch (UnreadableMessageException e) {
      throw e;
    } catch (RuntimeException e) { // whatever a lift makes of data that it was not written for
      throw new UnreadableMessageException(
          "%s of revision %d cannot be lifted".formatted(type.name(), encoded.revision()), e);
    }
  }

  private Upcaster upcaster(EventType type, int from) {
    var upcaster = upcasters.getOrDefault(type.name(), Map.of()).get(from);
    if (upcaster == null) {
      throw new UnreadableMessageException(
          "nothing lifts %s from revision %d".formatted(type.name(), from));
    }
    return upcaster;
  }

  private EventType typeOf(Object event) {
    var type = byRecord.get(event.getClass());
    if (type == null) {
      throw new IllegalStateException(event.getClass() + " is missing in EventType");
    }
    return type;
  }
}
