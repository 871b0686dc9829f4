package dev.muster.query.instance.current;

import dev.muster.events.codec.Json;
import dev.muster.events.instance.InstanceState;
import dev.muster.events.instance.Labels;
import dev.muster.events.instance.Stage;
import dev.muster.query.store.VersionedRow;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.query.Criteria;

/**
 * An instance as the read store has it: what lists are filtered by, and the whole state as JSON,
 * for keys of an environment may be anything and field names of a document may not.
 *
 * @param status the stage, as {@link Stage#stored} has it
 * @param labels what it is found by, as {@link Labels#terms} has it; null in rows of before
 * @param fill which filling of the store wrote it
 */
@Document("instances")
public record InstanceRow(
    @Id String id,
    long version,
    String status,
    String region,
    String name,
    @Nullable List<String> labels,
    String fill,
    String state)
    implements VersionedRow {

  public static InstanceRow of(InstanceState state, String fill) {
    return new InstanceRow(
        state.instanceId(),
        state.version(),
        state.stage().stored(),
        state.spec().region(),
        state.spec().name(),
        Labels.terms(state.spec().allLabels()),
        fill,
        new String(Json.write(state), StandardCharsets.UTF_8));
  }

  // A store that is filled anew begins with what is older.
  @Override
  public Criteria replaceable() {
    return new Criteria()
        .orOperator(Criteria.where("version").lte(version), Criteria.where("fill").ne(fill));
  }

  public InstanceState folded() {
    return Json.read(state.getBytes(StandardCharsets.UTF_8), InstanceState.class);
  }
}
