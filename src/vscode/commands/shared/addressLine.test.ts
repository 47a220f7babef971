import { expect, it } from 'vitest';
import { addressIn, addressProblem } from './addressLine.ts';

it.each([
  ['127.0.0.1:8888', 'http://127.0.0.1:8888'],
  ['localhost:3000/', 'http://localhost:3000'],
  ['kubeflow.example.com', 'https://kubeflow.example.com'],
  ['https://kubeflow.example.com/', 'https://kubeflow.example.com'],
  ['https://kubeflow.example.com/pipeline/#/runs', 'https://kubeflow.example.com/pipeline'],
  ['https://kf.example.com/pipeline/apis/v2beta1/runs', 'https://kf.example.com/pipeline'],
])('%s is the address %s', (line, endpoint) => {
  expect(addressIn(line)).toEqual({ endpoint });
  expect(addressProblem(line)).toBeUndefined();
});

it('the address of the dashboard tells the namespace, too', () => {
  expect(addressIn('https://kf.example.com/_/pipeline/?ns=team-a#/experiments')).toEqual({
    endpoint: 'https://kf.example.com/pipeline',
    namespace: 'team-a',
  });
});

it.each([
  ['', 'No address is given yet.'],
  ['my cluster', 'This is no address.'],
  ['ftp://kf.example.com', 'This is no address.'],
  ['http://kf.example.com', 'Use https: over http, others on the way could read and change what you send.'],
  ['https://me:secret@kf.example.com', 'Leave the login out of the address: you are asked for it.'],
])('%s is refused', (line, why) => {
  expect(addressProblem(line)).toBe(why);
});
