"""Results by content: taken when nothing changed, made again when anything did."""

import json
import os
import types
import unittest

from mlops_runner import cache

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

    def test_an_equal_task_is_cached_with_its_log_and_outputs(self):
        self.assertEqual(self.cached(self.pipeline()), {"make": None, "read": None})
        self.assertEqual(self.cached(self.pipeline()), {"make": "pipe-1", "read": "pipe-1"})
        row = rows_of(self.run_json)["make"]
        self.assertEqual((row["attempts"], row["outputs"]), ([], {"Output": 1}))
        self.assertEqual(log_of(self.last.folder, self.run_json, "make"), "made 1\n")
        self.assertEqual(row["artifacts"][0]["metadata"], {"n": 1})

    def test_a_task_with_another_value_or_source_runs(self):
        self.cached(self.pipeline())
        self.assertEqual(self.cached(self.pipeline(n=2)), {"make": None, "read": None})
        self.assertEqual(
            self.cached(self.pipeline(source=MAKE.replace("made", "built"))), {"make": None, "read": "pipe-1"}
        )

    def test_a_task_with_a_changed_or_missing_artifact_runs_again(self):
        self.cached(self.pipeline())
        artifact = rows_of(self.run_json)["make"]["artifacts"][0]["uri"]
        with open(artifact, "w", encoding="utf-8") as file:
            file.write("other")
        self.assertEqual(self.cached(self.pipeline())["make"], None)
        artifact = rows_of(self.run_json)["make"]["artifacts"][0]["uri"]
        os.unlink(artifact)
        self.assertEqual(self.cached(self.pipeline())["make"], None)

    def test_a_run_without_cache_reads_no_entries_but_writes_them(self):
        self.cached(self.pipeline())
        self.assertEqual(self.cached(self.pipeline(), cache=False), {"make": None, "read": None})
        self.assertEqual(self.cached(self.pipeline()), {"make": "pipe-2", "read": "pipe-2"})

    def test_a_task_with_caching_disabled_runs(self):
        pipeline = self.pipeline()
        for task in pipeline.spec["root"]["dag"]["tasks"].values():
            task["cachingOptions"] = {}
        self.cached(pipeline)
        self.assertEqual(self.cached(pipeline), {"make": None, "read": None})

    def test_a_failed_task_is_not_cached(self):
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

    def test_folders_and_large_files_are_compared_by_content(self):
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

    def entry(self):
        """The folder of the entry of `make`, and what a run finds there."""
        self.cached(self.pipeline())
        place = os.path.join(self.home, "cache")
        for name in os.listdir(place):
            folder = os.path.join(place, name)
            with open(os.path.join(folder, "entry.json"), encoding="utf-8") as file:
                entry = json.load(file)
            if entry["artifacts"]:
                return folder, entry
        raise AssertionError("it was not kept")

    def found(self, folder):
        definitions = self.pipeline().spec["components"]["comp-make"]["outputDefinitions"]
        run = types.SimpleNamespace(home=self.home, id="pipe-2")
        return cache.find(run, os.path.basename(folder), definitions)

    def test_a_malformed_entry_is_ignored(self):
        folder, entry = self.entry()
        self.assertEqual(self.found(folder).run, "pipe-1")
        [name] = entry["artifacts"]
        for odd in (
            [],
            7,
            None,
            {**entry, "artifacts": None},
            {**entry, "artifacts": {name: 3}},
            {**entry, "artifacts": {name: [{}]}},
            {**entry, "artifacts": {name: [{**entry["artifacts"][name][0], "uri": 4}]}},
            {**entry, "contents": None},
            {**entry, "contents": {name: []}},
            {**entry, "parameters": [1]},
            {**entry, "parameters": {"Output": {"an": "object"}}},
            {**entry, "parameters": {}},
            {**entry, "run": 5},
            {**entry, "contents": {}, "artifacts": {}},
            *({key: value for key, value in entry.items() if key != left_out} for left_out in entry),
        ):
            with open(os.path.join(folder, "entry.json"), "w", encoding="utf-8") as file:
                json.dump(odd, file)
            self.assertIsNone(self.found(folder), odd)
        self.assertEqual(self.cached(self.pipeline())["make"], None)
        self.assertEqual(self.cached(self.pipeline())["make"], "pipe-2")

    def test_an_unreadable_entry_is_ignored(self):
        folder, _ = self.entry()
        path = os.path.join(folder, "entry.json")

        def nested(path):
            with open(path, "w", encoding="utf-8") as file:
                file.write("[" * 100_000 + "]" * 100_000)

        for spoil in (nested, os.mkfifo, lambda path: os.symlink("/dev/zero", path), os.mkdir):
            os.unlink(path)
            spoil(path)
            self.assertIsNone(self.found(folder))
        self.assertEqual(self.cached(self.pipeline())["make"], None)

    def test_an_unreadable_log_of_an_entry_is_left_out(self):
        folder, _ = self.entry()
        os.unlink(os.path.join(folder, "log"))
        os.mkfifo(os.path.join(folder, "log"))
        self.assertEqual(self.cached(self.pipeline())["make"], "pipe-1")
        self.assertIsNone(rows_of(self.run_json)["make"]["log"])


if __name__ == "__main__":
    unittest.main()
