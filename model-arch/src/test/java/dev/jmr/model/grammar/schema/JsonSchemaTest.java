package dev.jmr.model.grammar.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.model.grammar.Grammar;
import dev.jmr.model.grammar.GrammarException;
import dev.jmr.model.grammar.GrammarMatcher;
import dev.jmr.model.grammar.SmallVocabulary;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonSchemaTest {
  private static final int SAMPLES = 40;

  private static Arguments row(String schema, List<String> matching, List<String> others) {
    return Arguments.of(schema.replace('\'', '"'), quoted(matching), quoted(others));
  }

  private static List<String> quoted(List<String> texts) {
    return texts.stream().map(text -> text.replace('\'', '"')).toList();
  }

  static List<Arguments> keywords() {
    return List.of(
        row("true", List.of("1", "{'a':[]}", "null", "'x'"), List.of("", "{", "01")),
        row("{}", List.of("1", "{'a':[]}", "[true, 1.5e3]"), List.of("[1,]", "1e400")),
        row("{'type':'null'}", List.of("null"), List.of("0")),
        row("{'type':'boolean'}", List.of("true", "false"), List.of("null")),
        row("{'type':['string','null']}", List.of("null", "'a'"), List.of("1")),
        row("{'type':'integer'}", List.of("0", "-12"), List.of("01", "1.5", "-0")),
        row("{'type':'number'}", List.of("0", "-12.50", "1e5", "-0"), List.of("01", ".5", "1.")),
        row(
            "{'type':'integer','minimum':3,'maximum':120}",
            List.of("3", "9", "10", "99", "120"),
            List.of("2", "121", "0", "-5", "1000", "03")),
        row(
            "{'type':'integer','minimum':-12,'exclusiveMaximum':5}",
            List.of("-12", "-1", "0", "4"),
            List.of("-13", "5", "-120", "-0")),
        row(
            "{'type':'integer','exclusiveMinimum':99}",
            List.of("100", "123456"),
            List.of("99", "-100")),
        row("{'type':'integer','maximum':-5}", List.of("-5", "-100"), List.of("-4", "0", "5")),
        row(
            "{'type':'integer','multipleOf':7,'minimum':10}",
            List.of("14", "700"),
            List.of("7", "15", "0")),
        row("{'type':'integer','multipleOf':2.5}", List.of("5", "-10", "0"), List.of("2", "1")),
        row(
            "{'type':'integer','multipleOf':100000,'minimum':0,'maximum':300000}",
            List.of("0", "100000", "300000"),
            List.of("150000", "400000")),
        row(
            "{'type':'number','multipleOf':0.05,'minimum':0,'maximum':1}",
            List.of("0.00", "0.15", "1.00"),
            List.of("0.01", "1.05", "-0.05")),
        row(
            "{'type':'number','minimum':0.5,'maximum':2.25}",
            List.of("0.5", "0.50001", "1", "1.99", "2", "2.25", "2.250"),
            List.of("0.4", "0", "2.26", "2.2500001", "3", "-1")),
        row(
            "{'type':'number','exclusiveMinimum':0,'exclusiveMaximum':1}",
            List.of("0.1", "0.0001", "0.999"),
            List.of("0", "0.0", "1", "-0.5")),
        row(
            "{'type':'number','minimum':-1.5}",
            List.of("-1.5", "-1.4", "-0.1", "0", "7.25"),
            List.of("-1.6", "-2")),
        row("{'minimum':5}", List.of("5", "6.5"), List.of("4", "'x'")),
        row(
            "{'type':'string'}",
            List.of("''", "'a\\n\\u00e9é😀'", "'\\ud83d\\ude00'"),
            List.of("'\n'", "'\\ud83d'", "'\\x'", "'")),
        row(
            "{'type':'string','minLength':2,'maxLength':3}",
            List.of("'ab'", "'é😀\\n'"),
            List.of("'a'", "'abcd'")),
        row("{'type':'string','maxLength':0}", List.of("''"), List.of("'a'")),
        row("{'type':'string','pattern':'^[a-c]+$'}", List.of("'abc'"), List.of("''", "'d'")),
        row(
            "{'type':'string','pattern':'b+'}",
            List.of("'b'", "'abba'", "'x\\n\\\"b'"),
            List.of("'a'")),
        row("{'type':'string','pattern':'^a|b$'}", List.of("'ax'", "'xb'"), List.of("'xa'")),
        row(
            "{'type':'string','pattern':'^\\\\d{3}-\\\\w$'}",
            List.of("'123-x'"), List.of("'12-x'")),
        row(
            "{'type':'string','pattern':'^.*$','maxLength':2}",
            List.of("''", "'\\\\'", "'\\\"a'"),
            List.of("'abc'", "'\\n'")),
        row(
            "{'type':'string','pattern':'^[a-z]*$','minLength':2,'maxLength':3}",
            List.of("'ab'", "'abc'"),
            List.of("'a'", "'abcd'", "'AB'")),
        row(
            "{'type':'string','format':'date'}",
            List.of("'2024-02-29'", "'2023-12-31'"),
            List.of("'2023-02-29'", "'1900-02-29'", "'2023-13-01'")),
        row(
            "{'type':'string','format':'date-time'}",
            List.of(
                "'2024-02-29T23:59:59.5+02:00'",
                "'2023-12-31T00:00:00Z'",
                "'2023-12-31T00:00:00-00:30'"),
            List.of("'2023-12-31'", "'2023-12-31T00:00:00-00:00'")),
        row(
            "{'type':'string','format':'uuid'}",
            List.of("'123e4567-e89b-12d3-a456-426614174000'"),
            List.of("'123'")),
        row(
            "{'type':'string','format':'ipv4'}",
            List.of("'255.0.10.1'"),
            List.of("'256.0.0.1'", "'01.1.1.1'")),
        row(
            "{'type':'string','format':'email','maxLength':12}",
            List.of("'a@b.cd'"),
            List.of("'a@b'", "'aaaaaaaa@b.cd'")),
        row("{'type':'string','format':'password'}", List.of("'x'"), List.of("x")),
        row(
            "{'enum':['a',1,null,{'b':[1,2]}]}",
            List.of("'a'", "1", "null", "{'b':[1,2]}"),
            List.of("'b'", "2")),
        row("{'const':'a\\u0022b'}", List.of("'a\\\"b'"), List.of("'a'")),
        row("{'type':'string','enum':['a',1,'b']}", List.of("'a'", "'b'"), List.of("1")),
        row(
            "{'enum':['a','abc',5],'minLength':2,'type':'string'}",
            List.of("'abc'"),
            List.of("'a'", "5")),
        row("{'type':'object'}", List.of("{}", "{'a':1, 'b':{}}"), List.of("[]", "{'a'}")),
        row(
            "{'type':'object','properties':{'a':{'type':'integer'},'b':{'type':'string'},'c':true},'required':['b']}",
            List.of(
                "{'b':'x'}",
                "{ 'a' : 1, 'b': '' , 'c':[]}".replace(" ,", ","),
                "{'b':'','c':null}"),
            List.of("{}", "{'a':1}", "{'b':'x','a':1}", "{'b':'x',}", "{'b':'x','d':1}")),
        row(
            "{'properties':{'a':{'type':'integer'},'b':{'type':'integer'}}}",
            List.of("{}", "{'a':1}", "{'b':1}", "{'a':1,'b':2}"),
            List.of("{,}", "{'b':1,'a':2}", "{'c':1}")),
        row(
            "{'properties':{'a':{'type':'integer'}},'additionalProperties':{'type':'boolean'}}",
            List.of("{'a':1}", "{'b':true}", "{'a':1,'b':true,'aa':false}", "{'':true}"),
            List.of("{'b':1}", "{'b':true,'a':1}", "{'a':true}")),
        row(
            "{'type':'object','additionalProperties':false}",
            List.of("{}", "{ }"),
            List.of("{'a':1}")),
        row(
            "{'type':'object','additionalProperties':{'type':'null'},'minProperties':1,'maxProperties':2}",
            List.of("{'a':null}", "{'a':null,'b':null}"),
            List.of("{}", "{'a':null,'b':null,'c':null}")),
        row(
            "{'properties':{'a':true,'b':true,'c':true},'minProperties':2,'maxProperties':2}",
            List.of("{'a':1,'b':1}", "{'a':1,'c':1}", "{'b':1,'c':1}"),
            List.of("{}", "{'a':1}", "{'a':1,'b':1,'c':1}")),
        row(
            "{'type':'object','required':['x']}",
            List.of("{'x':1}", "{'x':1,'y':2}"),
            List.of("{}", "{'y':1}")),
        row(
            "{'type':'object','patternProperties':{'^x-':{'type':'integer'}}}",
            List.of("{}", "{'x-a':1}"),
            List.of("{'y':1}", "{'x-a':'b'}")),
        row(
            "{'type':'object','propertyNames':{'maxLength':2},'additionalProperties':{'type':'null'}}",
            List.of("{'ab':null}"),
            List.of("{'abc':null}")),
        row("{'type':'object','unevaluatedProperties':false}", List.of("{}"), List.of("{'a':1}")),
        row(
            "{'properties':{'a':{'type':'integer'},'b':false}}",
            List.of("{'a':1}"),
            List.of("{'b':1}")),
        row("{'type':'array'}", List.of("[]", "[1,'a', {}]"), List.of("{}", "[1 2]")),
        row(
            "{'type':'array','items':{'type':'integer'}}",
            List.of("[]", "[ 1, 2 ]"),
            List.of("['a']")),
        row(
            "{'items':{'type':'integer'},'minItems':2,'maxItems':3}",
            List.of("[1,2]", "[1,2,3]"),
            List.of("[1]", "[1,2,3,4]", "[]")),
        row("{'items':{'type':'integer'},'maxItems':0}", List.of("[]"), List.of("[1]")),
        row(
            "{'prefixItems':[{'type':'integer'},{'type':'string'}]}",
            List.of("[]", "[1]", "[1,'a']"),
            List.of("['a']", "[1,'a',2]")),
        row(
            "{'prefixItems':[{'type':'integer'}],'items':{'type':'string'},'minItems':2}",
            List.of("[1,'a']", "[1,'a','b']"),
            List.of("[1]", "[1,2]")),
        row(
            "{'prefixItems':[{'type':'integer'}],'minItems':3}",
            List.of("[1,'a',null]"),
            List.of("[1]", "['a',1,2]")),
        row(
            "{'type':'array','uniqueItems':true,'maxItems':1}",
            List.of("[]", "[1]"),
            List.of("[1,1]")),
        row(
            "{'anyOf':[{'type':'integer'},{'type':'string','maxLength':1}]}",
            List.of("1", "'a'"),
            List.of("'ab'", "null")),
        row(
            "{'anyOf':[{'required':['a']},{'required':['b']}],'properties':{'a':{'type':'null'},'b':{'type':'null'}}}",
            List.of("{'a':null}", "{'b':null}", "{'a':null,'b':null}"),
            List.of("{}")),
        row(
            "{'oneOf':[{'type':'integer'},{'type':'string'}]}",
            List.of("1", "'a'"),
            List.of("null")),
        row(
            "{'oneOf':[{'properties':{'k':{'const':'a'},'x':{'type':'integer'}},'required':['k']},{'properties':{'k':{'const':'b'}},'required':['k']}]}",
            List.of("{'k':'a','x':1}", "{'k':'b'}"),
            List.of("{'k':'b','x':1}", "{}")),
        row(
            "{'oneOf':[{'properties':{'a':{'type':'integer'}},'required':['a'],'additionalProperties':false},{'properties':{'b':{'type':'integer'}},'required':['b'],'additionalProperties':false}]}",
            List.of("{'a':1}", "{'b':1}"),
            List.of("{'a':1,'b':1}")),
        row(
            "{'oneOf':[{'type':'integer','maximum':3},{'type':'integer','minimum':5}]}",
            List.of("3", "5"),
            List.of("4")),
        row(
            "{'allOf':[{'properties':{'a':{'type':'integer'}},'required':['a']},{'properties':{'b':{'type':'integer'},'a':{'minimum':3}}}]}",
            List.of("{'a':3}", "{'a':4,'b':1}"),
            List.of("{'a':2}", "{'b':1}")),
        row(
            "{'allOf':[{'enum':[1,2,3]},{'enum':[2,3,4]},{'minimum':3}]}",
            List.of("3"),
            List.of("2", "4")),
        row(
            "{'allOf':[{'pattern':'^a'},{'pattern':'b$'}],'type':'string'}",
            List.of("'ab'", "'axb'"),
            List.of("'a'", "'b'")),
        row(
            "{'$ref':'#/$defs/n','$defs':{'n':{'type':'integer','minimum':0}}}",
            List.of("0"),
            List.of("-1")),
        row(
            "{'$ref':'#/$defs/n','maximum':3,'$defs':{'n':{'type':'integer','minimum':0}}}",
            List.of("3"),
            List.of("-1", "4")),
        row(
            "{'type':'object','properties':{'v':{'type':'integer'},'next':{'anyOf':[{'$ref':'#'},{'type':'null'}]}},'required':['v','next']}",
            List.of("{'v':1,'next':{'v':2,'next':null}}"),
            List.of("{'v':1}", "{'v':1,'next':{}}")),
        row(
            "{'$defs':{'t~/':{'type':'object','properties':{'c':{'type':'array','items':{'$ref':'#/$defs/t~0~1'}}}}},'$ref':'#/$defs/t~0~1'}",
            List.of("{'c':[{},{'c':[]}]}"),
            List.of("{'c':[1]}")),
        row(
            "{'title':'x','description':'y','default':1,'examples':[],'type':'integer','x-foo':1}",
            List.of("1"),
            List.of("'a'")));
  }

  @ParameterizedTest
  @MethodSource("keywords")
  void holdsToTheKeyword(String schema, List<String> matching, List<String> others) {
    Grammar grammar = JsonSchema.compile(schema);
    assertThat(matching).allMatch(grammar::matches);
    assertThat(others).noneMatch(grammar::matches);
    SchemaValidator validator = new SchemaValidator(schema);
    assertThat(matching).allSatisfy(text -> assertThat(validator.errors(text)).isEmpty());
  }

  @ParameterizedTest
  @MethodSource("keywords")
  void whatIsSampledIsValid(String schema, List<String> matching, List<String> others) {
    GrammarMatcher matcher = new GrammarMatcher(JsonSchema.compile(schema), SmallVocabulary.json());
    SchemaValidator validator = new SchemaValidator(schema);
    Random random = new Random(schema.hashCode());
    int ended = 0;
    for (int i = 0; i < SAMPLES; i++) {
      String text = SmallVocabulary.sample(matcher, random, 400, 0.5);
      if (!text.isEmpty()) {
        ended++;
        assertThat(validator.errors(text)).as(text).isEmpty();
      }
    }
    assertThat(ended).isPositive();
    assertThat(others).isNotEmpty();
  }

  private static Arguments refusal(String schema, String message) {
    return Arguments.of(schema.replace('\'', '"'), message);
  }

  static List<Arguments> refused() {
    return List.of(
        refusal("1", "#: expected a schema: an object, true or false, got 1"),
        refusal("false", "#: nothing satisfies this schema"),
        refusal(
            "{'type':'int'}",
            "#/type: expected one of [object, array, string, number, integer, boolean, null], got 'int'"),
        refusal(
            "{'properties':{'a':{'not':{}}}}",
            "#/properties/a/not: 'not' is not supported; leave it out"),
        refusal(
            "{'properties':{'a/b':{'if':{}}}}",
            "#/properties/a~1b/if: 'if' is not supported; leave it out"),
        refusal(
            "{'$ref':'http://x/y'}",
            "#/$ref: expected a reference within the document (#/…), got 'http://x/y'"),
        refusal("{'$ref':'#/$defs/a'}", "#/$defs/a: reference '#/$defs/a' leads nowhere"),
        refusal(
            "{'$ref':'#'}",
            "#: '#' begins with itself (left recursion): expected something in front; write a repetition instead"),
        refusal(
            "{'items':{'uniqueItems':true}}",
            "#/items/uniqueItems: 'uniqueItems' is supported with maxItems up to 1 only"),
        refusal(
            "{'pattern':'(?=a)'}",
            "#/pattern: at 1:1: regular expression: look-around, flags and other special groups are not supported"),
        refusal(
            "{'items':{'$id':'x'}}",
            "#/items/$id: '$id' is supported at the root only; references are read from there"),
        refusal("{'format':'iban'}", ""),
        refusal(
            "{'type':'integer','minimum':5,'maximum':4}", "#: no number is within these bounds"),
        refusal("{'minLength':'x'}", "#/minLength: expected a number, got \"x\""),
        refusal(
            "{'minItems':-1}", "#/minItems: expected a whole number that is not negative, got -1"),
        refusal("{'enum':[]}", "#: nothing satisfies this schema"),
        refusal(
            "{'required':['a'],'additionalProperties':false}",
            "#/required: 'a' is required, but nothing satisfies it"),
        refusal(
            "{'oneOf':[{'type':'integer'},{'type':'number'}]}",
            "#/oneOf/0: a text may satisfy alternative 1, too; use anyOf, or tell them apart by type or by a required property with different const values"),
        refusal(
            "{'allOf':[{'multipleOf':2},{'multipleOf':3}]}",
            "#/allOf/1/multipleOf: 'multipleOf' of several schemas cannot be merged"),
        refusal(
            "{'allOf':[{'$ref':'#'}]}",
            "#: references and 'allOf' lead around in circles, or too far"),
        refusal(
            "{'properties':{'a':{'$ref':'#'}},'required':['a']}",
            "can never end: expected a way to finish it in finite text"),
        refusal("{'maxLength':200000}", "#/maxLength: expected at most 100000, got 200000"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void tellsWhatItCannotHoldTo(String schema, String message) {
    assertThatThrownBy(() -> JsonSchema.compile(schema))
        .isInstanceOfSatisfying(
            GrammarException.class, e -> assertThat(e.location()).startsWith("#"))
        .hasMessageContaining(message);
  }

  @Test
  void jsonModeIsAnyObject() {
    Grammar grammar = JsonSchema.anyObject(dev.jmr.model.grammar.GrammarLimits.STANDARD);
    assertThat(List.of("{}", "{\"a\": [1, {\"b\": null}]}")).allMatch(grammar::matches);
    assertThat(List.of("[]", "1", "{\"a\":}", "{\n}")).noneMatch(grammar::matches);
  }
}
