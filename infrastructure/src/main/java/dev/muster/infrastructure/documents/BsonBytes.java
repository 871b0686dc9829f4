package dev.muster.infrastructure.documents;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.Unpooled;

/** Documents as they stand in the store: in BSON. */
final class BsonBytes {

  private static final int USUAL_SIZE = 1 << 10;

  private BsonBytes() {}

  static byte[] of(Document document) {
    var buffer = Unpooled.buffer(USUAL_SIZE);
    BsonEncoder.encodeDocument(document, buffer);
    var bytes = new byte[buffer.readableBytes()];
    buffer.readBytes(bytes);
    return bytes;
  }

  /**
   * @throws DamagedDocumentException when they are no document
   */
  static Document read(byte[] bytes) {
    try {
      return BsonDecoder.decodeBson(Unpooled.wrappedBuffer(bytes));
    } catch (RuntimeException e) {
      throw new DamagedDocumentException(e);
    }
  }
}
