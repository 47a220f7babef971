"""The order in which tasks run, side by side and after each other; retries; loops of many iterations."""

import os
import time

from .support import Pipeline, RunnerTest, rows_of

SLEEP = "def f():\n    import time\n    time.sleep(0.6)"
FAIL = "def f():\n    raise ValueError('no')"
NOTHING = "def f():\n    pass"


def overlap(first, second):
    return first["startedAt"] < second["endedAt"] and second["startedAt"] < first["endedAt"]


class Walking(RunnerTest):
    def test_independent_tasks_run_side_by_side_and_dependent_tasks_afterwards(self):
        pipeline = Pipeline()
        pipeline.task("a", SLEEP)
        pipeline.task("b", SLEEP)
        pipeline.task("c", NOTHING, after=("a", "b"))
        run, _ = self.run_to_end(pipeline)
        rows = rows_of(run)
        self.assertTrue(overlap(rows["a"], rows["b"]))
        self.assertGreaterEqual(rows["c"]["startedAt"], max(rows["a"]["endedAt"], rows["b"]["endedAt"]))
        self.assertEqual([row["path"] for row in run["tasks"]], ["a", "b", "c"])

    def test_no_more_tasks_than_the_limit_run_at_once(self):
        pipeline = Pipeline()
        for name in "abcd":
            pipeline.task(name, SLEEP)
        run, _ = self.run_to_end(pipeline, parallelism=2)
        rows = run["tasks"]
        for row in rows:
            self.assertLessEqual(sum(other is not row and overlap(row, other) for other in rows), 2)
        self.assertFalse(
            overlap(rows[0], rows[2]) and overlap(rows[0], rows[3]) and overlap(rows[0], rows[1])
        )

    def test_a_loop_keeps_its_own_parallelism_limit(self):
        pipeline = Pipeline()
        pipeline.component(
            "body", "def f(x: int):\n    import time\n    time.sleep(0.3)", inputs={"x": "int"}
        )
        pipeline.loop("loop", [1, 2, 3], "body", iteratorPolicy={"parallelismLimit": 1})
        run, _ = self.run_to_end(pipeline)
        bodies = [row for row in run["tasks"] if row["kind"] == "task"]
        self.assertEqual(len(bodies), 3)
        self.assertFalse(any(overlap(one, other) for one, other in zip(bodies, bodies[1:])))

    def test_a_failed_task_skips_only_dependent_tasks(self):
        pipeline = Pipeline()
        pipeline.task("bad", FAIL)
        pipeline.task("needs", NOTHING, after=("bad",))
        pipeline.task("further", NOTHING, after=("needs",))
        pipeline.task("free", NOTHING)
        run, _ = self.run_to_end(pipeline)
        rows = rows_of(run)
        self.assertEqual(
            {name: row["state"] for name, row in rows.items()},
            {"bad": "failed", "needs": "skipped", "further": "skipped", "free": "succeeded"},
        )
        self.assertEqual(rows["further"]["because"], "upstream")

    def test_each_try_has_a_log_of_its_own(self):
        pipeline = Pipeline()
        pipeline.task(
            "t",
            f"""
            def f():
                import os
                place = {os.path.join(self.home, "tries")!r}
                count = len(os.listdir(place)) if os.path.isdir(place) else 0
                os.makedirs(place + '/' + str(count))
                print('try', count)
                if count < 2:
                    raise ValueError(count)
            """,
            retry=3,
        )
        run, started = self.run_to_end(pipeline)
        row = rows_of(run)["t"]
        self.assertEqual([attempt["state"] for attempt in row["attempts"]], ["failed", "failed", "succeeded"])
        self.assertEqual(row["retries"], 3)
        self.assertIsNone(row["error"])
        for number, attempt in enumerate(row["attempts"]):
            with open(os.path.join(started.folder, attempt["log"]), encoding="utf-8") as file:
                self.assertIn(f"try {number}", file.read())

    def test_pauses_between_tries_grow_within_a_total_bound(self):
        pipeline = Pipeline()
        pipeline.task("t", FAIL)
        pipeline.spec["root"]["dag"]["tasks"]["t"]["retryPolicy"] = {
            "maxRetryCount": 9,
            "backoffDuration": "0.3s",
            "backoffFactor": 4,
            # The fourth pause, of 19.2 s, would end after it; a busy machine has time for the tries before.
            "backoffMaxDuration": "20s",
        }
        run, _ = self.run_to_end(pipeline)
        attempts = rows_of(run)["t"]["attempts"]
        pauses = [later["startedAt"] - one["endedAt"] for one, later in zip(attempts, attempts[1:])]
        self.assertGreaterEqual(pauses[0], 290)
        self.assertGreaterEqual(pauses[1], 1190)
        self.assertLessEqual(len(attempts), 4)

    def test_a_cycle_of_tasks_fails_the_run(self):
        pipeline = Pipeline()
        pipeline.task("a", NOTHING, after=("b",))
        pipeline.task("b", NOTHING, after=("a",))
        started = self.start(pipeline)
        started.process.wait(30)
        run = started.read()
        self.assertEqual((run["state"], run["error"]["kind"]), ("failed", "internal"))
        self.assertIn("wait for each other", run["error"]["message"])

    def test_names_may_contain_quotes_and_slashes(self):
        pipeline = Pipeline('it\'s "a" / pipe\\line')
        name = "step 'one' / \"two\" ../../x"
        pipeline.task(
            name,
            """
            def f(out: dsl.Output[dsl.Dataset]) -> str:
                open(out.path, 'w').write('1')
                return out.path
            """,
            artifacts={"out": "system.Dataset"},
            outputs={"Output": "str"},
        )
        run, _ = self.run_to_end(pipeline)
        row = rows_of(run)[name]
        self.assertEqual(row["state"], "succeeded")
        store = os.path.join(self.home, "objects", "artifacts")
        self.assertTrue(os.path.realpath(row["outputs"]["Output"]).startswith(os.path.realpath(store)))
        self.assertTrue(os.path.exists(row["artifacts"][0]["uri"]))

    def test_the_first_run_json_is_written_at_once(self):
        pipeline = Pipeline()
        pipeline.task("a", NOTHING)
        self.run_to_end(pipeline)
        begun = time.monotonic()
        started = self.start(pipeline)
        started.until(lambda run: True)
        self.assertLess(time.monotonic() - begun, 1)
        started.end()

    def test_300_independent_tasks_all_run(self):
        pipeline = Pipeline()
        for number in range(300):
            pipeline.task(f"t{number}", NOTHING)
        run, _ = self.run_to_end(pipeline, seconds=300)
        self.assertEqual({row["state"] for row in run["tasks"]}, {"succeeded"})

    def test_many_iterations_all_run(self):
        count = int(os.environ.get("MLOPS_TEST_ITERATIONS", "100"))
        pipeline = Pipeline()
        pipeline.component(
            "body", "def f(x: int) -> int:\n    return x", inputs={"x": "int"}, outputs={"Output": "int"}
        )
        pipeline.loop("loop", list(range(count)), "body")
        run, _ = self.run_to_end(pipeline, seconds=900)
        self.assertEqual(len(run["tasks"]), 2 * count + 1)
        self.assertEqual({row["state"] for row in run["tasks"]}, {"succeeded"})
