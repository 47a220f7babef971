// Loaded into the editor's server ahead of its own code: when the process that started it is gone, however it went,
// the pipe on the standard input closes, and the server ends with everything in its process group.
if (process.env.MLOPS_END_WITH_PARENT) {
  delete process.env.MLOPS_END_WITH_PARENT; // the server's own children go with the group
  process.stdin.on('close', end).on('end', end).on('error', end).resume();
  process.stdin.unref?.();
}

function end() {
  if (process.platform === 'win32') process.exit(0);
  process.kill(-process.pid, 'SIGTERM');
  setTimeout(() => process.kill(-process.pid, 'SIGKILL'), 3000);
}
