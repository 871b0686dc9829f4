package dev.muster.standalone;

/** Where the embedded servers listen on this machine; 0 takes any port that is free. */
record ServerPorts(int postgresql, int kafka, int mongodb) {

  static final ServerPorts ANY = new ServerPorts(0, 0, 0);

  /** Where services of their own look for them unless told otherwise. */
  static final ServerPorts FIXED = new ServerPorts(15_432, 19_092, 17_017);
}
