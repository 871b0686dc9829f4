package dev.muster.cli.audit;

import dev.muster.cli.api.Api;
import dev.muster.cli.api.Call;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Rows as a server sends them; tells a connection that breaks from a disk that is full. */
final class AnsweredRows extends FilterInputStream {

  /** The connection broke, or there was none. */
  static final class BrokenException extends IOException {

    private static final long serialVersionUID = 1L;

    BrokenException(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  AnsweredRows(Api api, Call call) throws BrokenException {
    super(opened(api, call));
  }

  private static InputStream opened(Api api, Call call) throws BrokenException {
    try {
      return api.body(call);
    } catch (IOException e) {
      throw new BrokenException(e);
    }
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    try {
      return in.read(bytes, from, length);
    } catch (IOException e) {
      throw new BrokenException(e);
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      // What was read is whole: each row is held against its hash.
    }
  }
}
