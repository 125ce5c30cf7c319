package dev.jmr.model.template;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.error.TemplateLimitException;
import dev.jmr.model.template.library.Globals;
import dev.jmr.model.template.limit.Budget;
import dev.jmr.model.template.render.Program;
import dev.jmr.model.template.syntax.Parser;
import dev.jmr.model.template.syntax.SyntaxOptions;
import dev.jmr.model.template.value.Conversion;
import dev.jmr.model.template.value.Value;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A compiled Jinja2 template. Immutable; any number of threads may render it at the same time.
///
/// The language is that of Jinja2 3.1 with what Hugging Face adds for chat templates: `raise_exception`,
/// `strftime_now`, `tojson` without escaping, `generation`, `break` and `continue`, and also `do` and the methods that
/// change lists and dictionaries. There are no other templates to include or to extend, and nothing is escaped for
/// HTML. What a template may use is limited; it cannot reach a Java object.
public final class Template {
  private final Program program;
  private final Map<String, Value> globals;
  private final TemplateOptions options;

  private Template(Program program, Map<String, Value> globals, TemplateOptions options) {
    this.program = program;
    this.globals = globals;
    this.options = options;
  }

  /// Reads and compiles a template.
  ///
  /// @throws dev.jmr.model.template.error.TemplateSyntaxException if it is not one, or uses a tag, filter or test that
  ///     is not known; with line and column
  /// @throws TemplateLimitException if it is too long or nested too deeply
  public static Template compile(String source, TemplateOptions options) {
    SyntaxOptions syntax =
        new SyntaxOptions(
            options.trimBlocks(), options.lstripBlocks(), options.keepTrailingNewline());
    try {
      Program program = Program.compile(Parser.parse(source, syntax, options.limits()));
      return new Template(program, Globals.of(options.clock()), options);
    } catch (StackOverflowError e) {
      throw outOfStack(e);
    }
  }

  /// Renders the template.
  ///
  /// @param variables by name: `null`, booleans, numbers, strings, lists, and maps with string keys
  /// @throws dev.jmr.model.template.error.RaisedException if the template refuses its input, with its own message
  /// @throws TemplateLimitException if a limit is reached
  /// @throws TemplateException if anything else fails, or a variable has another type
  public String render(Map<String, ? extends @Nullable Object> variables) {
    Budget budget = new Budget(options.limits());
    try {
      return program.run(name -> variable(name, variables, budget), budget);
    } catch (StackOverflowError e) {
      throw outOfStack(e);
    }
  }

  private @Nullable Value variable(
      String name, Map<String, ? extends @Nullable Object> variables, Budget budget) {
    return variables.containsKey(name)
        ? Conversion.of(variables.get(name), budget)
        : globals.get(name);
  }

  /// The depth limits keep the stack small; this is for threads that have an even smaller one.
  private static TemplateException outOfStack(StackOverflowError cause) {
    TemplateLimitException error =
        new TemplateLimitException("template limit: nesting depth exceeds the thread's stack");
    error.initCause(cause);
    return error;
  }
}
