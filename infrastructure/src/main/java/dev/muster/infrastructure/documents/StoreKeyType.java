package dev.muster.infrastructure.documents;

import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.Document;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/** Keys in the order of their spaces, and then of their parts, which is MongoDB's. */
final class StoreKeyType extends BasicDataType<StoreKey> {

  static final Comparator<Object> PARTS = StoreKeyType::compareParts;

  private static final int OBJECT = 64;
  private static final byte TEXT = 0;
  private static final byte OTHER = 1;
  private static final String FIELD = "k";

  @Override
  public int compare(StoreKey a, StoreKey b) {
    if (a.space() != b.space()) {
      return Integer.compare(a.space(), b.space());
    }
    var shared = Math.min(a.parts().size(), b.parts().size());
    for (int i = 0; i < shared; i++) {
      var compared = compareParts(a.parts().get(i), b.parts().get(i));
      if (compared != 0) {
        return compared;
      }
    }
    return Integer.compare(a.parts().size(), b.parts().size());
  }

  private static int compareParts(Object a, Object b) {
    if (a instanceof String one && b instanceof String other) {
      return one.compareTo(other);
    }
    if (a == StoreKey.AFTER || b == StoreKey.AFTER) {
      return Boolean.compare(a == StoreKey.AFTER, b == StoreKey.AFTER);
    }
    return ValueComparator.ascWithoutListHandling().compare(a, b);
  }

  @Override
  public int getMemory(StoreKey key) {
    int bytes = OBJECT;
    for (var part : key.parts()) {
      bytes += part instanceof String text ? OBJECT + text.length() : OBJECT;
    }
    return bytes;
  }

  @Override
  public void write(WriteBuffer to, StoreKey key) {
    to.putVarInt(key.space()).putVarInt(key.parts().size());
    for (var part : key.parts()) {
      if (part instanceof String text) {
        to.put(TEXT).putVarInt(text.length()).putStringData(text, text.length());
      } else {
        var bytes = BsonBytes.of(new Document(FIELD, part));
        to.put(OTHER).putVarInt(bytes.length).put(bytes);
      }
    }
  }

  @Override
  public StoreKey read(ByteBuffer from) {
    var space = DataUtils.readVarInt(from);
    var parts = new Object[DataUtils.readVarInt(from)];
    Arrays.setAll(parts, _ -> readPart(from));
    return new StoreKey(space, List.of(parts));
  }

  private static Object readPart(ByteBuffer from) {
    if (from.get() == TEXT) {
      return DataUtils.readString(from);
    }
    var bytes = new byte[DataUtils.readVarInt(from)];
    from.get(bytes);
    return Objects.requireNonNull(BsonBytes.read(bytes).get(FIELD));
  }

  @Override
  public StoreKey[] createStorage(int size) {
    return new StoreKey[size];
  }
}
