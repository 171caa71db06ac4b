import { connect } from 'node:net';

export interface RawAnswer {
  status: number;
  text: string;
}

/** Sends bytes as they are, which no HTTP client would send, and reads what comes back until the other side closes or is silent. */
export function rawRequest(url: string, bytes: string): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port) });
    let text = '';
    const finish = (): void => {
      socket.destroy();
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text });
    };
    socket.once('error', reject);
    socket.on('data', (piece) => {
      text += piece.toString('latin1');
      if (text.includes('\r\n\r\n')) finish();
    });
    socket.once('end', finish);
    socket.setTimeout(15_000, finish);
    socket.write(bytes, 'latin1');
  });
}
