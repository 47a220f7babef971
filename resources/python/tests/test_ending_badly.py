"""Tasks that end badly: each is told apart, with the line where it happened."""

import os
import sys
import time
import unittest

from .support import Pipeline, RunnerTest, is_alive, log_of, rows_of


class TasksThatEndBadly(RunnerTest):
    def error_of(self, source, **request):
        """The error of the one task `t` of a pipeline."""
        pipeline = Pipeline()
        pipeline.task(
            "t",
            source,
            outputs=request.pop("outputs", None),
            artifacts=request.pop("artifacts", None),
        )
        pipeline.source = request.pop("pipeline_source", None)
        run, self.started = self.run_to_end(pipeline, **request)
        self.assertEqual(run["state"], "failed")
        self.assertEqual((run["error"]["kind"], run["error"]["task"]), ("task", "t"))
        self.log = log_of(self.started.folder, run, "t")
        return rows_of(run)["t"]["error"]

    def test_an_exception_is_reported_with_type_message_line_and_text(self):
        error = self.error_of("""
            def helper(x):
                return 1 // x

            def f():
                print('before')
                helper(0)
            """)
        self.assertEqual(error["kind"], "exception")
        self.assertEqual(error["type"], "ZeroDivisionError")
        self.assertEqual((error["text"], error["function"]), ("return 1 // x", "helper"))
        self.assertIsNone(error["offset"])
        self.assertIn("before\nTraceback", self.log)
        self.assertNotIn("boot.py", self.log)

    def test_the_offset_of_a_line_counts_from_the_def(self):
        error = self.error_of("""
            def f():
                x = 1

                raise ValueError('no')
            """)
        self.assertEqual((error["offset"], error["text"]), (3, "raise ValueError('no')"))

    def test_a_line_in_a_lambda_or_comprehension_belongs_to_the_enclosing_function(self):
        error = self.error_of("""
            def f():
                divide = lambda x: 1 // x
                return [divide(x) for x in [0]]
            """)
        self.assertEqual((error["function"], error["offset"]), ("f", 1))
        self.assertEqual(error["text"], "divide = lambda x: 1 // x")

    @unittest.skipIf(sys.version_info < (3, 11), "Before 3.11 a lambda does not know where it stands")
    def test_a_line_in_a_lambda_is_located_where_it_is_written(self):
        error = self.error_of("""
            def f():
                def apply(what):
                    return what(0)
                return apply(lambda x: 1 // x)
            """)
        self.assertEqual((error["function"], error["offset"]), ("f", 3))

    def test_a_long_message_is_bounded(self):
        error = self.error_of("""
            def f():
                raise ValueError('x' * 100_000)
            """)
        self.assertEqual(len(error["message"]), 2000)

    def test_an_exception_without_a_text_is_still_reported(self):
        error = self.error_of("""
            class Odd(Exception):
                def __str__(self):
                    raise RuntimeError('again')

            def f():
                raise Odd()
            """)
        self.assertEqual(error["type"], "Odd")

    def test_sys_exit_with_a_code_or_a_text_fails_the_task(self):
        error = self.error_of("""
            def f():
                import sys
                sys.exit(7)
            """)
        self.assertEqual(
            (error["kind"], error["message"], error["text"]), ("exit", "sys.exit(7)", "sys.exit(7)")
        )
        error = self.error_of("""
            def f():
                raise SystemExit('no data')
            """)
        self.assertEqual((error["kind"], error["message"]), ("exit", "sys.exit('no data')"))
        self.assertIn("no data", self.log)

    def test_a_process_that_exits_without_python_cleanup_fails_the_task(self):
        error = self.error_of("""
            def f():
                import os
                os._exit(9)
            """)
        self.assertEqual((error["kind"], error["message"]), ("exit", "The process ended with code 9."))

    def test_sys_exit_0_without_the_declared_output_fails(self):
        error = self.error_of(
            """
            def f() -> str:
                raise SystemExit(0)
            """,
            outputs={"Output": "str"},
        )
        self.assertEqual(error["kind"], "returnType")
        self.assertIn("gave no value", error["message"])

    def test_a_killed_task_names_the_signal_and_the_likely_reason(self):
        error = self.error_of("""
            def f():
                import os, signal
                os.kill(os.getpid(), signal.SIGKILL)
            """)
        self.assertEqual((error["kind"], error["type"]), ("signal", "SIGKILL"))
        self.assertIn("memory", error["hint"])

    def test_a_crash_names_the_signal(self):
        error = self.error_of("""
            def f():
                import os, signal
                os.kill(os.getpid(), signal.SIGSEGV)
            """)
        self.assertEqual((error["kind"], error["type"]), ("signal", "SIGSEGV"))

    def test_a_task_beyond_the_memory_limit_fails(self):
        limits = {"memoryBytes": 512 * 1024 * 1024, "logBytes": 1_000_000, "lineBytes": 10_000}
        error = self.error_of(
            """
            def f():
                x = bytearray(1024 * 1024 * 1024)
            """,
            limits=limits,
        )
        self.assertEqual((error["kind"], error["type"]), ("memory", "MemoryError"))
        self.assertEqual(error["text"], "x = bytearray(1024 * 1024 * 1024)")

    def test_a_value_of_the_wrong_type_fails_the_task(self):
        error = self.error_of(
            """
            def f() -> int:
                return 'x'
            """,
            outputs={"Output": "int"},
        )
        self.assertEqual(error["kind"], "returnType")
        self.assertIn("returned value of type <class 'str'>", error["message"])
        self.assertEqual((error["text"], error["function"], error["offset"]), ("return 'x'", "f", 1))

    def test_an_output_that_cannot_be_written_is_named_with_its_line(self):
        error = self.error_of(
            """
            def f() -> dict:
                x = {"a": {1, 2}}
                return x
            """,
            outputs={"Output": "dict"},
        )
        self.assertEqual(
            (error["message"], error["text"]),
            ("The returned value: Object of type set is not JSON serializable", "return x"),
        )
        error = self.error_of(
            """
            def f() -> NamedTuple("O", [("good", int), ("bad", dict)]):
                if True:
                    return (1, {"a": {1, 2}})
                return (1, {})
            """,
            outputs={"good": "int", "bad": "dict"},
        )
        self.assertEqual(error["message"], "Output bad: Object of type set is not JSON serializable")
        self.assertTrue(error["text"].startswith("def f()"))

    def test_metadata_that_cannot_be_written_name_their_artifact_and_line(self):
        error = self.error_of(
            """
            def f(good: Output[Model], bad: Output[Model]):
                good.metadata["a"] = 1
                bad.metadata["a"] = {1, 2}
                print("done")
            """,
            artifacts={"good": "system.Model", "bad": "system.Model"},
        )
        self.assertEqual(error["message"], "Output bad: Object of type set is not JSON serializable")
        self.assertEqual((error["text"], error["offset"]), ('bad.metadata["a"] = {1, 2}', 2))

    def test_an_output_without_a_value_is_named_with_its_line(self):
        error = self.error_of(
            """
            def f() -> int:
                print("nothing")
            """,
            outputs={"Output": "int"},
        )
        self.assertIn("Output Output: the component gave no value", error["message"])
        self.assertEqual((error["text"], error["offset"]), ("def f() -> int:", 0))

    def test_a_missing_package_gets_a_hint_at_packages_to_install(self):
        error = self.error_of("""
            def f():
                import not_there_at_all
            """)
        self.assertEqual((error["kind"], error["type"]), ("exception", "ModuleNotFoundError"))
        self.assertIn("packages_to_install", error["hint"])

    def test_an_import_of_the_persons_own_file_gets_a_hint(self):
        folder = os.path.join(self.home, "project")
        os.makedirs(folder)
        with open(os.path.join(folder, "tidy.py"), "w", encoding="utf-8") as file:
            file.write("def strip_all(words):\n    return words\n")
        source = {"kind": "python", "file": os.path.join(folder, "words.py")}
        error = self.error_of(
            """
            def f():
                from tidy import strip_all
            """,
            pipeline_source=source,
        )
        self.assertIn("tidy is a file of yours", error["hint"])
        self.assertNotIn("module", error)

    def test_a_name_defined_outside_of_the_function_gets_a_hint(self):
        error = self.error_of("""
            def f():
                return st.median([1])
            """)
        self.assertEqual(error["type"], "NameError")
        self.assertIn("taken out of its file", error["hint"])

    def test_a_feature_that_an_older_sdk_lacks_gets_a_hint(self):
        for use in ("from kfp.dsl import NewThing", "dsl.NewThing()"):
            error = self.error_of(f"def f():\n    {use}")
            self.assertIn("The task runs with kfp 2.", error["hint"])
            self.assertIn("compile the pipeline again", error["hint"])

    def test_a_relative_path_gets_a_hint(self):
        error = self.error_of("""
            def f():
                open('data/iris.csv')
            """)
        self.assertEqual(error["type"], "FileNotFoundError")
        self.assertIn("folder of its own", error["hint"])

    def test_a_source_with_a_syntax_error_fails_the_task(self):
        error = self.error_of("""
            def f():
                x = = 1
            """)
        self.assertEqual((error["kind"], error["type"], error["text"]), ("setup", "SyntaxError", "x = = 1"))

    def test_a_source_that_raises_while_loading_fails_the_task(self):
        error = self.error_of("""
            import not_there_at_all
            def f():
                pass
            """)
        self.assertEqual((error["kind"], error["text"]), ("setup", "import not_there_at_all"))

    def test_a_missing_function_fails_the_task(self):
        error = self.error_of("""
            def g():
                pass
            """)
        self.assertEqual(error["kind"], "setup")

    def test_a_child_with_the_output_open_does_not_delay_the_end(self):
        pipeline = Pipeline()
        pipeline.task(
            "t",
            """
            def f() -> int:
                import subprocess, sys
                child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(100)'])
                print('left', child.pid, flush=True)
                return child.pid
            """,
            outputs={"Output": "int"},
        )
        begun = time.monotonic()
        run, _ = self.run_to_end(pipeline)
        self.assertEqual(run["state"], "succeeded")
        self.assertLess(time.monotonic() - begun, 60)
        child = rows_of(run)["t"]["outputs"]["Output"]
        end = time.monotonic() + 5
        while is_alive(child) and time.monotonic() < end:
            time.sleep(0.05)
        self.assertFalse(is_alive(child))

    def test_a_task_gets_the_short_list_of_variables_and_those_that_are_named(self):
        pipeline = Pipeline()
        pipeline.task(
            "t",
            """
            def f() -> dict:
                import os
                return dict(os.environ)
            """,
            outputs={"Output": "dict"},
        )
        pipeline.executors["exec-t"]["env"] = {"OWN": "o"}
        started = self.start(
            pipeline,
            variables={"SECRET_TOKEN": "s", "NAMED": "n", "https_proxy": "http://p"},
            passEnvironment=["NAMED"],
        )
        variables = rows_of(started.end())["t"]["outputs"]["Output"]
        self.assertNotIn("SECRET_TOKEN", variables)
        self.assertEqual(
            (variables["NAMED"], variables["OWN"], variables["https_proxy"], variables["_KFP_RUNTIME"]),
            ("n", "o", "http://p", "true"),
        )

    def test_a_task_has_an_empty_stdin_and_a_working_folder_of_its_own(self):
        pipeline = Pipeline()
        pipeline.task(
            "t",
            """
            def f() -> str:
                import os, sys
                assert sys.stdin.read() == ''
                open('x', 'w').write('here')
                return os.getcwd()
            """,
            outputs={"Output": "str"},
        )
        run, started = self.run_to_end(pipeline)
        self.assertEqual(
            rows_of(run)["t"]["outputs"]["Output"],
            os.path.join(os.path.realpath(started.folder), "tasks", "1", "1", "work"),
        )


if __name__ == "__main__":
    unittest.main()
