package dev.muster.standalone.contract;

import java.util.Map;

/**
 * What a Javadoc comment says, in Markdown.
 *
 * @param parameters by the name of each
 */
record Comment(String text, Map<String, String> parameters) {

  static final Comment NONE = new Comment("", Map.of());
}
