package dev.muster.command.instance;

/** What is kept in memory as long as there is room for it. */
public interface Weighed {

  /** About how many bytes it takes. */
  int weight();
}
