import type { Cause } from '../../../../src/core/diagnosis/finding.ts';
import type { Change } from './handWritten.ts';

/** A hand-written life, and the diagnosis that it should get. */
export type Variant = readonly [name: string, change: Change, cause: Cause, words: RegExp];

const exit1 = 'main: Error (exit code 1)';
const failedMain = (state: object) => ({
  status: { phase: 'Failed', containerStatuses: [{ name: 'main', state }] },
});
const waiting = (reason: string, message: string) => ({
  status: {
    phase: 'Pending',
    containerStatuses: [{ name: 'main', state: { waiting: { reason, message } } }],
  },
});
const root = 'minio://mlpipeline/v2/artifacts/iris-train';
const own = `${root}/7503829c-9829-4802-b02f-6f722977de6b/split-rows/2f6c/train_rows`;
const earlier = `${root}/0d5cc9d5-9829-4802-b02f-aaaaaaaaaaaa/split-rows/2f6c/train_rows`;
const opened = (uri: string) =>
  [
    'Traceback (most recent call last):',
    '  File "/usr/local/lib/python3.11/site-packages/kfp/dsl/executor_main.py", line 109, in executor_main',
    '    output_file = executor.execute()',
    '  File "/tmp/tmp.X/ephemeral_component.py", line 9, in train_tree',
    `FileNotFoundError: [Errno 2] No such file or directory: '${uri.replace('minio://', '/minio/')}'`,
    'F1121 14:24:20.000000       1 main.go:57] failed to execute component: exit status 1',
    '',
  ].join('\n');

