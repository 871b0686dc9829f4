package dev.muster.command.instance.web;

import java.util.List;
import java.util.random.RandomGenerator;
import org.springframework.stereotype.Component;

/** Makes up readable names, such as {@code brave-otter-42}. They need not be unique. */
@Component
final class NameMaker {

  private static final List<String> QUALITIES =
      List.of(
          "able", "amber", "bold", "brave", "bright", "brisk", "calm", "clever", "coral", "crisp",
          "eager", "early", "fair", "fleet", "gentle", "glad", "golden", "happy", "hardy", "honest",
          "jolly", "keen", "kind", "lively", "lucid", "merry", "mild", "nimble", "noble", "patient",
          "plucky", "proud", "quick", "quiet", "ready", "royal", "silver", "steady", "sunny",
          "swift", "tidy", "trusty", "vivid", "warm", "wise", "witty", "young", "zesty");
  private static final List<String> ANIMALS =
      List.of(
          "badger", "beaver", "bison", "cheetah", "cobra", "condor", "crane", "deer", "dolphin",
          "eagle", "falcon", "ferret", "finch", "fox", "gazelle", "gecko", "heron", "ibex",
          "jackal", "kestrel", "koala", "lark", "lemur", "lynx", "marmot", "marten", "moose",
          "newt", "ocelot", "orca", "osprey", "otter", "owl", "panda", "pelican", "puffin", "raven",
          "robin", "salmon", "seal", "shrew", "sparrow", "stoat", "swan", "tapir", "turtle",
          "walrus", "wren");

  private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");

  synchronized String make() {
    return "%s-%s-%d".formatted(one(QUALITIES), one(ANIMALS), 10 + random.nextInt(90));
  }

  private String one(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }
}
