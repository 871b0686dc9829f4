package dev.muster.web.contract;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.DigestUtils;

/** A file of the class path, as it was when the service started; caches ask whether it still is. */
record ServedFile(byte[] content, MediaType type, String etag) {

  static ServedFile of(String resource, String type) {
    try {
      var content = new ClassPathResource(resource).getContentAsByteArray();
      var etag = "\"%s\"".formatted(DigestUtils.md5DigestAsHex(content));
      return new ServedFile(content, MediaType.parseMediaType(type), etag);
    } catch (IOException e) {
      throw new UncheckedIOException("this build lacks " + resource, e);
    }
  }

  /** 200 with the content, or 304 for who has it already. */
  ResponseEntity<byte[]> answer(HttpServletResponse response) {
    // Set here, for the framework would add it to the one that every answer has.
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    return ResponseEntity.ok().contentType(type).eTag(etag).body(content);
  }
}
