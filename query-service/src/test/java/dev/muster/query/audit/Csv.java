package dev.muster.query.audit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvSchema;

/** CSV as somebody else's parser reads it. */
public final class Csv {

  private static final CsvMapper CSV = new CsvMapper();

  private Csv() {}

  /** Each row by the names in the first line. */
  public static List<Map<String, String>> rows(String text) {
    try (var rows =
        CSV.readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader())
            .<Map<String, String>>readValues(text)) {
      return rows.readAll();
    }
  }

  /** The row that an event of the JSON search should be. */
  static Map<String, String> row(JsonNode event) {
    var row = new LinkedHashMap<String, String>();
    for (var name : List.of("leaf_index", "event_id", "subject", "sequence", "type", "revision")) {
      row.put(name, event.path(name).asString());
    }
    row.put("occurred_at", event.path("occurred_at").asString());
    row.put("actor_id", event.path("actor").path("id").asString());
    row.put("actor_name", event.path("actor").path("name").asString());
    for (var name : List.of("request_id", "causation", "traceparent", "source_ip")) {
      row.put(name, event.path(name).asString(""));
    }
    row.put("data", event.path("data").toString());
    row.put("salt_actor_name", event.path("salts").path("actor_name").asString());
    row.put("salt_source_ip", event.path("salts").path("source_ip").asString());
    row.put("salt_data", event.path("salts").path("data").asString());
    row.replaceAll((_, value) -> isFormula(value) ? "'" + value : value);
    return row;
  }

  private static boolean isFormula(String value) {
    return !value.isEmpty() && "=+-@".indexOf(value.charAt(0)) >= 0;
  }
}
