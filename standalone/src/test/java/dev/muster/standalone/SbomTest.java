package dev.muster.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

/** The bill of materials (CycloneDX) in the jar of each program. */
class SbomTest {

  private static final JsonMapper JSON = JsonMapper.shared();

  @Test
  void each_program_names_the_libraries_in_it_and_none_of_its_tests() throws IOException {
    var boms = boms();

    assertThat(boms)
        .containsKeys("command-service", "query-service", "provisioner-worker", "standalone");
    assertThat(boms.getOrDefault("standalone", NullNode.getInstance()).findValuesAsString("purl"))
        .anyMatch(url -> url.startsWith("pkg:maven/org.apache.kafka/kafka-clients@"))
        .anyMatch(url -> url.startsWith("pkg:maven/org.axonframework/axon-modelling@"))
        .noneMatch(url -> url.contains("junit") || url.contains("archunit"));
  }

  private Map<String, JsonNode> boms() throws IOException {
    var found = new HashMap<String, JsonNode>();
    var resources = getClass().getClassLoader().getResources("META-INF/sbom/application.cdx.json");
    for (var resource : Collections.list(resources)) {
      var bom = JSON.readTree(resource.openStream());
      found.put(bom.at("/metadata/component/name").asString(), bom);
    }
    return found;
  }
}
