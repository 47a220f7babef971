import { connect, type AddressInfo, createServer, type Socket } from 'node:net';

/** The network between a person and an API server, which a test cuts. */
export interface Cable {
  /** `https://127.0.0.1:40123`, which leads to the server. */
  readonly server: string;
  /** Cuts all connections. New ones can be made. */
  cut(): void;
  close(): Promise<void>;
}

export async function layCable(to: string): Promise<Cable> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(new URL(to).port), '127.0.0.1');
    near.pipe(far).pipe(near);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        near.destroy();
        far.destroy();
        sockets.delete(socket);
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    server: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
}
