import { fill, type S3Place } from './s3Server.ts';

const days = Array.from({ length: 365 }, (_, day) =>
  new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10),
);
const churn = ['customer,months,calls,left', ...Array.from({ length: 500 }, (_, row) => churnRow(row))].join(
  '\n',
);

function churnRow(row: number): string {
  const months = (row * 7) % 48;
  const calls = (row * 5) % 9;
  return `C${1000 + row},${months},${calls},${months < 6 && calls > 5 ? 'yes' : 'no'}`;
}

/** Buckets of samples: data sets, a folder with more entries than a page, models with their metrics, reports. */
export function fillDemo(place: S3Place): Promise<void> {
  return fill(place, {
    datasets: {
      'churn/customers.csv': churn,
      'churn/README.md': '# Customers\n\nOne row a customer; `left` says whether they left.\n',
      ...Object.fromEntries(days.map((day) => [`clicks/${day}.csv`, `page,clicks\nhome,${day.length}\n`])),
    },
    models: {
      'churn/3/metrics.json': '{"accuracy": 0.87, "auc": 0.91}\n',
      'churn/3/parameters.json': '{"n_trees": 200, "learning_rate": 0.1}\n',
      'churn/4/metrics.json': '{"accuracy": 0.89, "auc": 0.92}\n',
    },
    reports: { '2026/april.html': '<h1>April</h1><p>Two models were trained.</p>' },
  });
}
