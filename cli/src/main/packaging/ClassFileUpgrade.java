import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Copies picocli with its classes, which are of Java 5, as those of Java 8: the same code, with
 * stack maps. Java keeps no older ones in an AOT cache, and verifies them the slow way; so this
 * halves the start of the command line.
 *
 * <p>Usage: java ClassFileUpgrade.java CLASSPATH FOLDER
 */
final class ClassFileUpgrade {

  private ClassFileUpgrade() {}

  public static void main(String[] arguments) throws IOException {
    for (var entry : arguments[0].split(File.pathSeparator)) {
      var jar = Path.of(entry);
      if (jar.getFileName().toString().startsWith("picocli-")) {
        Files.createDirectories(Path.of(arguments[1]));
        copy(jar, Path.of(arguments[1]).resolve(jar.getFileName()));
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var jar = new ZipFile(from.toFile());
        var copy = new ZipOutputStream(Files.newOutputStream(to))) {
      for (var entry : jar.stream().toList()) {
        var bytes = jar.getInputStream(entry).readAllBytes();
        var copied = new ZipEntry(entry.getName());
        copied.setTimeLocal(entry.getTimeLocal());
        copy.putNextEntry(copied);
        copy.write(isOfThePackage(entry.getName()) ? upgraded(bytes) : bytes);
        copy.closeEntry();
      }
    }
  }

  private static boolean isOfThePackage(String name) {
    return name.startsWith("picocli/") && name.endsWith(".class");
  }

  private static byte[] upgraded(byte[] original) {
    var reader = new ClassReader(original);
    var writer = new ClassWriter(reader, ClassWriter.COMPUTE_FRAMES);
    reader.accept(new Upgrade(writer), ClassReader.SKIP_FRAMES);
    return writer.toByteArray();
  }

  private static final class Upgrade extends ClassVisitor {

    Upgrade(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        String signature,
        String parent,
        String[] interfaces) {
      super.visit(
          Math.max(version & 0xffff, Opcodes.V1_8), access, name, signature, parent, interfaces);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      // One of its own, as the writer would else copy the method as it is, without stack maps.
      return new MethodVisitor(
          Opcodes.ASM9, super.visitMethod(access, name, descriptor, signature, exceptions)) {};
    }
  }
}
