"""One task of a pipeline that runs a Python function: cache, tries, outcome."""

from __future__ import annotations

from typing import Optional

from . import cache
from .artifact_files import examine, unread
from .attempt import Attempt
from .call import Call
from .fingerprints import no_news
from .kept_outputs import signs_of
from .outcome import Outcome, metrics_of, shown_artifacts
from .reading import Reading
from .rows import bounded, now
from .values import seconds_of


class Task:
    """Looks for a cached result, else tries as often as the task's retry policy allows."""

    def __init__(self, call: Call, executor: dict) -> None:
        self._call, self._executor = call, executor
        self._run = call.run
        self._number = self._run.next_task_number()
        self._cached = bool(call.spec.get("cachingOptions", {}).get("enableCache"))
        self._key: Optional[str] = None
        retry = call.retry or {}
        self._retries = int(retry.get("maxRetryCount") or 0)
        self._wait = seconds_of(retry.get("backoffDuration"))
        self._factor = float(retry.get("backoffFactor") or 2)
        self._longest = seconds_of(retry.get("backoffMaxDuration")) or 3600.0
        self._attempts: list[dict] = []
        self._attempt: Optional[Attempt] = None

    def start(self) -> None:
        """Starts now with the cache, or waits for a free slot."""
        row = self._call.row
        row.change(retries=self._retries, inputs={})
        if not self._cached:
            self._queue()
            return
        if self._call.artifacts:
            self._run.readers.start(self._make_key, self._made_key)
        else:
            self._made_key(self._make_key())

    def _make_key(self, reading: Optional[Reading] = None) -> Optional[str]:
        goes_on = reading.goes_on if reading else no_news
        return cache.key_of(self._run, self._call, self._executor, goes_on)

    def _made_key(self, key) -> None:
        if not isinstance(key, str):  # an input cannot be read, or only very slowly
            self._queue()
            return
        self._key = key
        if self._run.request.get("cache") is False or not cache.may_be_there(self._run.home, key):
            self._queue()
            return
        definitions = self._call.component.get("outputDefinitions", {})

        def find(reading: Reading):
            entry = cache.find(self._run, key, definitions, reading.goes_on)
            return entry, signs_of(entry.outcome.artifacts, reading.goes_on) if entry else {}

        self._run.readers.start(find, self._looked)

    def _looked(self, result) -> None:
        entry, signs = result if isinstance(result, tuple) else (None, {})
        if not isinstance(entry, cache.Entry) or self._run.stopping:
            self._queue()
            return
        row = self._call.row
        row.start(self._shown_inputs())
        row.change(cachedFrom=entry.run, log=cache.copy_log(self._run, self._key, self._number))
        self._run.outputs.keep(row.path, signs)
        self._succeed(entry.outcome)

    def _queue(self) -> None:
        self._run.slots.ask(self._call.row.order, self._try)

    def _shown_inputs(self) -> dict:
        defined = self._call.component.get("inputDefinitions", {}).get("parameters", {})
        return {name: value for name, value in self._call.parameters.items() if name in defined}

    def _try(self) -> None:
        if self._run.stopping:
            self._run.slots.free()
            self._call.done(Outcome("stopped"))
            return
        if not self._attempts:
            self._call.row.start(self._shown_inputs())
        self._attempt = Attempt(
            self._call, self._executor, self._number, len(self._attempts) + 1, self._tried
        )
        self._attempts.append(
            {
                "number": len(self._attempts) + 1,
                "state": "running",
                "startedAt": now(),
                "endedAt": None,
                "log": self._attempt.relative_log,
                "error": None,
            }
        )
        self._call.row.change(attempts=self._attempts, log=self._attempt.relative_log)
        self._run.changed()
        self._attempt.start()

    def _tried(self, outcome: Outcome) -> None:
        self._run.slots.free()
        self._attempts[-1]["endedAt"] = now()
        if outcome.state == "succeeded" and (outcome.artifacts or self._key is not None):
            self._keep(outcome)
        else:
            self._over(outcome)

    def _over(self, outcome: Outcome) -> None:
        self._attempts[-1].update(state=outcome.state, error=outcome.error)
        self._call.row.change(attempts=self._attempts)
        wait = self._wait * self._factor ** (len(self._attempts) - 1)
        if outcome.state == "succeeded":
            self._succeed(outcome)
        elif outcome.state == "failed" and self._may_try_again(wait) and not self._run.stopping:
            self._run.changed()
            self._run.retry_timers.start(wait, self._queue)
        else:
            self._call.done(outcome)

    def _may_try_again(self, wait: float) -> bool:
        """Tries are left, and the time for all of them together (backoffMaxDuration) is not over."""
        spent = (now() - self._attempts[0]["startedAt"]) / 1000
        return len(self._attempts) <= self._retries and spent + wait <= self._longest

    def _keep(self, outcome: Outcome) -> None:
        """Looks at what came out before it counts, and remembers it."""
        log = self._call.row.data["log"]

        def read(reading: Reading) -> tuple[list[str], dict]:
            remarks = examine(outcome.artifacts, reading.goes_on)
            if self._key is not None:
                cache.store(self._run, self._key, outcome, log, reading.goes_on)
            return remarks, signs_of(outcome.artifacts, reading.goes_on)

        def was_read(result) -> None:
            if isinstance(result, tuple):
                remarks, signs = result
                for remark in remarks:
                    self._run.note(self._call.row.path, remark)
                self._run.outputs.keep(self._call.row.path, signs)
                self._over(outcome)
            else:
                self._attempt.forget(lambda: self._over(unread(result)))

        if outcome.artifacts:
            self._call.row.change(attempts=self._attempts)
            self._run.changed()
            self._run.readers.start(read, was_read)
        else:
            was_read(read(Reading()))

    def _succeed(self, outcome: Outcome) -> None:
        self._call.row.change(
            outputs=bounded(outcome.parameters),
            artifacts=shown_artifacts(outcome.artifacts),
            metrics=metrics_of(outcome.artifacts),
        )
        self._call.done(outcome)
