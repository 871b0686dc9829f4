package load;

import java.util.function.Supplier;
import machine.ProcessFiles;

/**
 * What the client itself cost beside a load: it must leave the cores to what is measured.
 *
 * @param share of all cores, 0 to 1
 * @param micros of CPU for a call
 */
public record Client(Load load, double share, double micros) {

  public static Client of(Supplier<Load> driven) {
    double before = ProcessFiles.ownCpuMillis();
    long begun = System.nanoTime();
    var load = driven.get();
    double used = ProcessFiles.ownCpuMillis() - before;
    double all = (System.nanoTime() - begun) / 1e6 * Runtime.getRuntime().availableProcessors();
    return new Client(load, used / all, used * 1000 / Math.max(1, load.all()));
  }
}
