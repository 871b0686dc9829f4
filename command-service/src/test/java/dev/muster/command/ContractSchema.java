package dev.muster.command;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/** Schemas of the contract, as callers find them. */
public final class ContractSchema {

  private static final String FILE = "/dev/muster/web/contract/openapi.json";

  private ContractSchema() {}

  public static Schema named(String name) {
    try (var document = ContractSchema.class.getResourceAsStream(FILE)) {
      var all = JsonMapper.shared().readTree(Objects.requireNonNull(document));
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(all.at("/components/schemas/" + name));
    } catch (IOException e) {
      throw new AssertionError(FILE, e);
    }
  }
}
