import { assertEquals, assertThrows } from "@std/assert";
import { jsonKeys } from "../../src/files/json_keys.ts";

Deno.test("Keys come in the order of the text, those that look like numbers too", () => {
  assertEquals(jsonKeys('{"b": 1, "10": 2, "a" : {"x": 3}, "2":[{"y":4}]}'), ["b", "10", "a", "2"]);
  assertEquals(jsonKeys(" {} "), []);
});

Deno.test("Strings that look like keys or braces are not taken for them", () => {
  assertEquals(jsonKeys('{"a": "b: {", "c\\"}": ["d", "e\\\\"], "f\\u0067": "\\\\"}'), ["a", 'c"}', "fg"]);
});

Deno.test("A key that an object has twice is refused, however it is written and wherever it stands", () => {
  for (const text of ['{"a":1,"b":2,"a":3}', '{"a":1,"\\u0061":2}', '{"x":[{"a":1,"a":1}]}']) {
    assertThrows(() => jsonKeys(text), RangeError, 'expected each key once, received "a" twice');
  }
  assertEquals(jsonKeys('{"a":{"a":{"a":1}},"b":{"a":1}}'), ["a", "b"]);
});
