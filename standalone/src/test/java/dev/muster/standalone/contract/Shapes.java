package dev.muster.standalone.contract;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.swagger.v3.core.jackson.ModelResolver;

/** Schemas of records, with the names that the API's JSON has. */
final class Shapes extends ModelResolver {

  Shapes(ObjectMapper mapper, SchemaNames names) {
    super(mapper.copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE), names);
    openapi31(true);
  }
}
