"""Conditions, placeholders, values: the small languages of a PipelineSpec."""

import json
import unittest

from mlops_runner.conditions import ConditionError, holds
from mlops_runner.inputs import InputError, Surroundings, resolve
from mlops_runner.outcome import Outcome
from mlops_runner.placeholders import filled
from mlops_runner.values import ValueMismatch, coerce, seconds_of, strict_json, whole


def reference(name):
    return f"inputs.parameter_values['{name}']"


class Conditions(unittest.TestCase):
    def check(self, condition, expected, **parameters):
        self.assertIs(holds(condition, parameters), expected)

    def test_numbers_texts_and_booleans_are_compared(self):
        self.check(f"int({reference('x')}) > 3", True, x=4)
        self.check(f"int({reference('x')}) == 4", True, x=4.0)
        self.check(f"{reference('x')} <= 0.5", True, x=0.5)
        self.check(f"double({reference('x')}) >= -1e-05", True, x=0)
        self.check(f"{reference('x')} == true", False, x=False)
        self.check(f"{reference('x')} != 'a'", True, x="b")
        self.check(f"{reference('x')} < {reference('y')}", True, x="a", y="b")

    def test_true_does_not_equal_one(self):
        self.check(f"{reference('x')} == 1", False, x=True)

    def test_operators_and_parentheses_are_evaluated(self):
        self.check("!(1 == 2) && !(2 == 3) && 1 == 1", True)
        self.check("1 == 2 || (1 == 1 && !(2 == 1))", True)
        self.check("!(1 == 1) || false", False)

    def test_texts_may_contain_quotes_operators_and_parentheses(self):
        for text in ["it's", "a' && 'b' == 'b", "') && !('", "''", "'", 'x" y', "back\\n", "a == b", ""]:
            with self.subTest(text=text):
                self.check(f"{reference('x')} == '{text}'", True, x=text)
                self.check(f"!({reference('x')} == '{text}')", False, x=text)
                self.check(f"!({reference('x')} == '{text}') && {reference('x')} == 'z'", True, x="z")

    def test_a_number_is_compared_with_a_text(self):
        self.check(f"'int({reference('x')})' == '5'", True, x=5)
        self.check(f"{reference('x')} == '1'", True, x=1)
        self.check(f"{reference('x')} == '1.0'", True, x=1)
        self.check(f"{reference('x')} == 'true'", True, x=True)

    def test_numbers_compared_as_texts_are_reported(self):
        def reported(condition, **parameters):
            texts = []
            holds(condition, parameters, texts)
            return [text.words for text in texts]

        condition = f"!({reference('x')} > '10')"
        self.assertEqual(reported(condition, x="2"), ['"2" > "10" is true, and false as numbers'])
        self.assertEqual(reported(condition, x="40"), ['"40" > "10" is true, and true as numbers'])
        self.assertEqual(reported(condition, x="two"), [])
        self.assertEqual(reported(f"{reference('x')} == '10'", x="10"), [])
        self.assertEqual(reported(f"int({reference('x')}) > 10", x="2"), [])

    def test_an_invalid_condition_is_an_error(self):
        for text in ["", "1 ==", "__import__('os')", "a.b == 1", "1 == 1 == 1", "'a' > 1 &&"]:
            with self.subTest(text=text), self.assertRaises(ConditionError):
                holds(text, {})
        with self.assertRaises(ConditionError):
            holds(f"{reference('x')} == 1", {})
        with self.assertRaises(ConditionError):
            holds(f"{reference('x')} > 1", {"x": [1]})


class Placeholders(unittest.TestCase):
    def fill(self, value, names=None, **parameters):
        return filled(value, lambda name: parameters[name], names or {})

    def test_a_placeholder_alone_keeps_its_type_and_becomes_text_within_a_text(self):
        placeholder = "{{$.inputs.parameters['x']}}"
        self.assertEqual(self.fill(placeholder, x=[1, 2]), [1, 2])
        self.assertEqual(self.fill(f"a{placeholder}b{placeholder}", x=True), "atruebtrue")
        self.assertEqual(
            self.fill({placeholder: [placeholder, {"k": f"<{placeholder}>"}]}, x=3), {"3": [3, {"k": "<3>"}]}
        )

    def test_placeholders_within_values_are_not_replaced(self):
        self.assertEqual(
            self.fill("-{{$.inputs.parameters['x']}}", x="{{$.pipeline_job_name}}"),
            "-{{$.pipeline_job_name}}",
        )

    def test_known_placeholders_are_replaced_and_unknown_ones_kept(self):
        self.assertEqual(
            self.fill("{{$.pipeline_job_name}}/{{$.what}}", {"pipeline_job_name": "n"}), "n/{{$.what}}"
        )


