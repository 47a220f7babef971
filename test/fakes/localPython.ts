/** A Python that was found on the PATH and has all that environments need. */
export const foundPython = {
  python: {
    version: '3.11.7',
    executable: '/usr/bin/python3',
    venv: true,
    ensurepip: true,
    pip: true,
    externallyManaged: false,
    kfp: undefined,
    platform: 'linux',
  },
  from: 'PATH',
  uv: undefined,
  asItIs: false,
};
