package dev.muster.command.instance.web;

import static java.util.Objects.requireNonNullElse;
import static java.util.Objects.requireNonNullElseGet;

import dev.muster.events.instance.InstanceSpec;
import dev.muster.events.instance.Labels;
import dev.muster.events.instance.RestartPolicy;
import dev.muster.web.body.BodyFields;
import dev.muster.web.body.ValidationErrors;
import dev.muster.web.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The body of {@code POST /api/instances}: every field checked, everything wrong said at once. */
final class CreateBody {

  static final int NAME_LENGTH = 100;
  static final int IMAGE_LENGTH = 255;
  static final int ARGUMENTS = 64;
  static final int VARIABLES = 256;
  static final int CPUS = 64;
  static final int LEAST_MEMORY_MB = 16;
  static final int MOST_MEMORY_MB = 1_048_576;
  static final int MOST_DISK_MB = 16_777_216;

  /** More than Linux has. */
  static final int MOST_PIDS = 4_194_304;

  static final int LONGEST_STOP_SECS = 600;

  /** What an operating system can hand to a process. */
  static final String PASSABLE = "^[^\\u0000\\ud800-\\udfff]*$";

  static final String VARIABLE_NAME = "^[^=\\u0000\\ud800-\\udfff]+$";
  private static final Pattern VARIABLE = Pattern.compile(VARIABLE_NAME);
  private static final Set<String> FIELDS =
      Set.of(
          "name",
          "region",
          "image",
          "command",
          "env",
          "cpus",
          "memory_mb",
          "disk_mb",
          "pids",
          "stop_timeout",
          "restart_policy",
          "labels");

  private final BodyFields fields;

  private CreateBody(BodyFields fields) {
    this.fields = fields;
  }

  /**
   * @param body null when there is none, which leaves everything to the platform
   * @param defaultRegion of a body that names none
   * @param names makes up the name of a body that has none
   * @throws ProblemException that names every mistake by its JSON pointer
   */
  static InstanceSpec read(@Nullable JsonNode body, String defaultRegion, Supplier<String> names) {
    return new CreateBody(BodyFields.of(body, FIELDS)).spec(defaultRegion, names);
  }

  private InstanceSpec spec(String defaultRegion, Supplier<String> names) {
    return fields.complete(
        new InstanceSpec(
            requireNonNullElseGet(fields.line("name", NAME_LENGTH), names),
            requireNonNullElse(fields.line("region", NAME_LENGTH), defaultRegion),
            fields.line("image", IMAGE_LENGTH),
            command(),
            env(),
            cpus(),
            whole("memory_mb", LEAST_MEMORY_MB, MOST_MEMORY_MB),
            whole("disk_mb", 1, MOST_DISK_MB),
            whole("pids", 1, MOST_PIDS),
            whole("stop_timeout", 0, LONGEST_STOP_SECS),
            restartPolicy(),
            labels()));
  }

  private List<String> command() {
    var value = fields.given("command");
    if (value == null) {
      return List.of();
    }
    if (!value.isArray()) {
      fields.mistake("/command", "an array of text is needed here");
      return List.of();
    }
    if (value.size() > ARGUMENTS) {
      fields.mistake("/command", "it takes up to %d items".formatted(ARGUMENTS));
      return List.of();
    }
    var items = value.valueStream().toList();
    for (int index = 0; index < items.size(); index++) {
      argument("/command/" + index, items.get(index), index == 0);
    }
    return items.stream().filter(JsonNode::isString).map(JsonNode::stringValue).toList();
  }

  private void argument(String pointer, JsonNode item, boolean program) {
    if (program && item.isString() && item.stringValue().isBlank()) {
      fields.mistake(pointer, "the program must not be empty");
    } else {
      passable(pointer, item);
    }
  }

  private Map<String, String> env() {
    var value = fields.given("env");
    var env = new LinkedHashMap<String, String>();
    if (value == null) {
      return env;
    }
    if (!value.isObject()) {
      fields.mistake("/env", "an object of text is needed here");
    } else if (value.size() > VARIABLES) {
      fields.mistake("/env", "it takes up to %d variables".formatted(VARIABLES));
    } else {
      value.properties().forEach(variable -> variable(env, variable.getKey(), variable.getValue()));
    }
    return env;
  }

  private void variable(Map<String, String> env, String name, JsonNode value) {
    var pointer = "/env" + ValidationErrors.pointer(name);
    if (!VARIABLE.matcher(name).matches()) {
      fields.mistake(
          pointer, "a variable's name is not empty, and holds neither =, NUL nor half a character");
    } else if (passable(pointer, value)) {
      env.put(name, value.stringValue());
    }
  }

  /** Whether an operating system can hand it to a process. */
  private boolean passable(String pointer, JsonNode value) {
    if (!value.isString()) {
      fields.mistake(pointer, "text is needed here");
      return false;
    }
    var text = value.stringValue();
    if (text.indexOf('\0') >= 0 || text.codePoints().anyMatch(CreateBody::isSurrogate)) {
      fields.mistake(pointer, "it takes neither NUL nor half a character");
      return false;
    }
    return true;
  }

  private @Nullable Double cpus() {
    var value = fields.given("cpus");
    if (value == null) {
      return null;
    }
    if (!value.isNumber()) {
      fields.mistake("/cpus", "a number is needed here");
    } else if (!(value.doubleValue() > 0 && value.doubleValue() <= CPUS)) {
      fields.mistake("/cpus", "it takes more than 0, and up to %d".formatted(CPUS));
    }
    return value.asDouble(0);
  }

  private @Nullable Integer whole(String field, int least, int most) {
    var value = fields.whole(field, least, most);
    return value == null ? null : value.intValue();
  }

  private RestartPolicy restartPolicy() {
    var value = fields.given("restart_policy");
    if (value == null) {
      return RestartPolicy.NEVER;
    }
    var policy =
        value.isString()
            ? RestartPolicy.find(value.stringValue())
            : Optional.<RestartPolicy>empty();
    if (policy.isEmpty()) {
      var known =
          Stream.of(RestartPolicy.values())
              .map(RestartPolicy::toString)
              .collect(Collectors.joining(", "));
      fields.mistake("/restart_policy", "it takes one of " + known);
    }
    return policy.orElse(RestartPolicy.NEVER);
  }

  private Map<String, String> labels() {
    var value = fields.given("labels");
    var labels = new LinkedHashMap<String, String>();
    if (value == null) {
      return labels;
    }
    if (!value.isObject()) {
      fields.mistake("/labels", "an object of text is needed here");
    } else if (value.size() > Labels.AT_MOST) {
      fields.mistake("/labels", "it takes up to %d labels".formatted(Labels.AT_MOST));
    } else {
      value.properties().forEach(label -> label(labels, label.getKey(), label.getValue()));
    }
    return labels;
  }

  private void label(Map<String, String> labels, String key, JsonNode value) {
    var pointer = "/labels" + ValidationErrors.pointer(key);
    if (!Labels.isKey(key)) {
      fields.mistake(
          pointer,
          "a label's key has up to %d letters, digits, '-', '_', '.' and '/', and begins and ends with a letter or digit"
              .formatted(Labels.LENGTH));
    } else if (!value.isString() || !Labels.isValue(value.stringValue())) {
      fields.mistake(
          pointer,
          "a label's value is empty, or has up to %d letters, digits, '-', '_' and '.', and begins and ends with a letter or digit"
              .formatted(Labels.LENGTH));
    } else {
      labels.put(key, value.stringValue());
    }
  }

  private static boolean isSurrogate(int character) {
    return Character.getType(character) == Character.SURROGATE;
  }
}
