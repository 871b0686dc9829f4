package dev.muster.infrastructure.documents;

import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.Document;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/** Values of BSON as keys, in MongoDB's order. */
final class BsonKey extends BasicDataType<Object> {

  static final BsonKey TYPE = new BsonKey();

  private static final int OBJECT = 64;
  private static final byte TEXT = 0;
  private static final byte OTHER = 1;
  private static final String FIELD = "k";

  private BsonKey() {}

  @Override
  public int compare(Object a, Object b) {
    return a instanceof String one && b instanceof String other
        ? one.compareTo(other)
        : ValueComparator.ascWithoutListHandling().compare(a, b);
  }

  @Override
  public int getMemory(Object key) {
    return key instanceof String text ? OBJECT + 2 * text.length() : 2 * OBJECT;
  }

  @Override
  public void write(WriteBuffer to, Object key) {
    if (key instanceof String text) {
      to.put(TEXT).putVarInt(text.length()).putStringData(text, text.length());
    } else {
      var bytes = BsonBytes.of(new Document(FIELD, key));
      to.put(OTHER).putVarInt(bytes.length).put(bytes);
    }
  }

  @Override
  public Object read(ByteBuffer from) {
    if (from.get() == TEXT) {
      return DataUtils.readString(from);
    }
    var bytes = new byte[DataUtils.readVarInt(from)];
    from.get(bytes);
    return Objects.requireNonNull(BsonBytes.read(bytes).get(FIELD));
  }

  @Override
  public Object[] createStorage(int size) {
    return new Object[size];
  }
}
