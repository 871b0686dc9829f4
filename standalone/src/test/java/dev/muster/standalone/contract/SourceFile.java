package dev.muster.standalone.contract;

import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** The Javadoc of one file of this repository, by class and method. */
record SourceFile(Map<String, Comment> comments) {

  private static final Path REPOSITORY = Path.of("..");

  static SourceFile of(Class<?> type) {
    var java = type.getName().replace('.', '/') + ".java";
    try (var modules = Files.list(REPOSITORY)) {
      var file =
          modules
              .map(module -> module.resolve("src/main/java").resolve(java))
              .filter(Files::exists)
              .findFirst();
      return new SourceFile(file.isPresent() ? read(file.get()) : Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param member name of a method, or empty for the class itself
   */
  Comment comment(Class<?> type, String member) {
    return comments.getOrDefault(type.getSimpleName() + "#" + member, Comment.NONE);
  }

  private static Map<String, Comment> read(Path file) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var comments = new HashMap<String, Comment>();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var task =
          (JavacTask)
              compiler.getTask(null, files, null, null, null, files.getJavaFileObjects(file));
      var scanner = new Scanner(DocTrees.instance(task), comments);
      task.parse().forEach(unit -> scanner.scan(unit, ""));
    }
    return comments;
  }

  private static final class Scanner extends TreePathScanner<Void, String> {

    private final DocTrees docs;
    private final Map<String, Comment> comments;

    Scanner(DocTrees docs, Map<String, Comment> comments) {
      this.docs = docs;
      this.comments = comments;
    }

    @Override
    public Void visitClass(ClassTree node, String around) {
      keep(node.getSimpleName() + "#");
      return super.visitClass(node, node.getSimpleName().toString());
    }

    @Override
    public Void visitMethod(MethodTree node, String around) {
      keep(around + "#" + node.getName());
      return super.visitMethod(node, around);
    }

    private void keep(String name) {
      var comment = docs.getDocCommentTree(getCurrentPath());
      if (comment != null) {
        var parameters = new HashMap<String, String>();
        for (var tag : comment.getBlockTags()) {
          if (tag instanceof ParamTree parameter) {
            parameters.put(parameter.getName().toString(), markdown(parameter.getDescription()));
          }
        }
        comments.put(name, new Comment(markdown(comment.getFullBody()), parameters));
      }
    }
  }

  private static String markdown(List<? extends DocTree> parts) {
    return parts.stream()
        .flatMap(SourceFile::markdown)
        .reduce("", String::concat)
        .replaceAll("\\s+", " ")
        .strip();
  }

  private static Stream<String> markdown(DocTree part) {
    return switch (part) {
      case LiteralTree literal when literal.getKind() == DocTree.Kind.CODE ->
          Stream.of("`" + literal.getBody().getBody().strip() + "`");
      case LinkTree link -> Stream.of("`" + link.getReference() + "`");
      default -> Stream.of(part.toString());
    };
  }
}
