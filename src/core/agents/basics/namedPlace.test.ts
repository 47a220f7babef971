import { expect, it } from 'vitest';
import { understand } from './understand.ts';

const places = ['This machine', 'Cluster', 'Cluster two'];

it.each([
  ['check the connection Cluster', 'Cluster'],
  ['check the connection to Cluster', 'Cluster'],
  ['check the connection cluster two', 'Cluster two'],
  ['check the Cluster connection', 'Cluster'],
  ["why can't I reach Cluster two?", 'Cluster two'],
  ['prüfe die Verbindung Cluster', 'Cluster'],
  ['check the connection', undefined],
])('%s', (sentence, connection) => {
  expect(understand(sentence, {}, { places })).toMatchObject({
    tool: 'mlops_check_connection',
    input: connection === undefined ? {} : { connection },
  });
});
