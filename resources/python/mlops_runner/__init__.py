"""Runs one Kubeflow pipeline on this machine, without a cluster and without the Kubeflow SDK's own runner.

Start it with the folder of a run that holds a request.json:

    python -I -S mlops_runner/__main__.py <home>/runs/<number>

The files it reads and writes are described in docs/local-runner.md. Standard library only, Python 3.9 or
newer; `kfp` is imported by the tasks, in their own environment, never here.

How it is made, from the outside in:

    __main__, main        the command: lock the run's folder, say who runs, carry the run out
    run                   one run: prepare the environments, walk the pipeline, end
    run_context, slots,   what the parts of a run share (folder, limits, slots, executors),
    executors, call       and how a component is handed from one to the next
    run_file, rows        run.json: what it says and how it reaches the disk
    event_loop            one thread: timers, pipes, ended processes, and two worker threads for hashing files
    process_control       everything that differs between systems: locks, groups of processes, signals
    environments,         Python environments, built once under a lock and never changed
    environment_build,
    environment_check,
    installer_words
    scope, loops          a DAG and a ParallelFor: which task may start, their outcomes
    inputs, placeholders, what a task gets: values, references, text with placeholders, conditions
    values, conditions
    task, attempt,        one task: cache, tries, the process, its log, its outcome
    log_file, outcome
    boot                  the file that a task's own Python runs
    cache, fingerprints   results by content
    importer              dsl.importer for files of this machine

Modules import in one direction, from the outside in; a test holds them to it.

Beside it lie three small commands that are not part of a run: probe_python (what an interpreter can do),
find_pipelines (pipelines in Python files, by their syntax tree) and compile_pipeline (a Python file to IR).
"""
