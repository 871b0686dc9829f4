package scale;

/**
 * One after the other, so that what disturbs the machine meets all of them alike.
 *
 * @param floor durable rows a second
 * @param creations a second
 * @param cpuMillis of JVM and PostgreSQL for a creation, until it is carried out
 * @param median milliseconds of the 201, and {@code worst} its 99th percentile
 * @param healthz answers a second
 * @param one answers a second of GET for one instance
 * @param page milliseconds of the first page, one at a time
 * @param client its share of all cores while it created, and while it asked for /healthz
 */
record Round(
    double floor,
    double creations,
    double cpuMillis,
    double median,
    double worst,
    double healthz,
    double one,
    double page,
    double client,
    double clientAtHealthz) {

  double creationsToFloor() {
    return creations / floor;
  }

  double oneToHealthz() {
    return one / healthz;
  }
}
