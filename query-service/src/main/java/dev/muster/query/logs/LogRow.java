package dev.muster.query.logs;

import dev.muster.events.codec.Json;
import dev.muster.events.log.LogChunk;
import dev.muster.query.store.VersionedRow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.query.Criteria;

/**
 * Lines of an instance in the read store, packed, for they are many and much alike.
 *
 * @param id made of the instance and the offset, so that the order of ids is that of the lines
 * @param packed a {@link LogChunk} as JSON, deflated
 */
@Document("logs")
record LogRow(@Id String id, long offset, long end, boolean last, byte[] packed)
    implements VersionedRow {

  /** Comes before the ids of all rows of that instance. */
  static String before(String instanceId) {
    return instanceId + "/";
  }

  /** Comes after the ids of all rows of that instance. */
  static String after(String instanceId) {
    return instanceId + "0";
  }

  static String id(String instanceId, long offset) {
    return "%s/%019d".formatted(instanceId, offset);
  }

  static LogRow of(LogChunk chunk) {
    return new LogRow(
        id(chunk.instanceId(), chunk.offset()),
        chunk.offset(),
        chunk.end(),
        chunk.last(),
        pack(Json.write(chunk)));
  }

  // A row grows until it is large.
  @Override
  public Criteria replaceable() {
    var shorter = Criteria.where("end").lte(end);
    return last ? shorter : shorter.and("last").is(false);
  }

  LogChunk chunk() {
    try (var in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
      return Json.read(in.readAllBytes(), LogChunk.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] pack(byte[] json) {
    var packed = new ByteArrayOutputStream();
    try (var out = new DeflaterOutputStream(packed)) {
      out.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
