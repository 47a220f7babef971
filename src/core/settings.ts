import { signInKinds } from './domain/signIn.ts';

/** One setting of the extension: its key and what the manifest says of it. */
export interface Setting {
  readonly key: string;
  /**
   * True for what names a program, a folder or an environment variable: in Restricted Mode the workspace has no say in
   * it, by the manifest's `restrictedConfigurations` and where the setting is read.
   */
  readonly needsTrust: boolean;
  /** JSON schema with `description`, `default` and `scope`, as the manifest wants it. */
  readonly type: { readonly [keyword: string]: unknown };
}

/** Every setting. `npm run manifest` writes them into package.json; `src/vscode/settings.ts` reads them. */
export const settings: readonly Setting[] = [
  {
    key: 'mlops.connections',
    needsTrust: true,
    type: {
      type: 'array',
      default: [],
      scope: 'machine-overridable',
      items: {
        type: 'object',
        required: ['name', 'kind'],
        additionalProperties: false,
        properties: {
          name: { type: 'string', minLength: 1, maxLength: 100, description: 'What you call it.' },
          id: {
            type: 'string',
            pattern: '^[a-z0-9]+(-[a-z0-9]+)*$',
            description:
              'Kept when it is renamed, so that what is remembered of its runs stays. Left out: made from the name.',
          },
          kind: {
            enum: ['home', 'folder', 'kubeflow', 's3'],
            enumDescriptions: [
              'Another home on this machine, with runs, environments and objects of its own.',
              'A folder whose folders are buckets: objects alone, read only.',
              'A server of Kubeflow Pipelines: its pipelines and runs.',
              'An object store behind S3, such as MinIO: objects alone.',
            ],
          },
          folder: {
            type: 'string',
            minLength: 1,
            description: 'Of a home or a folder: absolute, or from your own folder (~/…).',
          },
          endpoint: {
            type: 'string',
            pattern: '^https?://',
            description:
              'Of kubeflow: the address of the Pipelines API, as in http://127.0.0.1:8888 (loopback) or https://…. Of s3: that of its S3 API.',
          },
          context: {
            type: 'string',
            minLength: 1,
            description:
              'Of kubeflow, instead of an endpoint: the context of your kubeconfig whose cluster it is in. Kubeflow Pipelines is found there.',
          },
          kubeconfig: {
            type: 'string',
            minLength: 1,
            description:
              'Of kubeflow with a context: the kubeconfig, absolute or from your own folder (~/…); left out: KUBECONFIG or ~/.kube/config.',
          },
          signIn: {
            enum: [...signInKinds],
            default: 'none',
            enumDescriptions: [
              'The server asks for none.',
              'A bearer token, given with MLOps: Sign in.',
              'A bearer token in the file tokenFile, which another program keeps fresh.',
              'Your user and password, given with MLOps: Sign in; the sign-in page of the server is filled in with them.',
              'The cookie of a session in the browser, given with MLOps: Sign in.',
            ],
            description:
              'Of kubeflow: how you sign in. Passwords, tokens and cookies are never kept in settings.',
          },
          tokenFile: {
            type: 'string',
            minLength: 1,
            description: 'Of kubeflow with the sign-in tokenFile: absolute, or from your own folder (~/…).',
          },
          namespace: {
            type: 'string',
            pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
            description:
              'Of kubeflow, on a server for several users: the namespace whose pipelines and runs are meant.',
          },
          page: {
            type: 'string',
            pattern: '^https?://',
            description:
              'Of kubeflow: the address of the Pipelines UI, as in https://kubeflow.example/pipeline; left out: the endpoint.',
          },
          serviceAccount: {
            type: 'string',
            pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
            description:
              'Of kubeflow with a context, where the server is for several users: the service account that signs in, usually default-editor. The cluster gives its tokens with your rights there.',
          },
          store: {
            type: 'string',
            minLength: 1,
            description:
              'Of kubeflow: the name of the connection (of s3 or a folder) whose store has its artifacts. Left out: with a context the store beside Kubeflow Pipelines, else none.',
          },
          protectedNamespaces: {
            type: 'array',
            items: { type: 'string', minLength: 1 },
            default: [],
            description:
              'Of kubeflow: namespaces in which nothing is run, stopped or deleted; prod-* for all that begin so.',
          },
          region: { type: 'string', minLength: 1, default: 'us-east-1', description: 'Of s3: its region.' },
          pathStyle: {
            type: 'boolean',
            default: true,
            description: 'Of s3: the bucket is in the path, and not in the name of the host.',
          },
          buckets: {
            type: 'array',
            items: { type: 'string', minLength: 1 },
            description: 'Of s3: your buckets, where your key may not list them.',
          },
          profile: {
            type: 'string',
            minLength: 1,
            description:
              'Of s3: a profile of ~/.aws/credentials. Keys that you gave with MLOps: Add object store come first; they are never kept in settings.',
          },
          authority: {
            type: 'string',
            minLength: 1,
            description: 'Of s3: a file with the certificate authority of the server (PEM), absolute or ~/….',
          },
          sharedHome: {
            type: 'boolean',
            default: false,
            description: 'Others may read it: its rights stay as they are.',
          },
          readOnly: {
            type: 'boolean',
            default: false,
            description: 'Nothing is run, stopped or deleted there.',
          },
        },
      },
      description: 'Places where things run or are stored, besides this machine.',
    },
  },
  {
    key: 'mlops.local.home',
    needsTrust: true,
    type: {
      type: 'string',
      default: '',
      scope: 'machine',
      description:
        "Folder for this machine's runs, environments and objects. Empty: MLOPS_HOME, else the system's data folder.",
    },
  },
  {
    key: 'mlops.local.sharedHome',
    needsTrust: true,
    type: {
      type: 'boolean',
      default: false,
      scope: 'machine',
      description:
        'Others on this machine may read that folder: its rights stay as they are. Off: it is made private to you.',
    },
  },
  {
    key: 'mlops.local.python',
    needsTrust: true,
    type: {
      type: 'string',
      default: '',
      scope: 'machine-overridable',
      description:
        "Python that environments are made from, 3.9 or newer: a path, or a name on the PATH. A relative path starts at the workspace folder. Empty: the Python extension's choice, else the PATH.",
    },
  },
  {
    key: 'mlops.local.environment',
    needsTrust: true,
    type: {
      type: 'string',
      default: 'managed',
      scope: 'machine-overridable',
      description:
        "'managed' builds an environment for each set of packages. A path to a Python runs every task with that one as it is; it needs kfp and the packages. A relative path starts at the workspace folder.",
    },
  },
  {
    key: 'mlops.local.parallelTasks',
    needsTrust: false,
    type: {
      type: 'integer',
      minimum: 0,
      maximum: 64,
      default: 0,
      scope: 'machine-overridable',
      description: 'Tasks of one run side by side. 0: as many as the machine has processors, at most 8.',
    },
  },
  {
    key: 'mlops.local.memoryLimit',
    needsTrust: false,
    type: {
      type: 'integer',
      minimum: 0,
      default: 0,
      scope: 'machine-overridable',
      description: 'Most memory of one task in megabytes (address space). 0: no limit.',
    },
  },
  {
    key: 'mlops.local.logLimit',
    needsTrust: false,
    type: {
      type: 'integer',
      minimum: 1,
      maximum: 10000,
      default: 20,
      scope: 'machine-overridable',
      description: 'Most log kept of one task in megabytes; the rest is counted and left out.',
    },
  },
  {
    key: 'mlops.local.passEnvironment',
    needsTrust: true,
    type: {
      type: 'array',
      items: { type: 'string' },
      default: [],
      scope: 'machine-overridable',
      description:
        'Names of environment variables that tasks get besides PATH, HOME, language, proxies and CUDA.',
    },
  },
  {
    key: 'mlops.local.allowInsecureIndexes',
    needsTrust: true,
    type: {
      type: 'boolean',
      default: false,
      scope: 'machine-overridable',
      description:
        "Lets pipelines take packages over plain HTTP, and name trusted hosts, proxies and certificates for that. This machine's own addresses and your own settings of pip are always allowed.",
    },
  },
  {
    key: 'mlops.chat.rounds',
    needsTrust: false,
    type: {
      type: 'integer',
      minimum: 1,
      maximum: 50,
      default: 12,
      scope: 'window',
      description: 'Most times that @mlops asks the model within one answer.',
    },
  },
];
