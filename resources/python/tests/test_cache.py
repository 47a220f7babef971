"""Results by content: taken when nothing changed, made again when anything did."""

import os
import unittest

from .support import Pipeline, RunnerTest, log_of, rows_of

MAKE = """
    def f(n: int, out: dsl.Output[dsl.Dataset]) -> int:
        print('made', n)
        open(out.path, 'w').write(str(n))
        out.metadata['n'] = n
        return n
    """
READ = """
    def f(ds: dsl.Input[dsl.Dataset]) -> str:
        return open(ds.path).read()
    """


class Caching(RunnerTest):
    def pipeline(self, n=1, source=MAKE):
        pipeline = Pipeline()
        pipeline.task(
            "make",
            source,
            inputs={"n": "int"},
            given={"n": n},
            outputs={"Output": "int"},
            artifacts={"out": "system.Dataset"},
            cache=True,
        )
        pipeline.task(
            "read",
            READ,
            takes={"ds": "system.Dataset"},
            uses={"ds": ("make", "out")},
            outputs={"Output": "str"},
            cache=True,
        )
        return pipeline

    def cached(self, pipeline, **request):
        run, self.last = self.run_to_end(pipeline, **request)
        self.assertEqual(run["state"], "succeeded")
        self.run_json = run
        return {path: row["cachedFrom"] for path, row in rows_of(run).items()}

    def test_the_same_again_is_taken_with_its_log_and_outputs(self):
        self.assertEqual(self.cached(self.pipeline()), {"make": None, "read": None})
        self.assertEqual(self.cached(self.pipeline()), {"make": "pipe-1", "read": "pipe-1"})
        row = rows_of(self.run_json)["make"]
        self.assertEqual((row["attempts"], row["outputs"]), ([], {"Output": 1}))
        self.assertEqual(log_of(self.last.folder, self.run_json, "make"), "made 1\n")
        self.assertEqual(row["artifacts"][0]["metadata"], {"n": 1})

    def test_another_value_or_another_source_is_run(self):
        self.cached(self.pipeline())
        self.assertEqual(self.cached(self.pipeline(n=2)), {"make": None, "read": None})
        self.assertEqual(
            self.cached(self.pipeline(source=MAKE.replace("made", "built"))), {"make": None, "read": "pipe-1"}
        )

    def test_a_changed_or_missing_artifact_is_made_again(self):
        self.cached(self.pipeline())
        artifact = rows_of(self.run_json)["make"]["artifacts"][0]["uri"]
        with open(artifact, "w", encoding="utf-8") as file:
            file.write("other")
        self.assertEqual(self.cached(self.pipeline())["make"], None)
        artifact = rows_of(self.run_json)["make"]["artifacts"][0]["uri"]
        os.unlink(artifact)
        self.assertEqual(self.cached(self.pipeline())["make"], None)

    def test_switched_off_it_does_not_read_and_still_writes(self):
        self.cached(self.pipeline())
        self.assertEqual(self.cached(self.pipeline(), cache=False), {"make": None, "read": None})
        self.assertEqual(self.cached(self.pipeline()), {"make": "pipe-2", "read": "pipe-2"})

    def test_a_task_that_does_not_want_it_is_run(self):
        pipeline = self.pipeline()
        for task in pipeline.spec["root"]["dag"]["tasks"].values():
            task["cachingOptions"] = {}
        self.cached(pipeline)
        self.assertEqual(self.cached(pipeline), {"make": None, "read": None})

    def test_a_failure_is_not_kept(self):
        pipeline = Pipeline()
        pipeline.task("t", "def f():\n    raise ValueError()", cache=True)
        self.run_to_end(pipeline)
        run, _ = self.run_to_end(pipeline)
        self.assertEqual(rows_of(run)["t"]["state"], "failed")

    def test_two_equal_tasks_of_one_run_both_run(self):
        pipeline = Pipeline()
        for name, after in (("a", ()), ("b", ("a",))):
            pipeline.task(name, "def f():\n    print('x')", cache=True, after=after)
        self.assertEqual(self.cached(pipeline), {"a": None, "b": None})

    def test_a_folder_and_a_large_file_count_by_their_content(self):
        source = """
            def f(out: dsl.Output[dsl.Dataset], big: dsl.Output[dsl.Dataset]):
                import os
                os.makedirs(out.path + '/sub')
                open(out.path + '/sub/x', 'w').write('1')
                open(big.path, 'wb').write(b'x' * 20_000_000)
            """
        pipeline = Pipeline()
        pipeline.task("t", source, artifacts={"out": "system.Dataset", "big": "system.Dataset"}, cache=True)
        self.cached(pipeline)
        self.assertEqual(self.cached(pipeline), {"t": "pipe-1"})
        folder = next(one["uri"] for one in rows_of(self.run_json)["t"]["artifacts"] if one["name"] == "out")
        with open(os.path.join(folder, "sub", "y"), "w", encoding="utf-8"):
            pass
        self.assertEqual(self.cached(pipeline), {"t": None})

    def test_an_artifact_of_a_deleted_run_can_still_be_used(self):
        import shutil

        self.cached(self.pipeline())
        shutil.rmtree(os.path.join(self.home, "runs", "1"))
        self.assertEqual(self.cached(self.pipeline()), {"make": "pipe-1", "read": "pipe-1"})


if __name__ == "__main__":
    unittest.main()
