"""First bug: a pipeline that fails in its last task, to find the line, mend it and run again.

Run it, go to the line that failed, mend it, save, run again: the first two tasks are taken from the cache.
Compile it with `python first_bug.py`; that writes first_bug.yaml beside this file.
"""

from pathlib import Path

from kfp import compiler, dsl
from kfp.dsl import Dataset, Input, Metrics, Output

# Where a cluster runs the components; on this machine they run in a Python environment.
IMAGE = "python:3.12"


@dsl.component(base_image=IMAGE)
def collect(orders: Output[Dataset]):
    """Write the orders of a week in a small shop, one line for each order, as CSV."""
    import csv
    import time

    time.sleep(1)  # A real shop would be asked over the network.
    week = {
        "Monday": [12.5, 8.0, 23.9],
        "Tuesday": [5.5, 31.0],
        "Wednesday": [18.2, 7.4, 9.9, 14.0],
        "Thursday": [22.0],
        "Friday": [11.3, 45.0, 6.7],
        "Saturday": [19.9, 27.5, 8.8, 33.1, 12.0],
        "Sunday": [],
    }
    with open(orders.path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["day", "amounts"])
        writer.writerows([day, " ".join(map(str, amounts))] for day, amounts in week.items())
    print(f"Collected {sum(map(len, week.values()))} orders of {len(week)} days")


@dsl.component(base_image=IMAGE)
def summarize(orders: Input[Dataset], days: Output[Dataset]):
    """Count the orders of each day and add up what they brought in."""
    import csv
    import time

    time.sleep(1)  # More orders would take longer.
    with open(orders.path, newline="", encoding="utf-8") as file:
        week = {
            row["day"]: [float(amount) for amount in row["amounts"].split()] for row in csv.DictReader(file)
        }
    with open(days.path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["day", "orders", "revenue"])
        writer.writerows([day, len(amounts), round(sum(amounts), 2)] for day, amounts in week.items())
    print(f"Summarized {len(week)} days")


@dsl.component(base_image=IMAGE)
def report(days: Input[Dataset], metrics: Output[Metrics]):
    """Tell what an order brought in on average, and on which day it was most."""
    import csv

    averages = {}
    with open(days.path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            orders, revenue = int(row["orders"]), float(row["revenue"])
            averages[row["day"]] = revenue / orders
            print(f"{row['day']}: {orders} orders, {averages[row['day']]:.2f} each")
    best = max(averages, key=averages.get)
    metrics.log_metric("best_average", round(averages[best], 2))
    print(f"The best day was {best}")


@dsl.pipeline(
    name="first-bug", description="Reports the orders of a shop's week, and fails: there is a bug to mend."
)
def first_bug():
    """Collect, summarize, report."""
    collected = collect()
    summarized = summarize(orders=collected.outputs["orders"])
    report(days=summarized.outputs["days"])


if __name__ == "__main__":
    compiler.Compiler().compile(first_bug, str(Path(__file__).with_suffix(".yaml")))
