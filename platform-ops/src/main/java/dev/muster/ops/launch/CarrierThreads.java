package dev.muster.ops.launch;

/**
 * How many platform threads carry the virtual ones of a service. A virtual thread that loads a
 * class keeps its carrier while it waits for a monitor (JEP 491). With a carrier for each core, as
 * is the default, few of those can wait for ever for one that finds no carrier.
 */
public final class CarrierThreads {

  private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";
  private static final String ENOUGH = "64";

  private CarrierThreads() {}

  /** To be called before there is a virtual thread; what is set already stays. */
  public static void prepare() {
    if (System.getProperty(PARALLELISM) == null) {
      System.setProperty(PARALLELISM, ENOUGH);
    }
  }
}
