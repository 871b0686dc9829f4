package dev.muster.cli.output;

import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;

/** The same as the JSON, as YAML. */
final class YamlText {

  private YamlText() {}

  static String of(JsonNode node) {
    var options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setWidth(Integer.MAX_VALUE);
    options.setSplitLines(false);
    options.setAllowUnicode(true);
    return PlainTextLines.harmless(
        new Yaml(options).dump(JsonText.MAPPER.treeToValue(node, Object.class)));
  }
}
