package load;

/** Where calls go on this machine, and the API key they bear. */
public record Target(int port, String key) {}