/** Failures of which there is no recording, in the words that the programs use; more are in the folder lives-by-hand of the recordings. */
export const variants: readonly Variant[] = [
  // Artifacts, the cache, the store.
  [
    'missing artifact, seen by the code',
    { message: exit1, log: opened(own) },
    'missingArtifact',
    /at line 9 of train_tree/,
  ],
  [
    'stale cache hit, seen by the code',
    { message: exit1, log: opened(earlier), cached: ['split-rows'] },
    'staleCache',
    /taken from the cache/,
  ],
  [
    'the helper container fails',
    { message: 'wait: Error (exit code 64): failed to save outputs: timed out' },
    'launcher',
    /its helper container `wait` failed/,
  ],
  [
    'the helper container is refused',
    {
      message: 'Error (exit code 64): failed to put file: Access Denied',
      pod: {
        status: {
          phase: 'Failed',
          containerStatuses: [
            {
              name: 'wait',
              state: {
                terminated: { exitCode: 64, reason: 'Error', message: 'failed to put file: Access Denied' },
              },
            },
          ],
        },
      },
    },
    'permission',
    /refused access/,
  ],
  // The code.
  [
    'an exception after other output, with the noise of the launcher',
    {
      message: exit1,
      log: `rows 5\n${opened(own).replace(/FileNotFoundError.*/, 'pandas.errors.ParserError: Error tokenizing data\nExpected 3 fields')}Error: exit status 1\n`,
    },
    'exception',
    /`ParserError`[\s\S]*ParserError: Error tokenizing data\nat line 9 of train_tree:\n {2}model\.metadata/,
  ],
  [
    'a module is missing',
    {
      message: exit1,
      log: opened(own).replace(/FileNotFoundError.*/, "ModuleNotFoundError: No module named 'pandas'"),
    },
    'exception',
    /packages_to_install/,
  ],
  [
    'a package is not found',
    {
      message: exit1,
      log: 'ERROR: Could not find a version that satisfies the requirement pandsa (from versions: none)\nERROR: No matching distribution found for pandsa\n',
    },
    'packages',
    /`pandsa`/,
  ],
  [
    'exit code 3 in the words of Argo 3',
    { message: 'Error (exit code 3)', log: 'bye\n' },
    'exit',
    /exit code 3[\s\S]*bye/,
  ],
  ['a segmentation fault', { message: 'main: Error (exit code 139)' }, 'exit', /segmentation fault/],
  // Memory.
  [
    'OOMKilled in the words of Argo 3',
    { message: 'OOMKilled (exit code 137)' },
    'outOfMemory',
    /ran out of memory\./,
  ],
  [
    'killed, and nobody says why',
    { message: 'main: Error (exit code 137)' },
    'outOfMemory',
    /most likely.*nothing confirms/,
  ],
  [
    'killed inside the container',
    {
      message: exit1,
      log: 'F1121 14:24:20.000000       1 main.go:57] failed to execute component: signal: killed\n',
    },
    'outOfMemory',
    /killed inside the container/,
  ],
  [
    'OOMKilled told by the pod alone',
    {
      message: 'main: Error (exit code 137)',
      pod: failedMain({ terminated: { exitCode: 137, reason: 'OOMKilled' } }),
    },
    'outOfMemory',
    /it ran out of memory/,
  ],
  [
    'the program is started again and again',
    {
      phase: 'Running',
      previousLog: opened(own).replace(/FileNotFoundError.*/, 'ValueError: no rows'),
      pod: {
        status: {
          phase: 'Running',
          containerStatuses: [
            {
              name: 'main',
              restartCount: 3,
              state: {
                waiting: { reason: 'CrashLoopBackOff', message: 'back-off 40s restarting failed container' },
              },
              lastState: { terminated: { exitCode: 1, reason: 'Error' } },
            },
          ],
        },
      },
      run: { state: 'RUNNING', state_history: [], finished_at: undefined },
      also: { '.root.train-tree': { phase: 'Running', finishedAt: null } },
    },
    'restarts',
    /`train-tree`: its code raised `ValueError`; Kubernetes starts it again after a pause[\s\S]*ValueError: no rows\nat line 9/,
  ],
  // Images.
  [
    'the image needs a login',
    {
      message:
        'ImagePullBackOff: Back-off pulling image "ghcr.io/me/secret:1": ErrImagePull: failed to authorize: 401 Unauthorized',
    },
    'imagePull',
    /`ghcr\.io\/me\/secret:1`.*refuses access/,
  ],
  [
    'the name of the image is wrong',
    {
      message:
        'InvalidImageName: Failed to apply default image tag "Foo Bar": couldn\'t parse image name "Foo Bar": invalid reference format',
    },
    'imagePull',
    /name is not valid/,
  ],
  [
    'the pull failed before the program',
    {
      message:
        'Pod failed before main container starts due to ErrImagePull: dial tcp: lookup registry.local: no such host',
    },
    'imagePull',
    /cannot be reached/,
  ],
  [
    'the image is not on the node',
    {
      pod: waiting('ErrImageNeverPull', 'Container image "mine:1" is not present with pull policy of Never'),
    },
    'imagePull',
    /`mine:1`.*not on the node/,
  ],
  // The pod.
  [
    'evicted for memory',
    {
      message:
        'The node was low on resource: memory. Threshold quantity: 100Mi, available: 80Mi. Container main was using 3Gi, request is 0.',
      pod: {
        status: { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory. ' },
      },
    },
    'evicted',
    /too much memory/,
  ],
  [
    'evicted for its disk',
    { message: 'Pod ephemeral local storage usage exceeds the total limit of containers 1Gi. ' },
    'evicted',
    /too much disk space/,
  ],
  [
    'preempted',
    {
      message: 'pod deleted',
      phase: 'Error',
      pod: { gone: true },
      events: [['Normal', 'Preempted', 'Preempted by pod 4711 on node n1']],
    },
    'evicted',
    /more important/,
  ],
  [
    'the node is lost',
    {
      message: 'pod deleted',
      phase: 'Error',
      pod: {
        status: {
          phase: 'Failed',
          conditions: [
            {
              type: 'DisruptionTarget',
              status: 'True',
              reason: 'DeletionByTaintManager',
              message: 'Taint manager: deleting due to NoExecute taint',
            },
          ],
        },
      },
    },
    'nodeLost',
    /node that ran its pod/,
  ],
  [
    'the node shuts down',
    {
      message: 'Pod was terminated in response to imminent node shutdown.',
      pod: {
        status: {
          phase: 'Failed',
          reason: 'Terminated',
          message: 'Pod was terminated in response to imminent node shutdown.',
        },
      },
    },
    'nodeLost',
    /lost or shut down/,
  ],
  ['the pod was deleted', { message: 'pod deleted', phase: 'Error' }, 'podDeleted', /its pod was deleted/],
  [
    'the pod took too long',
    { message: 'Pod was active on the node longer than the specified deadline' },
    'timeout',
    /longer than its time limit/,
  ],
  [
    'the secret has no such key',
    { pod: waiting('CreateContainerConfigError', "couldn't find key token in Secret kubeflow/train-secret") },
    'missingConfig',
    /secret `train-secret` has no key `token`/,
  ],
  [
    'a volume is not there',
    {
      pod: { status: { phase: 'Pending' } },
      events: [
        [
          'Warning',
          'FailedMount',
          'Unable to attach or mount volumes: unmounted volumes=[data], unattached volumes=[data]: timed out waiting for the condition',
        ],
      ],
    },
    'volume',
    /volume `data` cannot be mounted/,
  ],
  [
    'the program is not in the image',
    {
      message:
        'main: StartError (exit code 128): failed to create containerd task: failed to create shim task: OCI runtime create failed: exec: "python3": executable file not found in $PATH: unknown',
    },
    'cannotStart',
    /`python3` could not be started/,
  ],
  [
    'the command is not found',
    { message: 'main: Error (exit code 127)', log: 'sh: 1: python3: not found\n' },
    'cannotStart',
    /could not be started/,
  ],
  // Rights and limits.
  [
    'the service account is not there',
    {
      message:
        'pods "x" is forbidden: error looking up service account kubeflow/nobody: serviceaccount "nobody" not found',
      phase: 'Error',
      pod: { gone: true },
    },
    'permission',
    /service account `nobody` does not exist/,
  ],
  [
    'a policy refuses the pod',
    {
      message: 'pods "x" is forbidden: violates PodSecurity "restricted:latest": runAsNonRoot != true',
      phase: 'Error',
      pod: { gone: true },
    },
    'permission',
    /a policy of the cluster refuses/,
  ],
  [
    'the quota is used up',
    {
      message:
        'pods "x" is forbidden: exceeded quota: mem, requested: limits.memory=4Gi, used: limits.memory=14Gi, limited: limits.memory=16Gi',
      phase: 'Error',
      pod: { gone: true },
    },
    'quota',
    /quota `mem`.*`limits\.memory=16Gi`/,
  ],
  [
    'a limit of the namespace',
    {
      message: 'pods "x" is forbidden: maximum memory usage per Container is 1Gi, but limit is 2Gi',
      phase: 'Error',
      pod: { gone: true },
    },
    'quota',
    /for one container/,
  ],
  // Drivers.
  [
    'the driver may not read a secret',
    {
      node: '.root.train-tree-driver',
      message: exit1,
      log: 'F1121 14:24:20.000000       1 main.go:79] KFP driver: driver.Container failed: secrets "x" is forbidden: User "system:serviceaccount:kubeflow:pipeline-runner" cannot get resource "secrets" in API group ""\n',
    },
    'permission',
    /its driver was refused access/,
  ],
  [
    'the driver has no memory',
    { node: '.root.train-tree-driver', message: 'main: OOMKilled (exit code 137)' },
    'outOfMemory',
    /ran out of memory/,
  ],
  [
    'the image of the driver is not there',
    {
      node: '.root.train-tree-driver',
      message: 'ImagePullBackOff: Back-off pulling image "ghcr.io/kubeflow/kfp-driver:2.17.0"',
    },
    'imagePull',
    /kfp-driver/,
  ],
  [
    'the driver failed',
    {
      node: '.root.train-tree-driver',
      message: exit1,
      log: 'time="2026-11-21" level=fatal msg="KFP driver: driver.Container(task=train-tree) failed: rpc error: code = Unavailable desc = metadata-grpc-service"\n',
    },
    'driver',
    /metadata-grpc-service/,
  ],
];