class Values(unittest.TestCase):
    def test_whole_numbers_become_integers_at_every_depth(self):
        self.assertEqual(json.dumps(whole({"a": [1.0, 2.5, {"b": 3.0}]})), '{"a": [1, 2.5, {"b": 3}]}')

    def test_values_are_converted_to_their_types(self):
        self.assertEqual(repr(coerce(2, "NUMBER_DOUBLE")), "2.0")
        self.assertEqual(repr(coerce(2.0, "NUMBER_INTEGER")), "2")
        self.assertEqual(coerce({"a": 1}, "STRING"), '{"a": 1}')
        self.assertEqual(coerce("[1.0]", "LIST"), [1])
        self.assertIs(coerce("True", "BOOLEAN"), True)
        for value, kind in [
            ("x", "NUMBER_INTEGER"),
            (1.5, "NUMBER_INTEGER"),
            (True, "NUMBER_DOUBLE"),
            (2, "BOOLEAN"),
            ({}, "LIST"),
            ("x", "STRUCT"),
        ]:
            with self.subTest(value=value, kind=kind), self.assertRaises(ValueMismatch):
                coerce(value, kind)

    def test_values_that_json_cannot_hold_are_replaced(self):
        self.assertEqual(
            json.loads(strict_json({"a": [float("nan"), float("inf")]})), {"a": ["NaN", "Infinity"]}
        )

    def test_durations_are_read_in_seconds(self):
        self.assertEqual(
            [seconds_of(duration) for duration in ("5s", "1.5s", {"seconds": 3}, "", None)], [5, 1.5, 3, 0, 0]
        )


class Inputs(unittest.TestCase):
    def resolve(self, source, parameters=None, ended=None, definition=None):
        component = {"inputDefinitions": {"parameters": {"x": definition or {"parameterType": "STRUCT"}}}}
        around = Surroundings(parameters or {}, {}, ended or {}, "run-1")
        return resolve({"inputs": {"parameters": {"x": source}}}, component, around, dict)[0]

    def test_a_field_of_a_dictionary_given_as_text_is_selected(self):
        source = {
            "componentInputParameter": "i",
            "parameterExpressionSelector": 'parseJson(string_value)["a"]',
        }
        self.assertEqual(self.resolve(source, {"i": '{"a": {"b": 1.0}}'}), {"x": {"b": 1}})
        with self.assertRaises(InputError):
            self.resolve(source, {"i": {"other": 1}})

    def test_a_missing_value_is_replaced_by_the_default(self):
        source = {"taskOutputParameter": {"producerTask": "t", "outputParameterKey": "o"}}
        definition = {"parameterType": "NUMBER_INTEGER", "defaultValue": 4.0, "isOptional": True}
        self.assertEqual(
            self.resolve(source, ended={"t": Outcome("failed")}, definition=definition), {"x": 4}
        )
        self.assertEqual(self.resolve(source, ended={"t": Outcome("failed")}), {})

    def test_a_value_outside_of_the_literals_is_refused(self):
        definition = {"parameterType": "STRING", "literals": ["a", "b"]}
        self.assertEqual(self.resolve({"runtimeValue": {"constant": "a"}}, definition=definition), {"x": "a"})
        with self.assertRaises(InputError):
            self.resolve({"runtimeValue": {"constant": "c"}}, definition=definition)

    def test_the_final_status_of_a_task_is_an_input(self):
        source = {"taskFinalStatus": {"producerTask": "t"}}
        error = {"message": "boom"}
        status = self.resolve(source, ended={"t": Outcome("failed", error=error)})["x"]
        self.assertEqual(
            (status["state"], status["pipelineTaskName"], status["error"]["message"]), ("FAILED", "t", "boom")
        )


if __name__ == "__main__":
    unittest.main()
